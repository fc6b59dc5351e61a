using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>A screen left alone changes nobody's second factors: each act asks for the password, and guesses cost what they cost at the door.</summary>
public sealed class PasswordAgainTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TestServer _server = new();
    private Requester _self = null!;
    private Guid _session;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OwnAccount Own => _server.Get<OwnAccount>();

    public async ValueTask InitializeAsync()
    {
        _server.With(_time).Browser().Dispose();
        _self = await _server.AdminAsync();
        _session = await _server.SessionAsync(TestServer.Admin);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("add-app")]
    [InlineData("remove-app")]
    [InlineData("make-codes")]
    [InlineData("add-passkey")]
    [InlineData("remove-passkey")]
    [InlineData("token")]
    public async Task SecondFactorOrToken_ChangedWithoutThePassword_IsRefusedAndRecorded(string act)
    {
        await _server.EnrolAsync(TestServer.Admin);
        var before = (await Own.StateAsync(_self, Token)).Factors;

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => ChangeAsync(act, _session));

        var after = (await Own.StateAsync(_self, Token)).Factors;
        Assert.Contains("Enter your password once more", refused.Message, StringComparison.Ordinal);
        Assert.Equal((before.HasApp, before.Passkeys.Count, before.RecoveryCodesLeft), (after.HasApp, after.Passkeys.Count, after.RecoveryCodesLeft));
        Assert.Equal(AuditOutcome.Refused, _server.Audit(act == "token" ? "token.create" : $"second-factor.{act}")[^1].Outcome);
        Assert.Empty(await _server.Get<ApiTokens>().ListAsync(null, Token));
    }

    [Fact]
    public async Task Proof_CountsForFiveMinutesAndForItsSessionAlone()
    {
        var other = await _server.SessionAsync(TestServer.Admin);

        await Own.ProvePasswordAsync(_self, _session, TestServer.Password, Token);

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => ChangeAsync("make-codes", other));
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await ChangeAsync("make-codes", _session);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => ChangeAsync("make-codes", _session));
        Assert.Equal(AuditOutcome.Succeeded, _server.Audit("password.prove")[^1].Outcome);
    }

    [Fact]
    public async Task Proof_AtSomebodyElsesSession_CountsForNobody()
    {
        await _server.Get<UserAdministration>().CreateAsync(_self, new("ada", TestServer.Password, MustChangePassword: false), Token);
        var hers = await _server.SessionAsync("ada");

        await Own.ProvePasswordAsync(_self, hers, TestServer.Password, Token);

        Assert.False(Own.HasProof(_self, hers));
        Assert.False(Own.HasProof(_self with { Actor = new(AccessPolicyFeed.Text((await _server.AccountAsync("ada")).Id), "ada") }, hers));
    }

    [Fact]
    public async Task Proof_WrongPasswords_LockTheAccountAsAtTheDoor()
    {
        string[] words = ["", "", "", "", ""];
        for (var i = 0; i < words.Length; i++)
            words[i] = (await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.ProvePasswordAsync(_self, _session, "not the password", Token))).Message;
        var locked = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.ProvePasswordAsync(_self, _session, TestServer.Password, Token));
        using var browser = _server.Browser();
        var door = await TestServer.SignInAsync(browser);

        Assert.Equal("The password is not right.", words[0]);
        Assert.All([words[4], locked.Message], text => Assert.Contains("locked for some minutes", text, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, door.StatusCode);
        Assert.False(Own.HasProof(_self, _session));
        Assert.Equal(TestServer.Admin, Assert.Single(_server.Audit("sign-in.lock")).Target!.Name);
    }

    [Fact]
    public async Task Proof_ManyWrongPasswordsFromOneAddress_HasToWait()
    {
        for (var i = 0; i < AddressDelay.Free; i++)
            await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.ProvePasswordAsync(_self, _session, "not the password", Token));

        var waits = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Own.ProvePasswordAsync(_self, _session, TestServer.Password, Token));

        Assert.Contains("Too many attempts from your address", waits.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasskeyPage_AsksForThePasswordFirst()
    {
        using var browser = _server.Browser();
        await TestServer.SignInAsync(browser);
        var before = await browser.GetStringAsync(OwnPasskeyEndpoints.Path, Token);

        var made = await browser.StepAsync(OwnPasskeyEndpoints.Path, "credential", "{}", OwnPasskeyEndpoints.Path);
        var wrong = await browser.StepAsync(OwnPasskeyEndpoints.PasswordPath, "password", "not the password", OwnPasskeyEndpoints.Path);
        var right = await browser.StepAsync(OwnPasskeyEndpoints.PasswordPath, "password", TestServer.Password, OwnPasskeyEndpoints.Path);
        var after = await browser.GetStringAsync(OwnPasskeyEndpoints.Path, Token);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Found), (made.StatusCode, wrong.StatusCode, right.StatusCode));
        Assert.Contains("The password is not right.", await wrong.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal((false, true), (before.Contains("data-passkey", StringComparison.Ordinal), after.Contains("data-passkey", StringComparison.Ordinal)));
    }

    private Task ChangeAsync(string act, Guid session) => act switch
    {
        "add-app" => Own.AddAppAsync(_self, session, Key, _server.Code(Key), Token),
        "remove-app" => Own.RemoveAppAsync(_self, session, Token),
        "make-codes" => Own.MakeRecoveryCodesAsync(_self, session, Token),
        "token" => Own.CreateTokenAsync(_self, session, "robot", TimeSpan.FromDays(1), null, Token),
        "add-passkey" => Own.AddPasskeyAsync(_self, session, new DefaultHttpContext(), new(null, null), "{}", "", Token),
        _ => Own.RemovePasskeyAsync(_self, session, [1, 2, 3], Token),
    };

    private string Key { get; } = Totp.NewKey();
}
