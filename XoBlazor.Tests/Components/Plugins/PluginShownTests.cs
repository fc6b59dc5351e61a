using System.Collections.Immutable;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Overview;
using XoBlazor.App.Components.Plugins;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Plugins;

/// <summary>What a plugin over the pipe shows in the console: a page, a tab, a tile, actions; all of it text, in its place, and for whoever may see it.</summary>
public sealed class PluginShownTests : SettingsContext
{
    private const string Wants =
        """
        {"ui": {"pages": [{"id": "report", "title": "Report <b>"}], "tabs": [{"id": "backups", "title": "Backups", "class": "VM"}], "tiles": [{"id": "summary", "title": "Summary"}],
          "actions": [{"id": "mark", "title": "Mark it", "class": "VM"}, {"id": "ping", "title": "Ping it", "class": "VM", "once": true, "confirm": "Ping now?"}]}}
        """;

    private const string Script =
        """
        presses = []

        def handle(message):
            given = message.get("params") or {}
            about = given.get("object")
            if message["method"] == "panel.get" and given["panel"] == "report":
                answer(message, {"blocks": [
                    {"type": "heading", "text": "All <i>"}, {"type": "text", "text": "pressed " + str(len(presses))},
                    {"type": "table", "title": "Runs", "columns": [{"title": "VM", "type": "object"}, {"title": "Size", "type": "bytes"}, {"title": "Site", "type": "link"}],
                     "rows": [[{"pool": POOL, "uuid": VM, "text": "gone"}, 2048, {"url": "https://example.org/x", "text": "bank.example"}], [{"pool": POOL, "uuid": "none", "text": "a secret one"}, 1024, {"url": "/vms", "text": "VMs"}]]},
                    {"type": "chart", "title": "Load", "labels": ["a", "b"], "series": [{"name": "x", "values": [1, None]}]},
                    {"type": "progress", "title": "Copying", "share": 0.5},
                    {"type": "button", "action": "again", "title": "Again"},
                    {"type": "form", "action": "set", "title": "Set", "schema": {"type": "object", "required": ["every"], "properties": {"every": {"type": "integer", "title": "Every", "minimum": 1}}}}]})
            elif message["method"] == "panel.get":
                answer(message, {"blocks": [{"type": "notice", "tone": "good", "text": given["panel"] + " of " + (about["name"] if about else "all") + " for " + given["user"]["name"]}]})
            elif message["method"] == "panel.act":
                presses.append(given)
                answer(message, {"message": given["action"] + " " + json.dumps(given["values"]) + (" on " + about["name"] if about else "")})
            else:
                answer(message)
                if message["method"] == "unload":
                    sys.exit(0)

        start()
        serve()
        """;

    private SamplePool? _pool;

    [Fact]
    public async Task Page_IsDrawnAsText_AndTakesWhatIsPressed()
    {
        await LoadAsync();
        var page = Open<PluginPage>($"/plugin/{PythonPlugin.Id}/report", ("Id", PythonPlugin.Id), ("PanelId", "report"));
        WaitFor(page, () => Assert.Equal("All <i>", page.Find(".panel h2").TextContent));

        Assert.Equal("Report <b>", page.Find("h1").TextContent);
        Assert.Equal($"/vms/{_pool!.Uuid}/{_pool.Vm(0).Uuid}", page.Find("tbody tr .object-link").GetAttribute("href"));
        Assert.Contains("a secret one", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        var link = page.Find("tbody a[target=_blank]");
        Assert.Equal(("https://example.org/x", "noopener noreferrer"), (link.GetAttribute("href"), link.GetAttribute("rel")));
        Assert.Contains("(example.org)", link.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("svg path.line"));

        page.Do(() => page.FindAll("th .sort")[1], it => it.Click());
        WaitFor(page, () => Assert.Equal(["1 KiB", "2 KiB"], page.FindAll("tbody tr td.number").Select(cell => cell.TextContent.Trim()).Take(2)));

        page.Do(() => Button(page, "Again"), it => it.Click());
        WaitFor(page, () => Assert.Contains("again {}", page.Markup, StringComparison.Ordinal));
        WaitFor(page, () => Assert.Contains("pressed 1", page.Markup, StringComparison.Ordinal));

        page.Do(() => page.Find("form input"), it => it.Change("0"));
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("What was filled in does not fit: 'every' has to be at least 1", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        page.Do(() => page.Find("form input"), it => it.Change("5"));
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("set {\"every\": 5}", page.Find(".panel .notice").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tile_StandsOnTheOverview()
    {
        await LoadAsync();

        var overview = Open<OverviewPage>("/");

        WaitFor(overview, () => Assert.Contains("summary of all for", overview.Find(".tiles .notice").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tab_StandsOnTheObject()
    {
        await LoadAsync();
        var vm = _pool!.Vm(0);

        var page = Open<VmPage>($"/vms/{_pool.Uuid}/{vm.Uuid}?tab=plugin.{PythonPlugin.Id}.backups", ("PoolUuid", _pool.Uuid), ("Uuid", vm.Uuid));
        WaitFor(page, () => Assert.Contains($"backups of {vm.NameLabel} for", page.Find(".panel .notice.good").TextContent, StringComparison.Ordinal));

        Assert.Contains("Backups", page.Find("nav.tabs [aria-current]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_StandsInTheMenu_AndIsDoneAtOnceWhenItSaysSo()
    {
        await LoadAsync();
        var (actions, vm) = (Services.GetService(typeof(PluginActions)) as PluginActions, _pool!.Vm(0));
        var sheet = Open<PluginActionSheet>("/");
        var offered = actions!.On(_pool.Picture, vm, isPast: false).ToList();

        await sheet.InvokeAsync(() => actions.Choose(offered[1].Shown, _pool.Picture, vm));
        WaitFor(sheet, () => Assert.Equal("Ping now?", sheet.Find(".question").TextContent));
        sheet.Do(() => Button(sheet, "Ping it"), it => it.Click());
        WaitFor(sheet, () => Assert.Equal($$"""ping {} on {{vm.NameLabel}}""", sheet.Find("[role=dialog] .notice").TextContent));
        await sheet.InvokeAsync(() => actions.Choose(offered[0].Shown, _pool.Picture, vm));

        WaitFor(sheet, () => Assert.Contains($"mark of {vm.NameLabel}", sheet.Find("[role=dialog] .notice").TextContent, StringComparison.Ordinal));
        Assert.Equal([("mark", null), ("ping", null)], offered.Select(one => (one.Shown.Want.Id, one.Reason)));
        Assert.Equal(["Go back to now to act.", "Go back to now to act."], actions.On(_pool.Picture, vm, isPast: true).Select(one => one.Reason![^22..]));
    }

    [Fact]
    public async Task WhoMayNot_SeesNoPage_AndNoAction()
    {
        await LoadAsync();
        Narrow();

        var page = Open<PluginPage>($"/plugin/{PythonPlugin.Id}/report", ("Id", PythonPlugin.Id), ("PanelId", "report"));
        var reasons = (Services.GetService(typeof(PluginActions)) as PluginActions)!.On(_pool!.Picture, _pool.Vm(0), isPast: false).Select(one => one.Reason).ToList();

        Assert.DoesNotContain("Report", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".panel"));
        Assert.All(reasons, Assert.NotNull);
    }

    [Fact]
    public async Task WhoMayNot_SeesNoTile()
    {
        await LoadAsync();
        Narrow();

        var tiles = Open<PluginTiles>("/");

        Assert.Empty(tiles.FindAll(".tiles"));
    }

    [Fact]
    public async Task Component_OfAPluginWithinTheServer_StandsInThePlaceOfAPanel()
    {
        var (fleet, token) = (Get<PluginFleet>(), Xunit.TestContext.Current.CancellationToken);
        var manifest = TricksterPlugin.InProcess.Replace("\"storage\": true", """
            "ui": {"pages": [{"id": "own", "title": "Own", "component": "XoBlazor.TestPlugin.Widget"}, {"id": "none", "title": "None", "component": "XoBlazor.TestPlugin.Nothing"}]}
            """, StringComparison.Ordinal);
        var installed = await fleet.InstallAsync(TricksterPlugin.Package(manifest), "ada", token);
        await fleet.AcceptAsync(TricksterPlugin.Id, installed.Settings.Manifest.Wants.Texts, [], token);
        await fleet.LoadAsync(TricksterPlugin.Id, token);
        var panels = Get<PluginPanels>();
        await View.OpenAsync();

        var drawn = Render<PluginContent>(parameters => parameters.Add(one => one.Shown, panels.Find(TricksterPlugin.Id, "own")!));
        var missing = Render<PluginContent>(parameters => parameters.Add(one => one.Shown, panels.Find(TricksterPlugin.Id, "none")!));

        Assert.Equal("<p></p>", drawn.Markup.Trim());
        Assert.Contains("has no component XoBlazor.TestPlugin.Nothing", missing.Markup, StringComparison.Ordinal);
        await fleet.UnloadAsync(TricksterPlugin.Id, token);
    }

    [Fact]
    public async Task PluginThatIsGone_LeavesAQuietWordInItsPlace()
    {
        await LoadAsync();
        var tiles = Open<PluginPage>($"/plugin/{PythonPlugin.Id}/report", ("Id", PythonPlugin.Id), ("PanelId", "report"));
        WaitFor(tiles, () => Assert.NotEmpty(tiles.FindAll(".panel h2")));

        await Get<PluginFleet>().UnloadAsync(PythonPlugin.Id, Xunit.TestContext.Current.CancellationToken);

        WaitFor(tiles, () => Assert.Contains("There is no such page now", tiles.Markup, StringComparison.Ordinal));
    }

    protected override void Dispose(bool disposing)
    {
        _pool?.Dispose();
        base.Dispose(disposing);
    }

    private void Narrow() => Access.Apply(new(
        [], [new Grant("1", SubjectId.User(Person.Id), Role.Operator.Id, new AccessScope.OfObject(new(_pool!.Uuid, _pool.Vm(0).Uuid)))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

    private async Task LoadAsync()
    {
        Needs.Program("python3", "python3");
        _pool = new(Get<ObjectStore>(), vms: 4);
        Get<VisibleStores>().CatchUp();
        var (fleet, token) = (Get<PluginFleet>(), Xunit.TestContext.Current.CancellationToken);
        var named = $"POOL = '{_pool.Uuid}'\nVM = '{_pool.Vm(0).Uuid}'\n";
        var installed = await fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(Wants), named + Script), "ada", token);
        await fleet.AcceptAsync(PythonPlugin.Id, installed.Settings.Manifest.Wants.Texts, [], token);
        await fleet.LoadAsync(PythonPlugin.Id, token);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<IComponent> page, string word) => page.FindAll("button").First(button => button.TextContent.Trim() == word);
}
