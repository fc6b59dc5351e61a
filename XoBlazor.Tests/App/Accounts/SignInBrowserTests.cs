using System.Collections.Concurrent;
using Microsoft.Playwright;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.App.Accounts;

public sealed class SignInBrowserTests
{
    [Fact]
    public async Task SignIn_InChromium_LeadsToThePageAskedForAndSignOutEndsEveryTab()
    {
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(address, "/vms").ToString());
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) => Note(complaints, message);

        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        Assert.Equal("/vms", new Uri(page.Url).AbsolutePath);

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(address, "/vms").ToString());
        await other.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).ClickAsync();
        await page.GetByText("Sign out").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.WaitForURLAsync("**/sign-in*");
        await other.WaitForURLAsync("**/sign-in*");
        Assert.Empty(complaints);
    }

    private static void Note(ConcurrentQueue<string> complaints, IConsoleMessage message)
    {
        if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            complaints.Enqueue(message.Text);
    }
}
