using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Settings.Notifications;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.WebHooks;
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
        var page = Open<NotificationsPage>("/settings/notifications");
        Press(page, "Add a web hook");
        page.WaitForElement("#hook-name", Patience.Limit);
        page.Do(() => page.Find("#hook-name"), it => it.Input("ops <b>"));
        page.Do(() => page.Find("#hook-url"), it => it.Input(hooks.Url));
        page.Do(() => page.Find("#hook-secret"), it => it.Change("in plain sight, for all"));
        Submit(page);
        Press(page, "Allowed networks");
        page.WaitForElement("#hook-networks", Patience.Limit);
        page.Do(() => page.Find("#hook-networks"), it => it.Change($"{hooks.Address}\n"));
        Submit(page);

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
    public void Email_IsSetUp_AndItsPasswordNeverSentBack()
    {
        var page = Open<NotificationsPage>("/settings/notifications");
        Press(page, "Set up");
        page.WaitForElement("#mail-host", Patience.Limit);
        page.Do(() => page.Find("#mail-host"), it => it.Input("mail.example.test"));
        page.Do(() => page.Find("#mail-security"), it => it.Change("Tls"));
        page.Do(() => page.Find("#mail-from"), it => it.Input("xo@example.test"));
        page.Do(() => page.Find("#mail-user"), it => it.Change("xo"));
        page.Do(() => page.Find("#mail-password"), it => it.Change("in plain sight"));
        Submit(page);

        Press(page, "Change");
        page.WaitForElement("#mail-host", Patience.Limit);
        var markup = page.Markup;
        page.Do(() => page.Find("#mail-from"), it => it.Input("other@example.test"));
        Submit(page);

        Assert.DoesNotContain("in plain sight", markup, StringComparison.Ordinal);
        Assert.Equal(new EmailSettings { Host = "mail.example.test", Port = 465, Security = EmailSecurity.Tls, From = "other@example.test", User = "xo", Password = "in plain sight" }, Get<EmailTransport>().Settings);
    }

    [Fact]
    public void Page_WithoutTheRight_ShowsNothing()
    {
        Get<WebHookTransport>().Settings = new() { Hooks = [new("secret place", "https://hooks.example.test/")] };
        Access.Apply(new([], [], Access.Policy.GroupsOfUsers));

        var page = Open<NotificationsPage>("/settings/notifications");

        WaitFor(page, () => Assert.DoesNotContain("secret place", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button.add"));
    }

    private static void Press(IRenderedComponent<IComponent> page, string text)
    {
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), one => one.TextContent.Trim() == text), Patience.Limit);
        page.Do(() => page.FindAll("button").First(one => one.TextContent.Trim() == text), it => it.Click());
    }

    private static string Text(IRenderedComponent<IComponent> page) => page.Find("table").TextContent;

    private void Submit(IRenderedComponent<IComponent> page)
    {
        page.Do(() => page.Find("form"), it => it.Submit());
        WaitFor(page, () => Assert.Empty(page.FindAll("form")));
    }
}
