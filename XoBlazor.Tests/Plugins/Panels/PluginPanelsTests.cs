using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins.Panels;

/// <summary>Who sees what plugins show, what plugins are told of them, and what is written down of what they do.</summary>
public sealed class PluginPanelsTests
{
    private static readonly Actor s_boss = new("boss", "Boss"), s_viewer = new("viewer", "Viewer"), s_narrow = new("narrow", "Narrow"), s_nobody = new("nobody", "Nobody");

    [Fact]
    public async Task Contributions_ComeAndGoWithThePlugin()
    {
        await using var bench = await LoadedAsync(new());
        var loaded = bench.Panels.All.Select(one => (one.Want.Kind, one.Want.Id)).ToList();

        await bench.Fleet.UnloadAsync(ShowingPlugin.Id, bench.Token);

        Assert.Equal([(UiKind.Page, "report"), (UiKind.Tab, "backups"), (UiKind.Tile, "summary"), (UiKind.Action, "mark"), (UiKind.Action, "ping")], loaded);
        Assert.Empty(bench.Panels.All);
    }

    [Fact]
    public async Task Tab_IsForWhoeverMayViewTheObject_AndPages_ForWhoeverMayViewAll()
    {
        await using var bench = await LoadedAsync(new());
        var (seen, hidden) = (bench.Pool.Picture.Key(bench.Pool.Vm(0)), bench.Pool.Picture.Key(bench.Pool.Vm(1)));

        var tab = await bench.Panels.GetAsync(s_narrow, Shown(bench, "backups"), seen, bench.Token);
        var refusals = new List<string>
        {
            await RefusalAsync(s_narrow, "backups", hidden), await RefusalAsync(s_nobody, "backups", seen), await RefusalAsync(s_narrow, "report", null), await RefusalAsync(s_narrow, "summary", null),
            await RefusalAsync(s_boss, "report", seen), await RefusalAsync(s_boss, "backups", null), await RefusalAsync(s_boss, "backups", bench.Pool.Picture.Key(bench.Pool.Picture.Pool!)),
        };
        var page = await bench.Panels.GetAsync(s_viewer, Shown(bench, "report"), null, bench.Token);

        Assert.Equal($"backups {bench.Pool.Picture.NameOf(bench.Pool.Vm(0))} for Narrow", Assert.IsType<PanelText>(Assert.Single(tab.Blocks)).Text);
        Assert.Equal("report  for Viewer", Assert.IsType<PanelText>(Assert.Single(page.Blocks)).Text);
        Assert.All(refusals, refusal => Assert.DoesNotContain(bench.Pool.Vm(1).NameLabel, refusal, StringComparison.Ordinal));
        Assert.Equal(7, refusals.Count);

        async Task<string> RefusalAsync(Actor actor, string id, ObjectKey? about) =>
            (await Assert.ThrowsAsync<PluginException>(() => bench.Panels.GetAsync(actor, Shown(bench, id), about, bench.Token))).Message;
    }

    [Fact]
    public async Task Act_NeedsTheRight_AndStandsInTheAudit()
    {
        await using var bench = await LoadedAsync(new());
        var key = bench.Pool.Picture.Key(bench.Pool.Vm(0));

        var answer = await bench.Panels.ActAsync(new(s_boss, "console"), Shown(bench, "mark"), key, "save", new() { ["note"] = "secret words" }, bench.Token);
        var refusal = await Assert.ThrowsAsync<PluginException>(() => bench.Panels.ActAsync(new(s_viewer, "console"), Shown(bench, "mark"), key, "save", [], bench.Token));

        Assert.Equal($$"""save {{bench.Pool.Picture.NameOf(bench.Pool.Vm(0))}} {"note":"secret words"}""", answer!.Message);
        Assert.Contains("Press buttons and send forms of plugins", refusal.Message, StringComparison.Ordinal);
        var written = bench.Audit.Log.Read(new()).Select(entry => entry.Record).Where(record => record.Action == "plugin.act").ToList();
        Assert.Equal([(AuditOutcome.Refused, "viewer"), (AuditOutcome.Succeeded, "boss"), (AuditOutcome.Begun, "boss")], written.Select(record => (record.Outcome, record.Actor.Id)));
        Assert.All(written, record => Assert.Equal(("VM", bench.Pool.Vm(0).Uuid), (record.Target!.Kind, record.Target.Id)));
        Assert.DoesNotContain(written, record => record.Parameters.Any(one => one.Value.Contains("secret words", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatCannotBeDrawn_OrFails_IsToldInThePluginsName()
    {
        var plugin = new ShowingPlugin { Show = static _ => new(new PanelText(new string('x', 5000))) };
        await using var bench = await LoadedAsync(plugin);

        var tooLong = await Assert.ThrowsAsync<PluginException>(() => bench.Panels.GetAsync(s_boss, Shown(bench, "report"), null, bench.Token));
        plugin.Show = static _ => throw new InvalidOperationException("no disk");
        var failing = await Assert.ThrowsAsync<PluginException>(() => bench.Panels.GetAsync(s_boss, Shown(bench, "report"), null, bench.Token));

        Assert.Equal("Showing shows something that cannot be drawn: 'text' is longer than 4000 characters.", tooLong.Message);
        Assert.Equal("Showing says: no disk", failing.Message);
    }

    [Fact]
    public async Task Change_IsToldOf_OnlyForWhatWasAccepted()
    {
        var plugin = new ShowingPlugin();
        await using var bench = await LoadedAsync(plugin);
        var told = new List<(string, string?, string?)>();
        bench.News.Changed += (id, panel, uuid) => told.Add((id, panel, uuid));

        await plugin.Host!.AskAsync("panel.changed", new() { ["panel"] = "report" }, bench.Token);
        await plugin.Host.AskAsync("panel.changed", new() { ["panel"] = "backups", ["uuid"] = "u" }, bench.Token);
        var refusal = await Assert.ThrowsAsync<PluginRefusedException>(() => plugin.Host.AskAsync("panel.changed", new() { ["panel"] = "other" }, bench.Token));

        Assert.Equal([(ShowingPlugin.Id, "report", null), (ShowingPlugin.Id, "backups", "u")], told);
        Assert.Equal(PluginRefusedException.NotAccepted, refusal.Code);
    }

    [Theory]
    [InlineData("""{"ui": {"pages": [{"id": "a", "title": "A"}], "tiles": [{"id": "a", "title": "B"}]}}""", "'a' is the id of two things")]
    [InlineData("""{"ui": {"tabs": [{"id": "a", "title": "A", "class": "session"}]}}""", "knows no class 'session'")]
    [InlineData("""{"ui": {"pages": [{"id": "a", "title": "A", "icon": "x\"/><script>"}]}}""", "'wants.ui.pages.icon' has to be one of")]
    [InlineData("""{"ui": {"menus": []}}""", "'wants.ui.menus' is nothing that this server knows")]
    public async Task Want_ThatDoesNotFit_IsRefused(string wants, string expected)
    {
        await using var bench = new PluginBench();

        var refusal = await Assert.ThrowsAsync<PluginException>(() => bench.InstallAsync("", PythonPlugin.Manifest(wants)));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PluginOverThePipe_ShowsAndActs()
    {
        await using var bench = new PluginBench();
        await bench.LoadAsync(
            """
            def handle(message):
                if message["method"] == "panel.get":
                    answer(message, {"blocks": [{"type": "heading", "text": message["params"]["panel"] + " for " + message["params"]["user"]["name"]}]})
                elif message["method"] == "panel.act":
                    answer(message, {"message": message["params"]["action"] + " " + json.dumps(message["params"]["values"]), "tone": "busy"})
                else:
                    answer(message)
                    if message["method"] == "unload":
                        sys.exit(0)
            start()
            serve()
            """, PythonPlugin.Manifest("""{"ui": {"pages": [{"id": "report", "title": "Report"}]}}"""));
        Give(bench);
        var shown = bench.Panels.Find(PythonPlugin.Id, "report")!;

        var panel = await bench.Panels.GetAsync(s_boss, shown, null, bench.Token);
        var answer = await bench.Panels.ActAsync(new(s_boss, "console"), shown, null, "go", new() { ["n"] = 1 }, bench.Token);

        Assert.Equal("report for Boss", Assert.IsType<PanelHeading>(Assert.Single(panel.Blocks)).Text);
        Assert.Equal(("go {\"n\": 1}", PanelTone.Busy), (answer!.Message, answer.Tone));
    }

    private static PluginContribution Shown(PluginBench bench, string id) => bench.Panels.Find(ShowingPlugin.Id, id)!;

    private static async Task<PluginBench> LoadedAsync(ShowingPlugin plugin)
    {
        var bench = new PluginBench(builtIn: plugin);
        await bench.Fleet.StartAsync(bench.Token);
        while (bench.Fleet.Find(ShowingPlugin.Id)!.Status.State != PluginState.Loaded)
            await Task.Delay(10, bench.Token);
        Give(bench);
        return bench;
    }

    private static void Give(PluginBench bench) => bench.Access.Apply(new([],
    [
        new("1", SubjectId.User(s_boss.Id), Role.Administrator.Id, AccessScope.Everything.Instance),
        new("2", SubjectId.User(s_viewer.Id), Role.Viewer.Id, AccessScope.Everything.Instance),
        new("3", SubjectId.User(s_narrow.Id), Role.Operator.Id, new AccessScope.OfObject(new(bench.Pool.Uuid, bench.Pool.Vm(0).Uuid))),
    ], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
}
