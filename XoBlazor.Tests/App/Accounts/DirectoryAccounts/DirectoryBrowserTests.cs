using Microsoft.Playwright;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Accounts.DirectoryAccounts;

/// <summary>A directory set up in Chromium, and a person of it who signs in and has what the mapping says.</summary>
public sealed class DirectoryBrowserTests
{
    [Fact]
    public async Task Operator_FromLdapWithARoleOnOneTag_SignsInAndHasThatRole()
    {
        using var authority = new TestAuthority();
        await using var slapd = await Slapd.StartAsync(authority, ExampleDirectory.Small);
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(address, "/settings/directories").ToString());
        await page.SignInAsync(TestServer.Admin, TestServer.Password);

        await AddDirectoryAsync(page, slapd, authority);
        Assert.DoesNotContain(Slapd.ReaderPassword, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Group", Exact = true }).FillAsync("one");
        await page.GetByRole(AriaRole.Option, new() { Name = "everyone" }).WaitForAsync();
        Assert.Empty(await Axe.ProblemsAsync(page));

        var alice = await browser.OpenAsync(new Uri(address, "/profile").ToString());
        await alice.SignInAsync("alice", ExampleDirectory.PasswordOf("alice"));
        await alice.GetByRole(AriaRole.Heading, new() { Name = "alice" }).WaitForAsync();
        await alice.GetByText("VMs with tags:web").WaitForAsync();
        Assert.Equal(0, await alice.GetByRole(AriaRole.Link, new() { Name = "Directories" }).CountAsync());
    }

    /// <summary>From the list of directories: OpenLDAP as it is here, where being in staff makes an operator of VMs with the tag web.</summary>
    internal static async Task AddDirectoryAsync(IPage page, Slapd slapd, TestAuthority authority)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "OpenLDAP" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Example");
        await page.GetByLabel("Servers", new() { Exact = true }).FillAsync(slapd.Tls);
        await page.GetByLabel("CA certificate").FillAsync(authority.Pem);
        await page.GetByLabel("Account that searches").FillAsync(Slapd.Reader);
        await page.GetByLabel("Its password").FillAsync(Slapd.ReaderPassword);
        await page.GetByRole(AriaRole.Group, new() { Name = "Users" }).GetByLabel("Base").FillAsync(ExampleDirectory.People);
        await page.GetByRole(AriaRole.Group, new() { Name = "Groups", Exact = true }).GetByLabel("Base").FillAsync(ExampleDirectory.Groups);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a mapping" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Group", Exact = true }).FillAsync("taf");
        await page.GetByRole(AriaRole.Option, new() { Name = "staff" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Group", Exact = true })).ToHaveValueAsync($"cn=staff,{ExampleDirectory.Groups}");
        await page.GetByLabel("gets").SelectOptionAsync(new SelectOptionValue { Label = "Operator" });
        await page.GetByLabel("on VMs that match").FillAsync("tags:web");
        await page.GetByLabel("User (optional)").FillAsync("alice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test", Exact = true }).ClickAsync();
        await page.GetByText("What the user would get").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the directory" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Example" }).WaitForAsync();
    }
}
