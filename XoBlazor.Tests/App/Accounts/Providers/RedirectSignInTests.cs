using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Accounts.Oidc.Support;
using XoBlazor.Tests.App.Accounts.Providers.Support;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts.Providers;

/// <summary>People come in by a provider with pages of its own: only in the browser that began, once, in time, and as whom that very provider vouches for.</summary>
public sealed class RedirectSignInTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ExampleProviders _providers = new();
    private readonly TestServer _server = new();
    private OidcServer _one = null!;
    private OidcServer _two = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_one, _two) = (await OidcServer.StartAsync(), await OidcServer.StartAsync());
        _server.With(services => services.AddSingleton<IProviders>(_providers.With("one", _one).With("two", _two))).With(_time).Browser().Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _providers.Dispose();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_GivesWhatTheGroupsWereGiven()
    {
        using (var first = _server.Browser())
            await first.SignInWithAsync("one");
        await GrantToGroupAsync("operators", Role.Operator.Id);
        using var browser = _server.Browser();

        using var answer = await browser.SignInWithAsync("one", "/vms?filter=x");

        var page = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("""<meta http-equiv="refresh" content="0;url=/vms?filter=x" />""", page, StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
        Assert.True(await _server.AllowsEverywhereAsync("ada", Right.View));
        Assert.Equal([new("with", "Example one")], _server.Audit("sign-in")[^1].Parameters);
        var ada = await _server.AccountAsync("ada");
        Assert.Equal(("Ada Lovelace", "ada@example.test", null), (ada.DisplayName, ada.Email, ada.PasswordHash));
    }

    [Fact]
    public async Task SignIn_AgainAfterTheGroupWasLost_HasNothingAnyMore()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        await GrantToGroupAsync("operators", Role.Administrator.Id);
        var before = await _server.AllowsEverywhereAsync("ada", Right.View);
        _one.Person["groups"] = new JsonArray("staff");

        using var again = _server.Browser();
        await again.SignInWithAsync("one");

        Assert.Equal((true, false), (before, await _server.AllowsEverywhereAsync("ada", Right.View)));
    }

    [Fact]
    public async Task Page_HasAButtonForEach_ThatKeepsTheWayBack()
    {
        using var browser = _server.Browser();

        var page = await browser.GetStringAsync("/sign-in?return=%2Fvms", Token);

        Assert.Contains("""<a href="/sign-in/with/one?return=%2Fvms">Sign in with Example one</a>""", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="/sign-in/with/two?return=%2Fvms">Sign in with Example two</a>""", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_ForeignReturnAddress_LeadsHome(string address)
    {
        using var browser = _server.Browser();

        var page = await (await browser.SignInWithAsync("one", address)).TextAsync();

        Assert.Contains("""content="0;url=/" """.Trim(), page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_IsRefused()
    {
        using var theirs = _server.Browser();
        using var ours = _server.Browser();
        await ours.BeginAsync("one");
        var back = await Redirected.VisitAsync(await theirs.BeginAsync("one"));

        using var answer = await ours.GetAsync(back, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await ours.IsSignedInAsync());
        Assert.DoesNotContain("POST /token", _one.Requests);
    }

    [Fact]
    public async Task Callback_Twice_CountsOnce()
    {
        using var browser = _server.Browser();
        var back = await Redirected.VisitAsync(await browser.BeginAsync("one"));
        await browser.GetAsync(back, Token);

        using var again = await browser.GetAsync(back, Token);

        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.Single(_one.Requests, request => request == "POST /token");
    }

    [Fact]
    public async Task Callback_AfterTenMinutes_IsRefused()
    {
        using var browser = _server.Browser();
        var back = await Redirected.VisitAsync(await browser.BeginAsync("one"));
        _time.Advance(PendingRedirects.Life);

        using var answer = await browser.GetAsync(back, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("POST /token", _one.Requests);
    }

    [Theory]
    [InlineData("/sign-in/with/one/callback?code=x")]
    [InlineData("/sign-in/with/one/callback?code=x&state=wrong")]
    [InlineData("/sign-in/with/one/callback?code=x&state=STATE&state=STATE")]
    public async Task Callback_WithoutTheState_IsRefusedAndEndsNothing(string address)
    {
        using var browser = _server.Browser();
        var page = await browser.BeginAsync("one");
        var back = await Redirected.VisitAsync(page);

        using var answer = await browser.GetAsync(address.Replace("STATE", _one.LastQuery["state"], StringComparison.Ordinal), Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await browser.GetAsync(back, Token);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Callback_OfAnotherProvider_IsRefused()
    {
        using var browser = _server.Browser();
        var back = await Redirected.VisitAsync(await browser.BeginAsync("one"));

        using var answer = await browser.GetAsync(back.Replace("/with/one/", "/with/two/", StringComparison.Ordinal), Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("POST /token", _two.Requests);
    }

    [Theory]
    [InlineData("http://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://name:secret@evil.example/")]
    public async Task Begin_ProviderThatSendsBrowsersAstray_IsNotFollowed(string elsewhere)
    {
        _providers.Elsewhere = new(elsewhere);
        using var browser = _server.Browser();

        using var answer = await browser.GetAsync("/sign-in/with/one", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task SignIn_ProviderIsDown_SaysSoAndKeepsNobodyOut()
    {
        _one.IsDown = true;
        using var browser = _server.Browser();

        using var answer = await browser.GetAsync("/sign-in/with/one", Token);
        await TestServer.SignInAsync(browser);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Example one cannot be asked at the moment", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task SignIn_TokenThatLies_IsRefusedAndWrittenDown()
    {
        _one.Claims = claims => claims["nonce"] = "another";
        using var browser = _server.Browser();

        using var answer = await browser.SignInWithAsync("one");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Contains("another sign-in", _server.Audit("sign-in")[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_NameOfALocalAccount_IsNotTheirs()
    {
        _one.Person["preferred_username"] = TestServer.Admin;
        using var browser = _server.Browser();

        using var answer = await browser.SignInWithAsync("one");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("a local account of that name", WebUtility.HtmlDecode(await answer.TextAsync()), StringComparison.Ordinal);
        Assert.Null((await _server.AccountAsync(TestServer.Admin)).DirectoryId);
    }

    [Fact]
    public async Task SignIn_SameSubjectOfAnotherProvider_IsSomebodyElse()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        var ada = await _server.AccountAsync("ada");
        using var other = _server.Browser();

        using var refused = await other.SignInWithAsync("two");
        _two.Person["preferred_username"] = "ada2";
        using var third = _server.Browser();
        await third.SignInWithAsync("two");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.NotEqual(ada.Id, (await _server.AccountAsync("ada2")).Id);
        await using var database = await _server.DatabaseAsync();
        Assert.Equal(4, await database.Groups.CountAsync(Token));
    }

    [Fact]
    public async Task SignIn_NewNameOfTheSamePerson_KeepsTheAccount()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        var before = await _server.AccountAsync("ada");
        _one.Person["preferred_username"] = "countess";
        using var again = _server.Browser();

        await again.SignInWithAsync("one");

        Assert.Equal(before.Id, (await _server.AccountAsync("countess")).Id);
    }

    [Fact]
    public async Task SignIn_SecondFactorOfOurs_IsAskedAllTheSame()
    {
        using (var first = _server.Browser())
            await first.SignInWithAsync("one");
        var (key, _) = await _server.EnrolAsync("ada");
        using var browser = _server.Browser();

        var page = await (await browser.SignInWithAsync("one", "/vms")).TextAsync();
        var isIn = await browser.IsSignedInAsync();
        using var done = await browser.StepAsync("/sign-in/prove", value: _server.Code(key), page: "/sign-in/prove");

        Assert.Contains("0;url=/sign-in/prove", page, StringComparison.Ordinal);
        Assert.False(isIn);
        Assert.Equal("/vms", done.Headers.Location?.OriginalString);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task SignIn_DisabledAccount_IsRefused()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        await _server.Get<UserAdministration>().SetDisabledAsync(await _server.AdminAsync(), (await _server.AccountAsync("ada")).Id, true, Token);
        using var again = _server.Browser();

        using var answer = await again.SignInWithAsync("one");

        Assert.Equal((HttpStatusCode.Unauthorized, false, false), (answer.StatusCode, await again.IsSignedInAsync(), await browser.IsSignedInAsync()));
    }

    [Fact]
    public async Task SignIn_PasswordAtOurPage_OpensNoAccountOfAProvider()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        using var other = _server.Browser();

        using var answer = await other.SignInAsAsync("ada", "a password of hers");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_ProviderThatIsGone_LeavesTokensWithoutWorth()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        var ada = await _server.AccountAsync("ada");
        var tokens = _server.Get<ApiTokens>();
        var text = await tokens.CreateAsync(await _server.AdminAsync(), ada.Id, "script", TimeSpan.FromDays(1), null, Token);
        var before = await tokens.AliveAsync([ApiTokens.IdOf(text)!.Value], Token);

        _providers.IsOpen = false;

        Assert.Single(before);
        Assert.Empty(await tokens.AliveAsync([ApiTokens.IdOf(text)!.Value], Token));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Browser().GetAsync("/sign-in/with/one", Token)).StatusCode);
    }

    [Fact]
    public async Task Again_FreshProofOfTheSamePerson_CountsForTheSession()
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        var before = await HasProofAsync();
        using var sent = await browser.GetAsync("/sign-in/with/one/again?return=%2Fprofile", Token);

        using var answer = await browser.GetAsync(await Redirected.VisitAsync(sent.Headers.Location!), Token);

        Assert.Contains("0;url=/profile", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal((false, true), (before, await HasProofAsync()));
    }

    [Theory]
    [InlineData("remembered by the provider")]
    [InlineData("not said when")]
    [InlineData("somebody else")]
    public async Task Again_WithoutAFreshProof_CountsNot(string how)
    {
        using var browser = _server.Browser();
        await browser.SignInWithAsync("one");
        using var sent = await browser.GetAsync("/sign-in/with/one/again?return=%2Fprofile", Token);
        var hourAgo = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        _one.Claims = claims => _ = how switch
        {
            "remembered by the provider" => claims["auth_time"] = hourAgo,
            "not said when" => claims["auth_time"] = null,
            _ => claims["sub"] = "person-2",
        };

        using var answer = await browser.GetAsync(await Redirected.VisitAsync(sent.Headers.Location!), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(await HasProofAsync());
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public void Pending_OfOneSite_PushOutNobodyElse()
    {
        var pendings = _server.Get<PendingRedirects>();
        var theirs = Begin(pendings, "192.0.2.1", "theirs");
        for (var i = 0; i <= PendingRedirects.MostOfOneSite; i++)
            Begin(pendings, "198.51.100.1", $"flood {i}");

        Assert.NotNull(pendings.Take(theirs, "one", "theirs"));
    }

    private static Microsoft.AspNetCore.Http.DefaultHttpContext Begin(PendingRedirects pendings, string site, string state)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        pendings.Keep(context, new("one", new(new("https://xo.example.test/"), state, IsAgain: false), null, "/", site, TimeProvider.System.GetUtcNow()));
        var cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0];
        var back = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        back.Request.Headers.Cookie = cookie;
        return back;
    }

    private async Task<bool> HasProofAsync()
    {
        var ada = await _server.AccountAsync("ada");
        var sessions = _server.Get<SignInSessions>();
        return sessions.HasProof(ada.Id, sessions.Of(ada.Id).Single().Id);
    }

    private async Task GrantToGroupAsync(string name, string role)
    {
        await using var database = await _server.DatabaseAsync();
        var group = await database.Groups.SingleAsync(one => one.Name == name, Token);
        await _server.Get<GrantAdministration>().AddAsync(await _server.AdminAsync(), SubjectKind.Group, group.Id, role, AccessScope.Everything.Instance, Token);
    }
}
