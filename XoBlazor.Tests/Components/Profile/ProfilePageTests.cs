using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Profile;
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
        page.FindAll("form").First(form => form.TextContent.Contains("Add the app", StringComparison.Ordinal)).Submit();

        WaitFor(page, () => Assert.Equal(10, page.FindAll(".codes li").Count));
        Assert.False(isShownEarly);
        Press(page, "New recovery codes (10 left)");
        page.WaitForElement(".mud-dialog form", Patience.Limit).Submit();
        WaitFor(page, () => Assert.Equal(2, Server.Audit("second-factor.make-codes").Count));
        Assert.Empty(page.FindAll(".mud-dialog input[type=password]"));
    }

    private static void Press(IRenderedComponent<IComponent> page, string words)
    {
        page.WaitForState(() => Button() is not null, Patience.Limit);
        Button()!.Click();

        IElement? Button() => page.FindAll("button").FirstOrDefault(button => button.TextContent.Trim() == words);
    }

    private static void Enter(IRenderedComponent<IComponent> page, string password)
    {
        page.WaitForElement(".mud-dialog input[type=password]", Patience.Limit).Change(password);
        page.Find(".mud-dialog form").Submit();
    }
}
