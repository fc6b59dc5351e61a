using System.Net;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts;

/// <summary>Everything that happens at the door is written down, and nobody passes it unwritten.</summary>
public sealed class SignInAuditTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_AndSignOut_AreRecordedWithTheAccount()
    {
        await using var server = new TestServer();
        var browser = server.Browser();

        await TestServer.SignInAsync(browser);
        await TestServer.SubmitAsync(browser, "/sign-out", new Dictionary<string, string>());

        var id = AccessPolicyFeed.Text((await server.AccountAsync(TestServer.Admin)).Id);
        var signedIn = Assert.Single(server.Audit("sign-in"));
        Assert.Equal((AuditCategory.SignIn, AuditOutcome.Succeeded, id, TestServer.Admin), (signedIn.Category, signedIn.Outcome, signedIn.Actor.Id, signedIn.Actor.Name));
        Assert.Equal([new("with", "password")], signedIn.Parameters);
        Assert.Equal(id, Assert.Single(server.Audit("sign-out")).Actor.Id);
        Assert.NotNull((await server.AccountAsync(TestServer.Admin)).LastSignIn);
    }

    [Fact]
    public async Task SignIn_Refused_IsRecordedWithTheNameTypedAndTheReason()
    {
        await using var server = new TestServer();
        var browser = server.Browser();

        await browser.SignInAsAsync("no\u0001body", "wrong password");
        await browser.SignInAsAsync(TestServer.Admin, "wrong password");

        var refused = server.Audit("sign-in");
        Assert.All(refused, record => Assert.Equal((AuditOutcome.Refused, ""), (record.Outcome, record.Actor.Id)));
        Assert.Equal([("no?body", "no account of this name"), (TestServer.Admin, "wrong password")], refused.Select(record => (record.Actor.Name, record.Message!)));
        Assert.Equal(TestServer.Admin, refused[1].Target?.Name);
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_RecordTheLock()
    {
        await using var server = new TestServer();
        var browser = server.Browser();

        for (var attempt = 0; attempt < 6; attempt++)
            await TestServer.SignInAsync(browser, "wrong password");

        Assert.Equal(TestServer.Admin, Assert.Single(server.Audit("sign-in.lock")).Target?.Name);
        Assert.Equal("the account is locked after too many failures", server.Audit("sign-in")[^1].Message);
    }

    [Fact]
    public async Task SignIn_ThatCannotBeRecorded_IsRefusedWithWords()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        (await browser.GetAsync("/sign-in", Token)).EnsureSuccessStatusCode();
        server.Get<AuditLog>().Dispose();

        var answer = await TestServer.SignInAsync(browser);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("cannot write down who does", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nothing-here", Token)).StatusCode);
    }

    [Fact]
    public async Task SignIn_DisabledAccount_IsRefusedLikeAWrongPassword()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        (await browser.GetAsync("/sign-in", Token)).EnsureSuccessStatusCode();
        var admin = await server.AdminAsync();
        var ada = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
        await server.Get<UserAdministration>().SetDisabledAsync(admin, ada, true, Token);

        var answer = await browser.SignInAsAsync("ada", TestServer.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("do not match", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal("right password, but the account is disabled", server.Audit("sign-in")[^1].Message);
    }

    [Fact]
    public async Task Session_ThatNobodyUses_EndsAndIsRecorded()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new TestServer().With(time);
        await TestServer.SignInAsync(server.Browser());

        time.Advance(TimeSpan.FromHours(12));
        using var patience = Patience.Source();
        while (server.Audit("session.end").Count == 0)
        {
            time.Advance(SessionLoop.Every);
            await Task.Delay(20, patience.Token);
        }

        var end = Assert.Single(server.Audit("session.end"));
        Assert.Equal((TestServer.Admin, "Nobody used it for too long."), (end.Target?.Name, end.Message));
    }
}
