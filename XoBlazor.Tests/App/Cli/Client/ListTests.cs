using System.Text.Json.Nodes;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>Lists and single objects, as people, programs and spreadsheets read them.</summary>
public sealed class ListTests() : CliOnAPool(vms: 8)
{
    [Fact]
    public async Task List_WithAFilterAndColumns_ShowsThoseInOrderWithNamesForIds()
    {
        var vm = Pool.Vm(1);
        Pool.Apply(vm with { NameLabel = "zebra", Tags = ["zoo"], ResidentOn = new("OpaqueRef:host-0") }, Pool.Vm(2) with { NameLabel = "ape", Tags = ["zoo"], ResidentOn = new("OpaqueRef:host-0") });

        var end = await Home.RunAsync("vm", "list", "--filter", "power_state:running tags:zoo", "--columns", "name,host,memory,tags");

        Assert.True(end.Code == 0, end.All);
        Assert.Matches("^NAME +HOST +MEMORY +TAGS$", end.Lines[0]);
        Assert.Matches("^ape +lyon-host-00 +[0-9.]+ GiB +zoo$", end.Lines[1]);
        Assert.Matches("^zebra +lyon-host-00 +[0-9.]+ GiB +zoo$", end.Lines[2]);
        Assert.Equal(3, end.Lines.Length);
    }

    [Fact]
    public async Task List_AsJson_HasWholeObjectsOrTheColumns()
    {
        var whole = await Home.RunAsync("host", "list", "-o", "json");
        var some = await Home.RunAsync("host", "list", "-o", "json", "--columns", "name,memory,address");

        var first = JsonNode.Parse(whole.Out)![0]!;
        Assert.Equal(("host", "lyon-host-00"), ((string?)first["type"], (string?)first["name_label"]));
        Assert.Equal(["name", "memory", "address"], JsonNode.Parse(some.Out)![0]!.AsObject().Select(one => one.Key));
        Assert.Equal(256L << 30, (long)JsonNode.Parse(some.Out)![0]!["memory"]!);
    }

    [Fact]
    public async Task List_AsCsv_QuotesWhatHasToBe()
    {
        Pool.Apply(Pool.Picture.All<Network>().First() with { NameLabel = "a, \"b\"\nc" });

        var end = await Home.RunAsync("network", "list", "--output", "csv", "--columns", "name,mtu", "--filter", "name_label:a*");

        Assert.Equal("name,mtu\r\n\"a, \"\"b\"\" c\",1500\r\n", end.Out);
    }

    [Fact]
    public async Task List_OfHostileNames_MovesNoCursorAndTakesNoLine()
    {
        Pool.Apply(Pool.Vm(1) with { NameLabel = "evil\u001b[2J\u202eexe\nroot ALL" });

        var table = await Home.RunAsync("vm", "list", "--columns", "name,uuid", "--filter", "name_label:evil*");
        var show = await Home.RunAsync("vm", "show", Pool.Vm(1).Uuid);

        Assert.Equal(2, table.Lines.Length);
        Assert.All(new[] { table.Out, show.Out }, text => Assert.DoesNotContain(text, letter => (char.IsControl(letter) && letter is not ('\n' or '\r')) || letter == '\u202e'));
    }

    [Fact]
    public async Task List_OfNothing_SaysSoBesideTheTable()
    {
        var end = await Home.RunAsync("vm", "list", "--filter", "name_label:nobody", "--output", "json");

        Assert.Equal((0, "[]\n", "No VM fits the filter that you may view.\n"), (end.Code, end.Out, end.Error));
    }

    [Theory]
    [InlineData("vm", "list", "--filter", "name_label:(")]
    [InlineData("vm", "list", "--filter", "\"half")]
    public async Task List_WithWhatIsNoFilter_IsAWrongCommandLine(params string[] arguments)
    {
        var end = await Home.RunAsync(arguments);

        Assert.True(end.Code == 2, end.All);
        Assert.StartsWith("xo-blazor: The filter cannot be read", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryKind_CanBeListed()
    {
        foreach (var (kind, _) in XoBlazor.App.Cli.Client.Catalogue.Kinds.All)
        {
            var end = await Home.RunAsync(kind, "list");
            Assert.True(end.Code == 0, $"{kind}: {end.All}");
        }
    }

    [Fact]
    public async Task Show_ByNameOrUuid_TellsAllProperties()
    {
        var vm = Pool.Vm(3);

        var byName = await Home.RunAsync("vm", "show", vm.NameLabel);
        var byId = await Home.RunAsync("vm", "show", vm.Uuid, "-o", "json");
        var nobody = await Home.RunAsync("vm", "show", "nobody");
        var host = await Home.RunAsync("host", "show", vm.Uuid);

        Assert.Contains(byName.Lines, line => line.StartsWith("name_label", StringComparison.Ordinal) && line.EndsWith(vm.NameLabel, StringComparison.Ordinal));
        Assert.Equal(vm.NameLabel, (string?)JsonNode.Parse(byId.Out)!["name_label"]);
        Assert.Equal((3, 3), (nobody.Code, host.Code));
        Assert.Equal("xo-blazor: There is no VM 'nobody' that you may view. 'xo-blazor cli vm list' shows what there is.\n", nobody.Error);
    }

    [Fact]
    public async Task Call_TakesValuesAsXoCliWritesThem()
    {
        var found = await Home.RunAsync("call", "xo.getAllObjects", "filter=json:{\"type\":\"host\"}", "limit=json:1", "ndjson=false");
        var version = await Home.RunAsync("call", "system.getVersion");
        var wrong = await Home.RunAsync("call", "xo.getAllObjects", "limit=many");
        var unknown = await Home.RunAsync("call", "no.such");
        var badJson = await Home.RunAsync("call", "xo.getAllObjects", "filter=json:{");
        var notPair = await Home.RunAsync("call", "xo.getAllObjects", "filter");

        Assert.Single(JsonNode.Parse(found.Out)!.AsObject());
        Assert.Equal("0.1\n", version.Out);
        Assert.Equal((1, 1, 2, 2), (wrong.Code, unknown.Code, badJson.Code, notPair.Code));
        Assert.Contains("limit must be number", wrong.Error, StringComparison.Ordinal);
    }
}
