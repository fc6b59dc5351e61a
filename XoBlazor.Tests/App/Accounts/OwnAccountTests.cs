using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>What people may change about themselves, and about nobody else.</summary>
public sealed class OwnAccountTests : IAsyncLifetime
{
    private const string Other = "entirely other words";

    private readonly TestServer _server = new();
    private Requester _self = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OwnAccount Own => _server.Get<OwnAccount>();

    public async ValueTask InitializeAsync()
    {
        _server.Browser().Dispose();
        _self = await _server.AdminAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ChangePassword_WithTheCurrentOne_EndsTheOtherSessionsAlone()
    {
        using var kept = _server.Browser();
        await TestServer.SignInAsync(kept);
        var account = await _server.AccountAsync(TestServer.Admin);
        var session = _server.Get<SignInSessions>().Of(account.Id)[0].Id;
        using var other = _server.Browser();
        await TestServer.SignInAsync(other);

        await Own.ChangePasswordAsync(_self, session, TestServer.Password, Other, Token);

        Assert.Equal((true, false), (await kept.IsSignedInAsync(), await other.IsSignedInAsync()));
        Assert.Equal("/", (await TestServer.SignInAsync(_server.Browser(), Other)).Headers.Location?.OriginalString);
        Assert.Equal(2, _server.Audit("password.change").Count);
    }

    [Fact]
    public async Task EndOtherSessions_LeavesTheOneThatAsksAndTheTokens()
    {
        using var kept = _server.Browser();
        await TestServer.SignInAsync(kept);
        var session = _server.Get<SignInSessions>().Of(Guid.Parse(_self.Actor.Id))[0].Id;
        using var other = _server.Browser();
        await TestServer.SignInAsync(other);
        await using var socket = await RpcClient.AdminAsync(_server);
        var text = await _server.Get<ApiTokens>().CreateAsync(_self, Guid.Parse(_self.Actor.Id), "robot", TimeSpan.FromDays(1), null, Token);
        var ada = await _server.Get<UserAdministration>().CreateAsync(_self, new("ada", TestServer.Password, MustChangePassword: false), Token);
        var hers = await _server.SessionAsync("ada");

        var ended = await Own.EndOtherSessionsAsync(_self, session, Token);

        Assert.Equal(2, ended);
        Assert.Equal((true, false), (await kept.IsSignedInAsync(), await other.IsSignedInAsync()));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await socket.ClosedAsync());
        Assert.NotNull(await _server.Get<ApiTokens>().FindAsync(text, null, Token));
        Assert.Equal([hers], _server.Get<SignInSessions>().Of(ada).Select(one => one.Id));
        Assert.Equal(AuditOutcome.Succeeded, _server.Audit("session.end-others")[^1].Outcome);
    }

    [Fact]
    public async Task Tokens_AreBounded_AndThoseThatRanOutMakeRoom()
    {
        var owner = Guid.Parse(_self.Actor.Id);
        var now = TimeProvider.System.GetUtcNow();
        await using (var database = await _server.DatabaseAsync())
        {
            database.ApiTokens.AddRange(Enumerable.Range(0, ApiTokens.MostOfOne).Select(i => new ApiToken
            {
                Id = Guid.NewGuid(),
                AccountId = owner,
                Name = $"robot {i}",
                Hash = [],
                Created = now,
                Expires = now.AddHours(1),
            }));
            await database.SaveChangesAsync(Token);
        }

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(MakeAsync);
        await using (var database = await _server.DatabaseAsync())
            await database.ApiTokens.Take(2).ExecuteUpdateAsync(set => set.SetProperty(one => one.Expires, now), Token);
        await MakeAsync();

        Assert.Contains("Revoke one", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ApiTokens.MostOfOne - 1, (await _server.Get<ApiTokens>().ListAsync(owner, Token)).Count);

        Task<string> MakeAsync() => _server.Get<ApiTokens>().CreateAsync(_self, owner, "one more", TimeSpan.FromDays(1), null, Token);
    }

    [Theory]
    [InlineData("not the current one", Other, "password is not right")]
    [InlineData(TestServer.Password, "password1234", "would be guessed soon")]
    public async Task ChangePassword_ThatCannotBe_SaysWhy(string current, string password, string why)
    {
        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.ChangePasswordAsync(_self, Guid.NewGuid(), current, password, Token));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_AddedAndRemoved_ComesWithRecoveryCodesAndGoes()
    {
        var (key, session) = (Totp.NewKey(), await _server.SessionAsync(TestServer.Admin, isProven: true));

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.AddAppAsync(_self, session, key, "000000", Token));
        var codes = await Own.AddAppAsync(_self, session, key, _server.Code(key), Token);
        var with = await Own.StateAsync(_self, Token);
        await Own.RemoveAppAsync(_self, session, Token);
        var without = await Own.StateAsync(_self, Token);

        Assert.Equal((10, true, false), (codes.Count, with.Factors.HasApp, without.Factors.HasApp));
    }

    [Fact]
    public async Task App_ThatARoleAsksFor_StaysUntilThereIsAnother()
    {
        var (key, session) = (Totp.NewKey(), await _server.SessionAsync(TestServer.Admin, isProven: true));
        await Own.AddAppAsync(_self, session, key, _server.Code(key), Token);
        await _server.RequireAsync(Role.Administrator.Id, SecondFactor.Any);

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.RemoveAppAsync(_self, session, Token));

        Assert.Contains("One of your roles asks for this", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OfSomebodyElse_CannotBeEnded()
    {
        var users = _server.Get<UserAdministration>();
        var nobody = new Requester(new Actor(Guid.NewGuid().ToString(), "nobody"), "console");
        var ada = await users.CreateAsync(_self, new("ada", TestServer.Password, MustChangePassword: false), Token);
        using var browser = _server.Browser();
        await browser.SignInAsAsync("ada", TestServer.Password);
        var session = _server.Get<SignInSessions>().Of(ada)[0].Id;

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => users.EndSessionAsync(_self, Guid.Parse(_self.Actor.Id), session, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => users.EndSessionAsync(nobody, ada, session, Token));

        Assert.True(await browser.IsSignedInAsync());
    }
}
