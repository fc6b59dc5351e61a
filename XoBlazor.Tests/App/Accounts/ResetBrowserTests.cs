using System.Diagnostics;
using Microsoft.Playwright;
using XoBlazor.App.Accounts;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary><c>xo-blazor user reset</c> in one process, a server in another, and what is open in browsers and sockets.</summary>
public sealed class ResetBrowserTests
{
    // Ten seconds are promised of every open circuit; the browser may have to wait for the machine, too.
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_OnTheMachine_EndsOpenPagesAndSocketsOfThatUser()
    {
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(address, "/profile").ToString());
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        // Only a circuit answers to this.
        await page.GetByRole(AriaRole.Button, new() { Name = "Authenticator app" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        Assert.Empty(await Axe.ProblemsAsync(page));
        using var socket = await CircuitSocket.OpenAsync(address, string.Join("; ", (await page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}")));
        var ended = CircuitSocket.ReadToEndAsync(socket, Token);

        var (exitCode, output) = await ServerProcess.RunAsync("user", "reset", TestServer.Admin, "--data-dir", folder.Path);
        var since = Stopwatch.GetTimestamp();
        await page.WaitForURLAsync("**" + SignInEndpoints.Path + "**");
        var pageAfter = Stopwatch.GetElapsedTime(since);
        await ended.WaitAsync(Patience.Limit, Token);
        var socketAfter = Stopwatch.GetElapsedTime(since);

        Assert.True(exitCode == 0, output);
        Assert.InRange(pageAfter, TimeSpan.Zero, s_promised);
        Assert.InRange(socketAfter, TimeSpan.Zero, s_promised);
        TestContext.Current.SendDiagnosticMessage($"after the reset the page had left within {pageAfter.TotalSeconds:0.0} s, the socket was cut within {socketAfter.TotalSeconds:0.0} s");
    }
}
