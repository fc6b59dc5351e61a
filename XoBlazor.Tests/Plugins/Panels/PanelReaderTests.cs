using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins.Panels;

/// <summary>What plugins show is read as it was written, and bounded.</summary>
public sealed class PanelReaderTests
{
    [Fact]
    public void EveryBlock_ComesBackAsItWasWritten()
    {
        var panel = new Panel(
            new PanelHeading("Backups <b>"),
            new PanelText("one\ntwo"),
            new PanelNotice(PanelTone.Bad, "Late"),
            new PanelFacts([new("Size", PanelValue.Bytes(1024)), new("Last", null)]) { Title = "Facts" },
            new PanelTable([new("VM", PanelValueKind.Object), new("When", PanelValueKind.Time), new("How", PanelValueKind.State), new("Many", PanelValueKind.Number), new("Where", PanelValueKind.Link), new("Words")],
                [[PanelValue.Object("p", "u", "web"), PanelValue.Time(DateTimeOffset.UnixEpoch), PanelValue.State(PanelTone.Good, "done"), PanelValue.Number(1.5), PanelValue.Link("https://example.org/x", "there"), null]])
            { Title = "Runs", Empty = "None yet." },
            new PanelChart("Load", ["a", "b"], [new("x", [1, double.NaN])]) { Unit = PanelUnit.ByteRate, IsBars = true },
            new PanelProgress("Copying", 0.25),
            new PanelButton("run", "Run") { Confirm = "Really?", IsDangerous = true, Values = new() { ["a"] = 1 } },
            new PanelForm("set", "Set", new() { ["type"] = "object", ["properties"] = new JsonObject() }) { Values = new() { ["b"] = 2 }, Confirm = "Now?" })
        { Refresh = TimeSpan.FromSeconds(30) };

        var read = PanelReader.Read(JsonSerializer.SerializeToElement(panel.ToJson()));

        Assert.Equal(panel.ToJson().ToJsonString(), read.ToJson().ToJsonString());
    }

    [Theory]
    [InlineData("""[]""", "has to be an object")]
    [InlineData("""{"blocks": 1}""", "'blocks' has to be a list")]
    [InlineData("""{"version": 2, "blocks": []}""", "version 2")]
    [InlineData("""{"blocks": [{"type": "heading"}]}""", "'text' has to be a text")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "html", "value": "<b>"}]}]}""", "no type of values 'html'")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "number", "value": "many"}]}]}""", "type number")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "link", "value": {"url": "javascript:alert(1)"}}]}]}""", "a link has to lead")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "link", "value": {"url": "http://example.org"}}]}]}""", "a link has to lead")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "link", "value": {"url": "//example.org"}}]}]}""", "a link has to lead")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "link", "value": {"url": "https://bank.example@example.org/"}}]}]}""", "a link has to lead")]
    [InlineData("""{"blocks": [{"type": "facts", "items": [{"name": "x", "type": "link", "value": {"url": "/rest/v0/vms"}}]}]}""", "a link has to lead")]
    [InlineData("""{"blocks": [{"type": "table", "columns": [{"title": "a"}], "rows": [["x", "y"]]}]}""", "a list of 1")]
    [InlineData("""{"blocks": [{"type": "chart", "title": "t", "labels": ["a"], "series": [{"name": "s", "values": [1, 2]}]}]}""", "2 values for 1 labels")]
    [InlineData("""{"blocks": [{"type": "button", "action": "a b", "title": "t"}]}""", "'action' has to be")]
    [InlineData("""{"blocks": [{"type": "form", "action": "a", "title": "t", "schema": {"type": "object", "$ref": "x"}}]}""", "no keyword")]
    public void WhatDoesNotFit_IsRefusedInWords(string json, string expected)
    {
        var refusal = Assert.Throws<PluginException>(() => PanelReader.Read(JsonDocument.Parse(json).RootElement));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooMuch_IsRefused()
    {
        var rows = new PanelTable([new("a")], [.. Enumerable.Range(0, PanelReader.MostRows + 1).Select(_ => (IReadOnlyList<PanelValue?>)[null])]);
        var wide = new PanelTable([.. Enumerable.Range(0, PanelReader.MostColumns).Select(n => new PanelColumn($"{n}"))], [.. Enumerable.Range(0, 260).Select(_ => (IReadOnlyList<PanelValue?>)new PanelValue?[PanelReader.MostColumns])]);

        foreach (var panel in new[] { new Panel(rows), new Panel(wide), new Panel(new PanelText(new string('x', PanelReader.LongestText + 1))), new Panel([.. Enumerable.Range(0, PanelReader.MostBlocks + 1).Select(_ => new PanelHeading("x"))]) })
            Assert.Throws<PluginException>(() => PanelReader.Read(JsonSerializer.SerializeToElement(panel.ToJson())));
    }

    [Fact]
    public void BlockOfALaterVersion_IsToldOfInItsPlace()
    {
        var panel = PanelReader.Read(JsonDocument.Parse("""{"refresh": 0.001, "blocks": [{"type": "map"}, {"type": "text", "text": "x"}]}""").RootElement);

        Assert.Equal(["This server does not know how to show 'map'.", "x"], panel.Blocks.Select(block => block switch { PanelNotice notice => notice.Text, PanelText text => text.Text, _ => "" }));
        Assert.Equal(TimeSpan.FromSeconds(2), panel.Refresh);
    }
}
