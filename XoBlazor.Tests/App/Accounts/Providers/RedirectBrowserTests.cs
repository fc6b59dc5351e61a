using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Accounts.Oidc.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Accounts.Providers;

/// <summary>OpenID Connect in Chromium: configured by its form, then signed in with on a phone, and again with a second factor of ours after it.</summary>
public sealed class RedirectBrowserTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Person_GoesToTheProviderAndComesBack_WithWhatTheirGroupsHave()
    {
        await using var provider = await OidcServer.StartAsync();
        provider.HasPage = true;
        await using var server = new TestServer().OnAPort();
        await using var browser = await Browser.StartAsync();
        var admin = await browser.OpenAsync(new Uri(server.Address!, "/settings/plugins").ToString());
        await admin.SignInAsync(TestServer.Admin, TestServer.Password);
        await ConfigureAsync(admin, provider);

        var page = await browser.OpenAsync(new Uri(server.Address!, "/profile").ToString(), 390, 844, isPhone: true);
        Assert.Empty(await Axe.ProblemsAsync(page));
        await ThroughAsync(page);
        await page.GetByRole(AriaRole.Heading, new() { Name = "ada" }).WaitForAsync();
        await GrantAsync(server, "operators");
        var (key, _) = await server.EnrolAsync("ada");
        var other = await browser.OpenAsync(new Uri(server.Address!, "/profile").ToString());
        await ThroughAsync(other);
        await other.GetByLabel("Code").FillAsync(server.Code(key));
        await other.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await other.GetByRole(AriaRole.Heading, new() { Name = "ada" }).WaitForAsync();
        await other.GetByRole(AriaRole.Table, new() { Name = "Grants" }).GetByText("operators").WaitForAsync();
    }

    private static async Task ConfigureAsync(IPage page, OidcServer provider)
    {
        var card = page.GetByRole(AriaRole.Article, new() { Name = "OpenID Connect" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Configure" }).ClickAsync();
        await page.GetByLabel("Name on the button").FillAsync("Example one");
        await page.GetByLabel("Issuer", new() { Exact = true }).FillAsync(provider.Issuer);
        await page.GetByLabel("Client ID").FillAsync(OidcServer.Client);
        await page.GetByLabel("Client secret").FillAsync(OidcServer.Secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await card.GetByText("kept, sealed").WaitForAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Load", Exact = true }).ClickAsync();
        await card.GetByText("Loaded", new() { Exact = true }).WaitForAsync();
        Assert.DoesNotContain(OidcServer.Secret, await page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task ThroughAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Example one" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I am Ada" }).ClickAsync();
    }

    private static async Task GrantAsync(TestServer server, string name)
    {
        await using var database = await server.DatabaseAsync();
        var group = await database.Groups.SingleAsync(one => one.Name == name, Token);
        await server.Get<GrantAdministration>().AddAsync(await server.AdminAsync(), SubjectKind.Group, group.Id, Role.Operator.Id, AccessScope.Everything.Instance, Token);
    }
}
