using System.Text.Json.Nodes;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Settings.Notifications;
using XoBlazor.App.Components.Settings.Plugins;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.WebHooks;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Notifications.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

/// <summary>Notifications as an administrator sets them up.</summary>
public sealed class NotificationsPageTests : SettingsContext
{
    [Fact]
    public async Task Rule_IsWritten_Tested_SwitchedOffAndRemoved()
    {
        using var patience = Patience.Source();
        await using var hooks = await HookServer.StartAsync(patience.Token);
        await Get<PluginFleet>().ConfigureAsync("web-hooks", new JsonObject
        {
            ["hooks"] = new JsonArray(new JsonObject { ["name"] = "ops <b>", ["url"] = hooks.Url, ["secret"] = "in plain sight, for all" }),
            ["allowedNetworks"] = new JsonArray(hooks.Address.ToString()),
        }, patience.Token);
        var page = Open<NotificationsPage>("/settings/notifications");
        WaitFor(page, () => Assert.Equal("Ready", Way(page, "Web hook").QuerySelector(".state-badge")!.TextContent.Trim()));
        page.Do(() => page.Find("button.add"), it => it.Click());
        page.WaitForElement("#rule-name", Patience.Limit);
        page.Do(() => page.Find("#rule-name"), it => it.Input("Halted <i>"));
        page.Do(() => page.Find("#rule-when"), it => it.Change("matches"));
        page.Do(() => page.Find("#rule-filter"), it => it.Change("power_state:halted"));
        page.Do(() => page.Find("#rule-for"), it => it.Change("2"));
        page.Do(() => page.Find("#rule-how"), it => it.Change("web-hook"));
        page.Do(() => page.Find("#rule-addresses"), it => it.Change("ops <b>"));
        page.Do(() => page.Find("#rule-pace"), it => it.Change("daily"));
        page.Do(() => page.Find("#rule-zone"), it => it.Change("Mars/Olympus"));
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("no time zone", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));
        page.Do(() => page.Find("#rule-zone"), it => it.Change("Europe/Paris"));
        Submit(page);

        var rule = Assert.Single(Get<NotificationRules>().All);
        Assert.Equal(new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted", For: TimeSpan.FromMinutes(2)), rule.When);
        Assert.Equal(new Pace.Daily(new(8, 0)), rule.Pace);
        WaitFor(page, () => Assert.Contains("a VM matches power_state:halted for 2 min", Text(page), StringComparison.Ordinal));

        page.Do(() => page.Find("button[aria-label='Test Halted <i>']"), it => it.Click());
        page.WaitForElement("#test-address", Patience.Limit);
        Submit(page);
        Assert.Single(hooks.Got);
        page.Do(() => page.Find("button[aria-label='Switch off Halted <i>']"), it => it.Click());
        WaitFor(page, () => Assert.False(Get<NotificationRules>().All[0].IsEnabled));
        Assert.DoesNotContain("in plain sight", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Get<AuditLog>().Read(new()), entry => entry.Record.Parameters.Any(one => one.Value.Contains("in plain sight", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WaysToSend_SayWhatIsMissing_AndLeadToTheirPlugin()
    {
        using var patience = Patience.Source();
        var page = Open<NotificationsPage>("/settings/notifications");

        WaitFor(page, () => Assert.Contains("E-mail is not configured. Configure it in Settings → Plugins, and load it.", Way(page, "E-mail").TextContent, StringComparison.Ordinal));
        await Get<PluginFleet>().ConfigureAsync("email", new JsonObject { ["host"] = "mail.example.test", ["from"] = "xo@example.test" }, patience.Token);
        WaitFor(page, () => Assert.Contains("E-mail is not loaded.", Way(page, "E-mail").TextContent, StringComparison.Ordinal));
        await Get<PluginFleet>().LoadAsync("email", patience.Token);
        WaitFor(page, () => Assert.Equal("Ready", Way(page, "E-mail").QuerySelector(".state-badge")!.TextContent.Trim()));
        Assert.Equal("/settings/plugins#plugin-email", Way(page, "E-mail").QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Email_IsSetUpByTheFormOfItsPlugin_AndItsPasswordNeverSentBack()
    {
        var page = Open<PluginsPage>("/settings/plugins");
        Press(page, "#plugin-email", "Configure");
        Fill("host", "mail.example.test");
        Fill("security", "\"tls\"");
        Fill("from", "xo@example.test");
        Fill("user", "xo");
        Fill("password", "in plain sight");
        Submit(page);
        Press(page, "#plugin-email", "Configure");
        Fill("from", "other@example.test");
        var markup = page.Markup;
        Submit(page);
        Press(page, "#plugin-email", "Configure");
        Fill("host", "evil.example.test");
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Contains("not taken along", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal));

        Assert.DoesNotContain("in plain sight", markup, StringComparison.Ordinal);
        Assert.Equal(
            new EmailSettings { Host = "mail.example.test", Port = 465, Security = EmailSecurity.Tls, From = "other@example.test", User = "xo", Password = "in plain sight" },
            EmailSettings.Of((JsonObject)JsonNode.Parse(Get<PluginFleet>().Find("email")!.Settings.Configuration!)!));

        void Fill(string field, string value)
        {
            page.WaitForElement($"#configuration-{field}", Patience.Limit);
            page.Do(() => page.Find($"#configuration-{field}"), it => it.Change(value));
        }
    }

    [Fact]
    public async Task WebHooks_AreEnteredAsAList_AndTakenAwayWithoutLosingSecretsOfOthers()
    {
        using var patience = Patience.Source();
        var fleet = Get<PluginFleet>();
        await fleet.ConfigureAsync("web-hooks", new JsonObject
        {
            ["hooks"] = new JsonArray([.. "ab".Select(name => new JsonObject { ["name"] = $"{name}", ["url"] = $"https://{name}.test/", ["secret"] = $"the secret of the hook {name}" })]),
        }, patience.Token);
        var page = Open<PluginsPage>("/settings/plugins");
        Press(page, "#plugin-web-hooks", "Configure");

        page.WaitForElement("button[aria-label='Take away: Web hooks 1']", Patience.Limit);
        page.Do(() => page.Find("button[aria-label='Take away: Web hooks 1']"), it => it.Click());
        Submit(page);

        var left = Assert.Single(WebHookSettings.Of((JsonObject)JsonNode.Parse(fleet.Find("web-hooks")!.Settings.Configuration!)!).Hooks);
        Assert.Equal(new WebHook("b", "https://b.test/", "the secret of the hook b"), left);
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsNothing()
    {
        Access.Apply(new([], [], Access.Policy.GroupsOfUsers));

        var page = Open<NotificationsPage>("/settings/notifications");

        WaitFor(page, () => Assert.DoesNotContain("Ways to send", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button.add"));
    }

    private static AngleSharp.Dom.IElement Way(IRenderedComponent<IComponent> page, string title) =>
        page.FindAll("tr").First(row => row.QuerySelector("td")?.TextContent.Trim() == title);

    private void Press(IRenderedComponent<IComponent> page, string card, string word)
    {
        WaitFor(page, () => Assert.Equal(false, Button()?.HasAttribute("disabled")));
        page.Do(() => Button()!, it => it.Click());

        AngleSharp.Dom.IElement? Button() => page.FindAll($"{card} button").FirstOrDefault(button => button.TextContent.Trim() == word);
    }

    private static string Text(IRenderedComponent<IComponent> page) => page.Find("table").TextContent;

    private void Submit(IRenderedComponent<IComponent> page)
    {
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Empty(page.FindAll("form")));
    }
}
