using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using XoBlazor.App.Accounts;
using XoBlazor.App.Data;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>Sessions end by themselves, with their cookies and their open circuits.</summary>
public sealed class SessionExpiryTests
{
    private static readonly TimeSpan s_idle = TimeSpan.FromHours(12);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_Unused_EndsWithItsCookieAndItsConnections()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new TestServer().With(time);
        var browser = server.Browser();
        await TestServer.SignInAsync(browser);
        var ended = await EndedAsync(server);

        time.Advance(s_idle - TimeSpan.FromMinutes(1));
        var before = (await browser.GetAsync("/nothing-here", Token)).StatusCode;
        time.Advance(s_idle - TimeSpan.FromSeconds(1));
        var used = ended.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(1));
        var after = (await browser.GetAsync("/nothing-here", Token)).StatusCode;
        time.Advance(SessionLoop.Every);
        await ended.WaitAsync(Patience.Limit, Token);

        Assert.Equal((HttpStatusCode.NotFound, false, HttpStatusCode.Unauthorized), (before, used, after));
    }

    [Fact]
    public async Task Session_UsedAllTheTime_EndsWhenItIsTooOld()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new TestServer().With(time).With("SignIn:Longest", "2.00:00:00");
        var browser = server.Browser();
        await TestServer.SignInAsync(browser);
        var ended = await EndedAsync(server);

        for (var hours = 0; hours < 48; hours += 8)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/nothing-here", Token)).StatusCode);
            time.Advance(TimeSpan.FromHours(8));
        }
        time.Advance(SessionLoop.Every);
        await ended.WaitAsync(Patience.Limit, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nothing-here", Token)).StatusCode);
    }

    [Fact]
    public async Task Restart_IsNoUse()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        string cookie;
        await using (var before = new TestServer(folder).With(time))
        {
            cookie = (await TestServer.SignInAsync(before.Browser())).Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("xo-session", StringComparison.Ordinal)).Split(';')[0];
            time.Advance(TimeSpan.FromHours(8));
        }

        await using var after = new TestServer(folder).With(time);
        using var client = after.CreateDefaultClient();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        time.Advance(TimeSpan.FromHours(5));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/nothing-here", Token)).StatusCode);
    }

    [Fact]
    public async Task OpenPage_LivesWhileItIsUsedAndLeavesWhenItIsNot()
    {
        var idle = TimeSpan.FromSeconds(20);
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync(
            "--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password, $"--SignIn:Idle={idle:c}");
        await using var stopped = server;
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(new Uri(address, "/vms").AbsoluteUri);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "User menu" });
        await menu.WaitForAsync();

        // A machine that kept us waiting between two keys has shown nothing.
        using var patience = Patience.Source();
        var (since, last) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (since.Elapsed < 2 * idle)
        {
            await menu.PressAsync("Enter");
            if (last.Elapsed > idle / 2)
                since.Restart();
            last.Restart();
            await Task.Delay(500, patience.Token);
        }
        var afterUse = new Uri(page.Url).AbsolutePath;
        await page.WaitForURLAsync("**/sign-in*");

        Assert.Equal("/vms", afterUse);
    }

    private static async Task<Task> EndedAsync(TestServer server)
    {
        await using var database = await server.Services.GetRequiredService<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(Token);
        var session = await database.Sessions.SingleAsync(Token);
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(SignInSessions.Claim, session.Id.ToString())]));
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Services.GetRequiredService<SignInSessions>().Ended(principal).Register(signal.SetResult);
        return signal.Task;
    }
}
