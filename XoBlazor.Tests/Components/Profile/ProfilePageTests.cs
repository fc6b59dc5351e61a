using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Profile;
using XoBlazor.App.Components.Settings.Users;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Profile;

/// <summary>One's own account, as its owner sees and changes it.</summary>
public sealed class ProfilePageTests : SettingsContext
{
    [Fact]
    public async Task AuthenticatorApp_Added_AsksForThePasswordOnce()
    {
        Session = await Server.SessionAsync(TestServer.Admin);
        var page = Open<ProfilePage>("/profile");

        Press(page, "Authenticator app");
        Enter(page, "not the password");
        page.WaitForAssertion(() => Assert.Contains("The password is not right.", page.Find(".mud-dialog [role=alert]").TextContent, StringComparison.Ordinal), Patience.Limit);
        var isShownEarly = page.FindAll("#p-code").Count > 0;
        Enter(page, TestServer.Password);
        var code = page.WaitForElement("#p-code", Patience.Limit);
        code.Change(Server.Code(page.Find(".qr-box code").TextContent.Replace(" ", "", StringComparison.Ordinal)));
        page.Do(() => page.FindAll("form").First(form => form.TextContent.Contains("Add the app", StringComparison.Ordinal)), it => it.Submit());

        WaitFor(page, () => Assert.Equal(10, page.FindAll(".codes li").Count));
        Assert.False(isShownEarly);
        Press(page, "New recovery codes (10 left)");
        page.DoWhenThere(".mud-dialog form", it => it.Submit());
        WaitFor(page, () => Assert.Equal(2, Server.Audit("second-factor.make-codes").Count));
        Assert.Empty(page.FindAll(".mud-dialog input[type=password]"));
    }

    [Fact]
    public async Task Token_Made_ShowsItselfOnceItsLimitItsUseAndItsEnd()
    {
        Session = await Server.SessionAsync(TestServer.Admin, isProven: true);
        var page = Open<ProfilePage>("/profile");
        page.DoWhenThere("#t-name", it => it.Change("backup script"));
        Assert.Contains(Role.Viewer.Id, page.FindAll("#t-role option").Select(option => option.GetAttribute("value")));
        page.Do(() => page.Find("#t-role"), it => it.Change(Role.Viewer.Id));
        page.Do(() => page.Find("form.line"), it => it.Submit());
        var text = page.WaitForElement("code.token", Patience.Limit).TextContent;
        WaitFor(page, () => Assert.Equal(["backup script", "Viewer", "Never"], [.. Cells(page, "API tokens")[..2], Cells(page, "API tokens")[3]]));
        var expires = Assert.Single(await Get<ApiTokens>().ListAsync(Administrator, Token)).Expires;

        var actor = await Get<ApiTokens>().FindAsync(text, "192.0.2.44", Token);

        Assert.Equal(Role.Viewer.Id, actor!.LimitedTo);
        WaitFor(page, () => Assert.Contains("192.0.2.44", Cells(page, "API tokens")[3], StringComparison.Ordinal));
        Assert.StartsWith(expires.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Cells(page, "API tokens")[2], StringComparison.Ordinal);
        Clock.SetUtcNow(expires);
        WaitFor(page, () => Assert.Equal("Expired", Cells(page, "API tokens")[2]));
        page.Do(() => page.Find("[aria-label='Revoke backup script']"), it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());
        WaitFor(page, () => Assert.Empty(page.FindAll("table[aria-label='API tokens']")));
        Assert.Null(await Get<ApiTokens>().FindAsync(text, null, Token));
    }

    [Fact]
    public async Task Session_BegunElsewhere_AppearsAndCanBeEnded()
    {
        Session = await Server.SessionAsync(TestServer.Admin);
        var page = Open<ProfilePage>("/profile");
        WaitFor(page, () => Assert.Single(page.FindAll("table[aria-label=Sessions] tbody tr")));

        var other = await Server.SessionAsync(TestServer.Admin);
        WaitFor(page, () => Assert.Equal(2, page.FindAll("table[aria-label=Sessions] tbody tr").Count));
        page.Do(() => page.Find("table[aria-label=Sessions] button"), it => it.Click());
        page.WaitForElement(".mud-dialog form", Patience.Limit);
        page.Do(() => page.Find(".mud-dialog form"), it => it.Submit());

        WaitFor(page, () => Assert.Single(page.FindAll("table[aria-label=Sessions] tbody tr")));
        Assert.Equal([Session], Get<SignInSessions>().Of(Administrator).Select(one => (Guid?)one.Id));
        Assert.NotEqual(Session, other);
    }

    [Fact]
    public async Task Sessions_ElsewhereAllAtOnce_EndAfterBeingAsked()
    {
        Session = await Server.SessionAsync(TestServer.Admin);
        var page = Open<ProfilePage>("/profile");
        WaitFor(page, () => Assert.Single(page.FindAll("table[aria-label=Sessions] tbody tr")));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Sign out everywhere else");
        await Server.SessionAsync(TestServer.Admin);
        await Server.SessionAsync(TestServer.Admin);
        WaitFor(page, () => Assert.Equal(3, page.FindAll("table[aria-label=Sessions] tbody tr").Count));

        page.Do(() => page.FindAll("button").Single(button => button.TextContent.Trim() == "Sign out everywhere else"), it => it.Click());
        var dialog = page.WaitForElement(".mud-dialog", Patience.Limit).TextContent;
        page.Do(() => page.Find(".mud-dialog form"), it => it.Submit());

        WaitFor(page, () => Assert.Contains("2 sessions have ended.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Your 2 other sessions end at once", dialog, StringComparison.Ordinal);
        Assert.Equal([Session], Get<SignInSessions>().Of(Administrator).Select(one => (Guid?)one.Id));
    }

    [Fact]
    public async Task Administrator_SeesSomebodysSessionsAndTokensAsTheyAreUsed_AndEndsThem()
    {
        var ada = await UserAsync("ada");
        var session = await Server.SessionAsync("ada");
        var text = await Get<ApiTokens>().CreateAsync(Boss, ada, "robot", TimeSpan.FromDays(1), Role.Operator.Id, Token);
        var page = Open<UserPage>($"/settings/users/{ada}", ("Id", ada));
        WaitFor(page, () => Assert.Equal(["robot", "Operator", "Never"], [.. Cells(page, "API tokens")[..2], Cells(page, "API tokens")[3]]));

        await Get<ApiTokens>().FindAsync(text, "192.0.2.45", Token);
        WaitFor(page, () => Assert.Contains("192.0.2.45", Cells(page, "API tokens")[3], StringComparison.Ordinal));
        page.Do(() => page.Find("[aria-label='Revoke robot']"), it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());
        WaitFor(page, () => Assert.Empty(page.FindAll("table[aria-label='API tokens']")));
        page.Do(() => page.Find("table[aria-label=Sessions] button"), it => it.Click());
        page.DoWhenThere(".mud-dialog form", it => it.Submit());

        WaitFor(page, () => Assert.Empty(page.FindAll("table[aria-label=Sessions]")));
        Assert.Null(await Get<ApiTokens>().FindAsync(text, null, Token));
        Assert.DoesNotContain(Get<SignInSessions>().Of(ada), one => one.Id == session);
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private static string[] Cells(IRenderedComponent<IComponent> page, string table) =>
        [.. page.FindAll($"table[aria-label='{table}'] tbody tr:first-child td").Select(cell => cell.TextContent.Trim())];

    private static void Press(IRenderedComponent<IComponent> page, string words)
    {
        page.WaitForState(() => Button() is not null, Patience.Limit);
        page.Do(() => Button()!, it => it.Click());

        IElement? Button() => page.FindAll("button").FirstOrDefault(button => button.TextContent.Trim() == words);
    }

    private static void Enter(IRenderedComponent<IComponent> page, string password)
    {
        page.DoWhenThere(".mud-dialog input[type=password]", it => it.Change(password));
        page.Do(() => page.Find(".mud-dialog form"), it => it.Submit());
    }
}
