using System.Diagnostics;
using System.Net.WebSockets;
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
    // What is promised of every open circuit.
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_OnTheMachine_EndsOpenPagesAndSocketsOfThatUser()
    {
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(address, "/profile").ToString());
        await page.GetByLabel("User name").FillAsync(TestServer.Admin);
        await page.GetByLabel("Password").FillAsync(TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        // Only a circuit answers to this.
        await page.GetByRole(AriaRole.Button, new() { Name = "Authenticator app" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        Assert.Empty(await Axe.ProblemsAsync(page));
        using var socket = await SocketAsync(address, page);
        var ended = EndAsync(socket);

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

    // A socket that leads nowhere by itself: it can only be cut.
    private static async Task<ClientWebSocket> SocketAsync(Uri address, IPage page)
    {
        var cookies = await page.Context.CookiesAsync();
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor" }.Uri, Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        return socket;
    }

    private static async Task EndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, Token)).MessageType != WebSocketMessageType.Close)
            {
                // The hub's pings.
            }
        }
        catch (WebSocketException)
        {
            // Cut.
        }
    }
}
