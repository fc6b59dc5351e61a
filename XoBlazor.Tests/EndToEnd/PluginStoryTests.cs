using Microsoft.Playwright;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// A plugin from its zip to its end, in a browser and without a restart: uploaded, its wants accepted, configured by the form that was made for it, tested, its page, tab, tile and actions used,
/// removed. Looked at in every size and colour; XOBLAZOR_LOOKS names a folder for pictures.
/// </summary>
public sealed class PluginStoryTests
{
    private const string Manifest =
        """
        {"id": "backup-watch", "name": "Backup watch", "version": "1.0.0", "contract": "1.0", "command": ["python3", "main.py"], "description": "Watches what backups there are, and says where they are missing.",
         "wants": {"read": ["VM"], "storage": true, "ui": {
           "pages": [{"id": "report", "title": "Backups", "icon": "chart"}], "tabs": [{"id": "backups", "title": "Backups", "class": "VM"}], "tiles": [{"id": "summary", "title": "Backups"}],
           "actions": [{"id": "mark", "title": "Leave out of backups", "class": "VM", "icon": "tag"}, {"id": "check", "title": "Check its backups", "class": "VM", "icon": "refresh", "once": true}]}},
         "configurationPresets": {"Strict": {"days": 1, "how": "both"}},
         "testSchema": {"type": "object", "properties": {"to": {"type": "string", "title": "Whom to greet"}}},
         "configuration": {"type": "object", "required": ["target"], "properties": {
           "target": {"type": "string", "title": "Where backups lie", "description": "An address such as nfs://store/backups"},
           "password": {"type": "string", "title": "Password"},
           "days": {"type": "integer", "title": "Old after days", "default": 7, "minimum": 1},
           "how": {"type": "string", "title": "Tell", "enum": ["page", "mail", "both"], "enumNames": ["On its page", "By e-mail", "Both"], "default": "page"},
           "note": {"type": "string", "title": "Note", "$multiline": true},
           "vms": {"type": "array", "title": "VMs to leave out", "items": {"type": "string", "$type": "VM"}},
           "window": {"type": "object", "title": "Window", "properties": {"from": {"type": "string", "title": "From"}, "to": {"type": "string", "title": "To"}}},
           "sites": {"type": "array", "title": "Sites", "items": {"type": "object", "properties": {"name": {"type": "string", "title": "Name"}, "token": {"type": "string", "title": "Token", "writeOnly": true}}}}}}}
        """;

    private const string Script =
        """
        import datetime
        configuration = {}
        left_out = []
        vms = []
        loaded = []

        def ago(hours):
            return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=hours)).isoformat()

        def panel(given):
            if given["panel"] == "report":
                rows = [[{"pool": vm["pool"], "uuid": vm["uuid"]}, ago(3 + number * 9), 2 ** 30 * (number + 3), number * 2, {"tone": "bad" if number % 4 == 3 else "good", "text": "Missing" if number % 4 == 3 else "Done"},
                         {"url": "https://backups.example.org/" + str(number), "text": "Log"}] for number, vm in enumerate(vms[:40])]
                return {"refresh": 60, "blocks": [
                    {"type": "notice", "tone": "busy", "text": "Backups lie on " + configuration["target"] + "."},
                    {"type": "facts", "items": [{"name": "Left out", "type": "number", "value": len(left_out)}, {"name": "Old after", "value": str(configuration["days"]) + " days"}, {"name": "Last look", "type": "time", "value": ago(0)}]},
                    {"type": "chart", "title": "Written each day", "unit": "bytes", "kind": "bar", "labels": ["Mon", "Tue", "Wed", "Thu", "Fri"], "series": [{"name": "Full", "values": [9e9, 2e9, 1e9, 3e9, 8e9]}, {"name": "Delta", "values": [1e9, 3e9, 4e9, None, 2e9]}]},
                    {"type": "chart", "title": "Duration", "unit": "number", "labels": ["Mon", "Tue", "Wed", "Thu", "Fri"], "series": [{"name": "Minutes", "values": [12, 14, None, 9, 22]}]},
                    {"type": "progress", "title": "This night", "share": 0.62},
                    {"type": "table", "title": "Newest backups", "columns": [{"title": "VM", "type": "object"}, {"title": "Taken", "type": "time"}, {"title": "Size", "type": "bytes"}, {"title": "Changed disks", "type": "number"}, {"title": "State", "type": "state"}, {"title": "Log", "type": "link"}], "rows": rows},
                    {"type": "button", "action": "forget", "title": "Forget what is old", "confirm": "Backups older than that are no longer watched.", "danger": True},
                    {"type": "form", "action": "remind", "title": "Remind", "schema": {"type": "object", "required": ["when"], "properties": {"when": {"type": "string", "title": "When"}, "who": {"type": "string", "title": "Whom", "$type": "tag"}}}}]}
            if given["panel"] == "mark":
                return {"blocks": [{"type": "text", "text": given["object"]["name"] + " is not backed up any more."}, {"type": "form", "action": "leave-out", "title": "Leave out", "schema": {"type": "object", "required": ["why"], "properties": {"why": {"type": "string", "title": "Why"}}}}]}
            if given["panel"] == "summary":
                return {"blocks": [{"type": "progress", "title": "Backed up", "share": 0.75}, {"type": "text", "text": "3 of 4 VMs have a backup of the last " + str(configuration["days"]) + " days."}]}
            return {"blocks": [{"type": "notice", "tone": "good", "text": "Backed up this night."}, {"type": "facts", "items": [{"name": "Newest", "type": "time", "value": ago(4)}, {"name": "Size", "type": "bytes", "value": 2 ** 33}]}]}

        def handle(message):
            given = message.get("params") or {}
            if message["method"] == "objects.changed":
                vms.extend(change for change in given["changes"] if change["kind"] == "added" and not (change["fields"]["is_a_template"] or change["fields"]["is_control_domain"]))
                answer(message)
            elif message["method"] == "configure":
                configuration.update(given["configuration"])
                answer(message)
            elif message["method"] == "test":
                answer(message, {"greeting": "Hello " + ((given.get("data") or {}).get("to") or "you"), "reached": configuration["target"]})
            elif message["method"] == "panel.get":
                answer(message, panel(given))
            elif message["method"] == "panel.act":
                if given["action"] == "leave-out":
                    left_out.append(given["object"]["uuid"])
                answer(message, {"message": given["action"] + " is done" + (" for " + given["object"]["name"] if given["object"] else "") + "."})
            else:
                answer(message)
                if message["method"] == "unload":
                    sys.exit(0)

        greet()
        serve()
        """;

    [Fact]
    public async Task Plugin_FromItsZipToItsEnd_WithoutARestart()
    {
        Needs.Program("python3", "python3");
        await using var server = new TestServer().OnAPort();
        using var pool = new SamplePool(server.Get<ObjectStore>());
        server.Get<VisibleStores>().CatchUp();
        var zip = PluginZip.Of(("plugin.json", Manifest), ("main.py", PythonPlugin.Prelude.Replace(PythonPlugin.Id, "backup-watch", StringComparison.Ordinal) + Script));
        await using var browser = await Browser.StartAsync();
        var problems = new List<string>();
        var (page, vm) = (await browser.OpenAsync(server.Address!.AbsoluteUri), pool.Vm(0));
        await page.SignInAsync(TestServer.Admin, TestServer.Password);

        // Uploaded, accepted, configured.
        await page.GotoAsync($"{server.Address}settings/plugins");
        await Button(page, "Install a plugin").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Zip of the plugin").ChooseAsync("backup-watch.zip", "application/zip", zip);
        await Button(dialog, "Install").ClickAsync();
        await Expect(dialog.GetByText("show a tab 'Backups' on each VM")).ToBeVisibleAsync();
        await Button(dialog, "Accept").ClickAsync();
        await Button(Card(page), "Configure").ClickAsync();
        await dialog.GetByLabel("Fill in").SelectOptionAsync(new SelectOptionValue { Label = "Strict" });
        await Expect(dialog.GetByLabel("Old after days")).ToHaveValueAsync("1");
        await Expect(dialog.GetByLabel("Tell")).ToHaveValueAsync("\"both\"");
        await dialog.GetByLabel("Where backups lie").FillAsync("nfs://store/backups");
        await dialog.GetByLabel("Password").FillAsync("in-plain-sight");
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "VMs to leave out" }).FillAsync(vm.NameLabel[..4]);
        await dialog.GetByRole(AriaRole.Listbox, new() { Name = "VMs to leave out: found" }).GetByRole(AriaRole.Option).First.ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "VMs to leave out: chosen" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Button(dialog, "Add").ClickAsync();
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Lyon");
        await dialog.GetByLabel("From", new() { Exact = true }).FillAsync("22:00");
        await LookAsync("configure");
        await Button(dialog, "Save").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        // Loaded and tested.
        await Button(Card(page), "Load").ClickAsync();
        await Button(Card(page), "Test").ClickAsync();
        await dialog.GetByLabel("Whom to greet").FillAsync("Ada");
        await Button(dialog, "Test").ClickAsync();
        await Expect(dialog.GetByText("Hello Ada")).ToBeVisibleAsync();
        await LookAsync("test");
        await Button(dialog, "Close").Last.ClickAsync();

        // Its page, by the rail; its tab; its tile; its actions.
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).First.GetByRole(AriaRole.Link, new() { Name = "Plugins" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Backups" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Newest backups" })).ToBeVisibleAsync();
        await Button(page, "Forget what is old").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Forget what is old" }).ClickAsync();
        await Expect(page.GetByText("forget is done.")).ToBeVisibleAsync();
        await page.GotoAsync($"{server.Address}vms/{pool.Uuid}/{vm.Uuid}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Backups" }).ClickAsync();
        await Expect(page.GetByText("Backed up this night.")).ToBeVisibleAsync();
        await Button(page, "More actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Check its backups" }).ClickAsync();
        await Expect(dialog.GetByText($"check is done for {vm.NameLabel}.")).ToBeVisibleAsync();
        await Button(dialog, "Close").Last.ClickAsync();
        await Button(page, "More actions").ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Leave out of backups" }).ClickAsync();
        await dialog.GetByLabel("Why").FillAsync("It is a toy");
        await Button(dialog, "Leave out").ClickAsync();
        await Expect(dialog.GetByText($"leave-out is done for {vm.NameLabel}.")).ToBeVisibleAsync();
        await LookAsync("action");

        foreach (var view in View.All)
        {
            var other = await browser.OpenAsync(server.Address!.AbsoluteUri, view.Width, view.Height, view.IsDark);
            await other.SignInAsync(TestServer.Admin, TestServer.Password);
            foreach (var station in Stations(pool, vm.Uuid))
            {
                await station.GoAsync(other, server.Address!.GetLeftPart(UriPartial.Authority));
                await LookAtAsync(other, $"{station.Name}-{view}");
            }
            await other.CloseAsync();
        }

        // Removed: what it showed is gone with it.
        await page.GotoAsync($"{server.Address}settings/plugins");
        await Button(Card(page), "Remove").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Backup watch")).ToHaveCountAsync(0);
        await page.GotoAsync($"{server.Address}vms/{pool.Uuid}/{vm.Uuid}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Timeline" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Backups" })).ToHaveCountAsync(0);
        Assert.Null(server.Get<PluginFleet>().Find("backup-watch"));
        Assert.True(problems.Count == 0, string.Join("\n", problems));

        Task LookAsync(string name) => LookAtAsync(page, $"{name}-{View.All[0]}");

        async Task LookAtAsync(IPage shown, string name)
        {
            await Station.RestAsync(shown);
            await Pictures.TakeAsync(shown, $"plugin-{name}");
            problems.AddRange((await Station.TooWideAsync(shown)).Concat(await Station.CutAsync(shown)).Concat(await Axe.ProblemsAsync(shown)).Select(problem => $"{name}: {problem}"));
        }
    }

    private static IEnumerable<Station> Stations(SamplePool pool, string vm)
    {
        yield return new("page", "/plugin/backup-watch/report", page => page.Locator(".panel .scroll table").WaitForAsync());
        yield return new("pages", "/plugins");
        yield return new("tab", $"/vms/{pool.Uuid}/{vm}?tab=plugin.backup-watch.backups", page => page.Locator(".panel dl").WaitForAsync());
        yield return new("tile", "/", async page =>
        {
            await page.Locator(".tiles .panel .progress").WaitForAsync();
            await page.Locator(".tiles").ScrollIntoViewIfNeededAsync();
        });
        yield return new("settings", "/settings/plugins");
        yield return new("configure-form", "/settings/plugins", async page =>
        {
            await Button(Card(page), "Configure").ClickAsync();
            await page.GetByRole(AriaRole.Dialog).GetByLabel("Where backups lie").WaitForAsync();
        });
    }

    private static ILocator Card(IPage page) => page.GetByRole(AriaRole.Article, new() { Name = "Backup watch" });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
