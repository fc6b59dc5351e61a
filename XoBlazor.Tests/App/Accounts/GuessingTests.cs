using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Data;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>Guessing passwords: the account is locked for longer and longer, and so is the address guesses come from.</summary>
public sealed class GuessingTests
{
    private const string Proxy = "192.0.2.7";

    public static TheoryData<string> Outside => Doors.Outside;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lock_AfterEachFurtherWrongPassword_LastsTwiceAsLong()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        for (var i = 0; i < 4; i++)
            await TestServer.SignInAsync(browser, "wrong password");

        var minutes = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            server.Services.GetRequiredService<AddressDelay>().Forgive(null);
            await TestServer.SignInAsync(browser, "wrong password");
            minutes.Add(await UnlockAsync(server));
        }

        Assert.Equal([1, 2, 4, 8, 15, 15], minutes);
    }

    [Fact]
    public async Task Guesses_AllAtOnce_CountOneByOneAndStopAtTheLock()
    {
        await using var server = new TestServer();
        var services = server.Services;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(GuessAsync, Token)));

        Assert.Equal(5, outcomes.Count(outcome => outcome == PasswordOutcome.Wrong));
        Assert.Equal(19, outcomes.Count(outcome => outcome == PasswordOutcome.Locked));
        Assert.Equal(1, await UnlockAsync(server));

        async Task<PasswordOutcome> GuessAsync()
        {
            await using var scope = services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<PasswordCheck>().ProveAsync(TestServer.Admin, "wrong password")).Outcome;
        }
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Guess_WhereTooManyAreAtTheName_IsSentAwayWhetherSomebodyHasItOrNot(string door)
    {
        await using var server = new TestServer();
        server.Browser().Dispose();
        var turns = server.Get<GuessTurns>();
        using var gone = new CancellationTokenSource();
        string[] names = [TestServer.Admin, "nobody"];
        var lines = names.SelectMany(name => Enumerable.Range(0, GuessTurns.Most).Select(_ => turns.TakeAsync(GuessTurns.Name(name), gone.Token))).ToList();

        foreach (var name in names)
        {
            var knock = await (await Doors.Find(door).ApproachAsync(server, name, ""))(TestServer.Password);
            Assert.Equal((name, false), (name, knock.IsIn));
            Assert.Contains("Too many are trying this name", knock.Words, StringComparison.Ordinal);
        }

        Assert.All(server.Audit("sign-in"), record => Assert.Equal((null, GuessTurns.NotTried), (record.Target, record.Message)));
        Assert.Equal(0, (await server.AccountAsync(TestServer.Admin)).AccessFailedCount);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(lines));
    }

    [Fact]
    public async Task SecondProofs_AllWrongAtOnce_AreAllCounted()
    {
        await using var server = new TestServer();
        var services = server.Services;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(FailAsync, Token)));

        await using var scope = server.Services.CreateAsyncScope();
        Assert.Equal(8, (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(TestServer.Admin))!.AccessFailedCount);

        async Task FailAsync()
        {
            await using var scope = services.CreateAsyncScope();
            var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(TestServer.Admin);
            await scope.ServiceProvider.GetRequiredService<PasswordCheck>().CountAsync(account!);
        }
    }

    [Fact]
    public async Task RightPassword_AfterFourWrongOnes_StartsAnew()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        for (var i = 0; i < 4; i++)
            await TestServer.SignInAsync(browser, "wrong password");
        await TestServer.SignInAsync(browser);

        await TestServer.SignInAsync(server.Browser(), "wrong password");
        var answer = await TestServer.SignInAsync(server.Browser());

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task Address_AfterManyNames_HasToWaitAndIsToldHowLong()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        for (var i = 0; i < AddressDelay.Free; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(browser, $"name{i}")).StatusCode);

        // The first delays are so short that a slow machine outlives them; each guess then doubles the next.
        HttpResponseMessage answer;
        do
            answer = await GuessAsync(browser, TestServer.Admin);
        while (answer.StatusCode == HttpStatusCode.Unauthorized);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Contains("Too many attempts from your address", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData(null, Proxy)]
    [InlineData("192.0.2.0/24", "203.0.113.9")]
    [InlineData("198.51.100.1", Proxy)]
    public async Task Address_BehindAProxy_IsTheForwardedOneOnlyWhenTheProxyIsKnown(string? known, string expected)
    {
        await using var server = new TestServer();
        if (known is not null)
            server.With("Proxy:KnownProxies:0", known);
        await TestServer.SignInAsync(server.Browser());

        var context = await server.Server.SendAsync(request =>
        {
            request.Connection.RemoteIpAddress = IPAddress.Parse(Proxy);
            request.Request.Path = "/healthz";
            request.Request.Headers["X-Forwarded-For"] = "203.0.113.9";
        }, Token);

        Assert.Equal(expected, context.Connection.RemoteIpAddress?.ToString());
    }

    private static Task<HttpResponseMessage> GuessAsync(HttpClient browser, string name) =>
        TestServer.SubmitAsync(browser, "/sign-in", new Dictionary<string, string> { ["name"] = name, ["password"] = "wrong password" });

    /// <summary>How long the account is locked, in minutes; then lets that time be over.</summary>
    private static async Task<int> UnlockAsync(TestServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await accounts.FindByNameAsync(TestServer.Admin))!;
        var left = account.LockoutEnd!.Value - TimeProvider.System.GetUtcNow();
        await accounts.SetLockoutEndDateAsync(account, TimeProvider.System.GetUtcNow().AddDays(-1));
        return (int)Math.Ceiling(left.TotalMinutes);
    }
}
