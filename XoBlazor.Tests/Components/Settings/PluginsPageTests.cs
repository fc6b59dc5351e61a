using System.Text;
using System.Text.Json.Nodes;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Settings.Plugins;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>Plugins as an administrator installs them, decides what they may, loads and unloads them.</summary>
public sealed class PluginsPageTests : SettingsContext
{
    private const string Name = "Test <b>";

    private static readonly string s_manifest = PythonPlugin.Manifest("""{"read": [{"class": "VM", "filter": "tags:web"}], "operations": ["vm.start"], "storage": true}""").Replace("\"Test\"", $"\"{Name}\"", StringComparison.Ordinal);

    [Fact]
    public void Plugin_IsInstalled_LookedAt_LoadedAndUnloaded()
    {
        Needs.Program("python3", "python3");
        var page = Open<PluginsPage>("/settings/plugins");
        page.DoWhenThere("button.add", it => it.Click());
        Upload(page, PluginZip.Of(("plugin.json", s_manifest), ("main.py", PythonPlugin.Prelude + "start()\nask('log', message='hello <i>')\nserve()")));

        // What it wants is asked at once; one of its wants is left out.
        WaitFor(page, () => Assert.Equal(["see VM, where tags:web", "Start (vm.start)", "keep up to 1 MiB of its own"], page.FindAll("fieldset:first-of-type label").Select(label => label.TextContent.Trim())));
        page.Do(() => page.FindAll("fieldset:first-of-type input")[1], it => it.Change(false));
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Equal(["read: VM, where tags:web", "storage"], Plugin?.Settings.Accepted?.Texts));
        WaitFor(page, () => Assert.Contains("Wants, and may notStart (vm.start)", Text(page), StringComparison.Ordinal));

        Press(page, "Load");
        WaitFor(page, () => Assert.Contains("hello <i>", page.Find("pre").TextContent, StringComparison.Ordinal));
        WaitFor(page, () => Assert.Equal("Loaded", Card(page)!.QuerySelector(".state-badge")!.TextContent.Trim()));
        Press(page, "Unload");
        WaitFor(page, () => Assert.Equal("Unloaded", Card(page)!.QuerySelector(".state-badge")!.TextContent.Trim()));

        // The page may know of it before it is written down.
        WaitFor(page, () => Assert.Equal(["plugin.unload", "plugin.load", "plugin.accept", "plugin.install"],
            Get<AuditLog>().Read(new()).Where(entry => entry.Record is { Outcome: AuditOutcome.Succeeded, Target.Kind: "plugin" }).Select(entry => entry.Record.Action)));
    }

    [Fact]
    public async Task Plugin_IsConfigured_ByAFormMadeOfItsSchema()
    {
        var schema = """
            ,"configuration": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "title": "Address <b>", "description": "Where to."}, "password": {"type": "string"},
            "every": {"type": "integer", "default": 5, "minimum": 1}, "kind": {"type": "string", "enum": ["full", "delta"]}, "loud": {"type": "boolean"}, "names": {"type": "array", "items": {"type": "string"}},
            "deep": {"type": "object", "properties": {"x": {"type": "number"}}}}}
            """;
        await Get<PluginFleet>().InstallAsync(PluginZip.Package(PythonPlugin.Manifest(more: schema), ""), "ada", Xunit.TestContext.Current.CancellationToken);
        var page = Open<PluginsPage>("/settings/plugins");
        Press(page, "Configure");
        page.WaitForElement("#configuration-url", Patience.Limit);
        var (labels, defaultValue, secret) = (page.FindAll("form label").Select(label => label.TextContent.Trim()).ToList(), page.Find("#configuration-every").GetAttribute("value"), page.Find("#configuration-password").GetAttribute("type"));
        void Fill(string field, object value) => page.Do(() => page.Find($"#configuration-{field}"), it => it.Change(value));

        Fill("every", "0");
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("'every' has to be at least 1; 'url' is missing", Ordered(page.Find("form [role=alert]").TextContent), StringComparison.Ordinal));
        Fill("every", "7");
        Fill("url", "https://example.org");
        Fill("password", "in-plain-sight");
        Fill("kind", "\"delta\"");
        Fill("loud", true);
        Fill("names", "a\n\n b ");
        Fill("deep-x", "1.5");
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Empty(page.FindAll("form")));
        var first = Plugin!.Settings.Configuration;
        Press(page, "Configure");
        page.WaitForElement("#configuration-url", Patience.Limit);
        var markup = page.Markup;
        Fill("url", "https://example.net");
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Empty(page.FindAll("form")));

        Assert.Equal(["Address <b>", "password", "every", "kind", "loud", "names", "x"], labels);
        Assert.Equal(("5", "password"), (defaultValue, secret));
        Assert.Equal("""{"url":"https://example.org","password":"in-plain-sight","every":7,"kind":"delta","loud":true,"names":["a","b"],"deep":{"x":1.5}}""", first);
        Assert.DoesNotContain("in-plain-sight", markup, StringComparison.Ordinal);
        Assert.Contains("kept; type to replace it", markup, StringComparison.Ordinal);
        Assert.Equal(first!.Replace("example.org", "example.net", StringComparison.Ordinal), Plugin!.Settings.Configuration);

        static string Ordered(string refusal) => string.Join("; ", refusal.TrimEnd('.').Split(": ", 2)[1].Split("; ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Configuration_OfOne_IsExportedByItself_WithoutSecrets()
    {
        var token = Xunit.TestContext.Current.CancellationToken;
        var schema = ""","configuration": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "password": {"type": "string"}}}""";
        await Get<PluginFleet>().InstallAsync(PluginZip.Package(PythonPlugin.Manifest(more: schema), ""), "ada", token);
        var script = JSInterop.SetupModule("frame.js");
        script.Mode = JSRuntimeMode.Loose;
        await Services.GetRequiredService<BrowserScript>().StartAsync(null!, "frame.js");
        var page = Open<PluginsPage>("/settings/plugins");
        WaitFor(page, () => Assert.Equal("Configure it first.", Button(page, "Export configuration")?.GetAttribute("title")));
        Assert.True(Button(page, "Export configuration")!.HasAttribute("disabled"));
        Assert.DoesNotContain(page.Find("article[aria-label='LDAP directories']").QuerySelectorAll("button"), button => button.TextContent.Contains("Export", StringComparison.Ordinal));
        await Get<PluginFleet>().ConfigureAsync(PythonPlugin.Id, new JsonObject { ["url"] = "https://example.org", ["password"] = "in-plain-sight" }, token);

        Press(page, "Export configuration");

        WaitFor(page, () => Assert.Single(script.Invocations["save"]));
        var save = script.Invocations["save"][0];
        Assert.Equal($"plugin-configuration-{PythonPlugin.Id}.json", save.Arguments[1]);
        var file = Encoding.UTF8.GetString(((MemoryStream)((DotNetStreamReference)save.Arguments[0]!).Stream).ToArray());
        Assert.Contains("https://example.org", file, StringComparison.Ordinal);
        Assert.DoesNotContain("in-plain-sight", file, StringComparison.Ordinal);
        Assert.DoesNotContain("openmetrics", file, StringComparison.Ordinal);
        Assert.Equal(PythonPlugin.Id, Get<AuditLog>().Read(new()).First(entry => entry.Record.Action == "plugin.export").Record.Target?.Id);
    }

    [Fact]
    public void Zip_ThatIsNone_IsRefusedInTheForm()
    {
        var page = Open<PluginsPage>("/settings/plugins");
        page.DoWhenThere("button.add", it => it.Click());

        Upload(page, [1, 2, 3]);

        WaitFor(page, () => Assert.Contains("This is no zip that can be read", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsNothing()
    {
        Access.Apply(new([], [], Access.Policy.GroupsOfUsers));

        var page = Open<PluginsPage>("/settings/plugins");

        WaitFor(page, () => Assert.Empty(page.FindAll("button.add")));
    }

    [Fact]
    public void Page_ShowsWhoVouchesForPeopleAndComesWithTheServer()
    {
        var page = Open<PluginsPage>("/settings/plugins");

        WaitFor(page, () => Assert.Equal("/settings/directories", page.Find("article[aria-label='LDAP directories'] a").GetAttribute("href")));
        WaitFor(page, () => Assert.Equal("Loaded", page.Find("article[aria-label='LDAP directories'] .state-badge").TextContent.Trim()));
        var (ldap, oidc) = (page.Find("article[aria-label='LDAP directories']"), page.Find("article[aria-label='OpenID Connect']").TextContent);
        Assert.Single(page.FindAll("article a[href='/settings/directories']"));
        Assert.Contains("1.0.0", ldap.TextContent, StringComparison.Ordinal);
        Assert.Contains("no directory yet", ldap.TextContent, StringComparison.Ordinal);
        Assert.Contains("decide who people are that sign in", ldap.TextContent, StringComparison.Ordinal);
        Assert.Equal([("Unload", true), ("What it may", false)], ldap.QuerySelectorAll("button").Select(button => (button.TextContent.Trim(), button.HasAttribute("disabled"))));
        Assert.Contains("decide who people are that press", oidc, StringComparison.Ordinal);
        Assert.DoesNotContain("Remove", oidc, StringComparison.Ordinal);
    }

    private InstalledPlugin? Plugin => Get<PluginFleet>().Find(PythonPlugin.Id);

    private void Upload(IRenderedComponent<IComponent> page, byte[] zip)
    {
        page.WaitForElement("#plugin-zip", Patience.Limit);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(zip, "plugin.zip"));
        WaitFor(page, () => Assert.False(page.Find("form button[type=submit]").HasAttribute("disabled")));
        page.Do(() => page.Find("form"), it => it.Submit());
    }

    /// <summary>Buttons of a card are pressed when what was done last with it is done.</summary>
    private void Press(IRenderedComponent<IComponent> page, string word)
    {
        WaitFor(page, () => Assert.Equal(false, Button(page, word)?.HasAttribute("disabled")));
        page.Do(() => Button(page, word)!, it => it.Click());
    }

    /// <summary>The plugin of the test; those that come with the server stand beside it.</summary>
    private static AngleSharp.Dom.IElement? Card(IRenderedComponent<IComponent> page) => page.FindAll("article").FirstOrDefault(card => card.GetAttribute("aria-label")!.StartsWith("Test", StringComparison.Ordinal));

    private static AngleSharp.Dom.IElement? Button(IRenderedComponent<IComponent> page, string word) => Card(page)?.QuerySelectorAll("button").FirstOrDefault(button => button.TextContent.Trim() == word);

    private static string Text(IRenderedComponent<IComponent> page) => string.Concat(Card(page)!.TextContent.Split('\n').Select(line => line.Trim()));
}
