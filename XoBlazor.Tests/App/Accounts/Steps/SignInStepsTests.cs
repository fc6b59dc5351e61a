using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts.Steps;

/// <summary>The state machine between password and session: every step in its turn, alone, out of order, and replayed.</summary>
public sealed class SignInStepsTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TestServer _server;

    public SignInStepsTests()
    {
        _server = new TestServer().With(_time);
        _server.Browser().Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> LaterSteps => [SignInPages.EnrolPath, SignInPages.EnrolPasskeyPath, SignInPages.CodesPath, SignInPages.PasswordPath];

    public static TheoryData<string> Steps => [SignInPages.ProvePath, SignInPages.PasskeyPath, .. LaterSteps.Select(step => step.Data)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SignIn_WithAnApp_AsksForTheCodeBeforeAnythingOpens()
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();

        var password = await TestServer.SignInAsync(browser, page: "/sign-in?return=%2Fvms");
        var between = await browser.IsSignedInAsync();
        var code = await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key), page: SignInPages.ProvePath);

        Assert.Equal(SignInPages.ProvePath, password.Headers.Location?.OriginalString);
        Assert.False(between);
        Assert.Equal("/vms", code.Headers.Location?.OriginalString);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal([new("with", "password, code")], _server.Audit("sign-in")[^1].Parameters);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Step_Alone_IsRefused(string path)
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();

        var shown = await browser.GetAsync(path, Token);
        var sent = await browser.StepAsync(path, value: _server.Code(key));

        Assert.False(shown.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(LaterSteps))]
    public async Task Step_OutOfOrder_IsRefusedAndTheOneThatIsDueStaysDue(string path)
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();
        await TestServer.SignInAsync(browser);

        var sent = await TestServer.SubmitAsync(browser, "/sign-in",
            new Dictionary<string, string> { ["code"] = _server.Code(key), ["password"] = "another long one here", ["again"] = "another long one here", ["credential"] = "{}" }, path);

        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.Found, (await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key))).StatusCode);
    }

    [Fact]
    public async Task Step_Replayed_IsRefused()
    {
        var (key, codes) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();
        var pending = Cookie(await TestServer.SignInAsync(browser), "xo-sign-in");
        await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key));

        var replay = await PostRawAsync(pending, SignInPages.ProvePath, new() { ["code"] = codes[0] });

        Assert.Equal(HttpStatusCode.Forbidden, replay.StatusCode);
        Assert.DoesNotContain(replay.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(value => value.StartsWith("xo-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Code_UsedBefore_IsRefusedInTheNextSignIn()
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        var code = _server.Code(key);
        using var first = _server.Browser();
        await TestServer.SignInAsync(first);
        await first.StepAsync(SignInPages.ProvePath, value: code);
        using var second = _server.Browser();
        await TestServer.SignInAsync(second);

        var again = await second.StepAsync(SignInPages.ProvePath, value: code);
        _time.Advance(TimeSpan.FromSeconds(30));
        var next = await second.StepAsync(SignInPages.ProvePath, value: _server.Code(key));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Found), (again.StatusCode, next.StatusCode));
    }

    [Fact]
    public async Task RecoveryCode_LetsInOnceHoweverItIsTyped()
    {
        var (_, codes) = await _server.EnrolAsync(TestServer.Admin);
        var typed = codes[3].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        using var first = _server.Browser();
        await TestServer.SignInAsync(first);
        using var second = _server.Browser();
        await TestServer.SignInAsync(second);

        var once = await first.StepAsync(SignInPages.ProvePath, value: typed);
        var twice = await second.StepAsync(SignInPages.ProvePath, value: typed);

        Assert.Equal((10, HttpStatusCode.Found, HttpStatusCode.BadRequest), (codes.Count, once.StatusCode, twice.StatusCode));
        Assert.Equal([new("with", "password, recovery code")], _server.Audit("sign-in").Last(record => record.Actor.Id.Length > 0).Parameters);
    }

    [Fact]
    public async Task Codes_WrongTooOften_LockTheAccount()
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();
        await TestServer.SignInAsync(browser);

        for (var attempt = 0; attempt < 5; attempt++)
            await browser.StepAsync(SignInPages.ProvePath, value: "000000");
        var right = await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key));

        Assert.Equal(HttpStatusCode.Forbidden, right.StatusCode);
        Assert.Single(_server.Audit("sign-in.lock"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await TestServer.SignInAsync(browser)).StatusCode);
    }

    [Fact]
    public async Task Pending_AfterTenMinutes_IsWorthNothing()
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();
        await TestServer.SignInAsync(browser);

        _time.Advance(PendingSignIns.Life);
        var late = await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key));

        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
    }

    [Fact]
    public async Task Pending_OfAnAccountDisabledMeanwhile_IsWorthNothing()
    {
        var admin = await _server.AdminAsync();
        var ada = await _server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
        var (key, _) = await _server.EnrolAsync("ada");
        using var browser = _server.Browser();
        await browser.SignInAsAsync("ada", TestServer.Password);

        await _server.Get<UserAdministration>().SetDisabledAsync(admin, ada, true, Token);
        var answer = await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithCookiesPlantedBefore_GetsNamesOfItsOwn()
    {
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var attacker = _server.Browser();
        var planted = Cookie(await TestServer.SignInAsync(attacker), "xo-sign-in");
        var signIn = await PostRawAsync(planted, "/sign-in", new() { ["name"] = TestServer.Admin, ["password"] = TestServer.Password });

        var own = Cookie(signIn, "xo-sign-in");
        await PostRawAsync(own, SignInPages.ProvePath, new() { ["code"] = _server.Code(key) });
        var replay = await PostRawAsync(planted, SignInPages.ProvePath, new() { ["code"] = _server.Code(key) });

        Assert.NotEqual(planted, own);
        Assert.Equal(HttpStatusCode.Forbidden, replay.StatusCode);
        Assert.False(await attacker.IsSignedInAsync());
    }

    [Fact]
    public async Task SignIn_WithSomebodysSessionPlanted_NeverBecomesThatSession()
    {
        using var attacker = _server.Browser();
        var planted = Cookie(await TestServer.SignInAsync(attacker), "xo-session");

        var over = await PostRawAsync(planted, "/sign-in", new() { ["name"] = TestServer.Admin, ["password"] = TestServer.Password });
        var own = Cookie(await TestServer.SignInAsync(_server.Browser()), "xo-session");

        Assert.Equal(HttpStatusCode.BadRequest, over.StatusCode);
        Assert.NotEqual(planted, own);
    }

    [Fact]
    public async Task MustChangePassword_IsAStepThatTakesAnotherPassword()
    {
        await _server.Get<UserAdministration>().CreateAsync(await _server.AdminAsync(), new("ada", TestServer.Password), Token);
        using var browser = _server.Browser();

        var signIn = await browser.SignInAsAsync("ada", TestServer.Password);
        var same = await NewPasswordAsync(browser, TestServer.Password);
        var common = await NewPasswordAsync(browser, "password2026");
        var good = await NewPasswordAsync(browser, "entirely other words");

        Assert.Equal(SignInPages.PasswordPath, signIn.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Found), (same.StatusCode, common.StatusCode, good.StatusCode));
        Assert.True(await browser.IsSignedInAsync());
        Assert.False((await _server.AccountAsync("ada")).MustChangePassword);
        Assert.Equal("ada", _server.Audit("password.change")[^1].Target?.Name);
        Assert.Equal("/", (await _server.Browser().SignInAsAsync("ada", "entirely other words")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Required_ByARole_IsEnrolledOnTheWayInAndAskedFromThenOn()
    {
        await _server.RequireAsync(Role.Administrator.Id, SecondFactor.Any);
        using var browser = _server.Browser();

        var signIn = await TestServer.SignInAsync(browser);
        var page = await browser.GetStringAsync(SignInPages.EnrolPath, Token);
        var key = SecondFactorSteps.KeyOn(page);
        var wrong = await browser.StepAsync(SignInPages.EnrolPath, value: "000000");
        var enrolled = await browser.StepAsync(SignInPages.EnrolPath, value: _server.Code(key));
        var between = await browser.IsSignedInAsync();
        var codes = SecondFactorSteps.CodesOn(await browser.GetStringAsync(SignInPages.CodesPath, Token));
        var kept = await browser.StepAsync(SignInPages.CodesPath);

        Assert.Equal(SignInPages.EnrolPath, signIn.Headers.Location?.OriginalString);
        Assert.Contains("<svg class=\"qr\"", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, SignInPages.CodesPath, false), (wrong.StatusCode, enrolled.Headers.Location?.OriginalString, between));
        Assert.Equal((10, "/"), (codes.Distinct().Count(), kept.Headers.Location?.OriginalString));
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(SignInPages.ProvePath, (await TestServer.SignInAsync(_server.Browser())).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Required_Passkey_IsNotSatisfiedByAnApp()
    {
        await _server.RequireAsync(Role.Administrator.Id, SecondFactor.Passkey);
        var (key, _) = await _server.EnrolAsync(TestServer.Admin);
        using var browser = _server.Browser();
        await TestServer.SignInAsync(browser);

        var proven = await browser.StepAsync(SignInPages.ProvePath, value: _server.Code(key));
        var page = await browser.GetStringAsync(SignInPages.EnrolPath, Token);
        _time.Advance(TimeSpan.FromSeconds(30));
        var app = await browser.StepAsync(SignInPages.EnrolPath, value: _server.Code(key));

        Assert.Equal(SignInPages.EnrolPath, proven.Headers.Location?.OriginalString);
        Assert.DoesNotContain("class=\"qr\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, app.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Secrets_OfSecondFactors_LieSealedInTheDatabase()
    {
        var (key, codes) = await _server.EnrolAsync(TestServer.Admin);
        await using var database = await _server.DatabaseAsync();

        var kept = await database.UserTokens.Select(one => one.Value).ToListAsync(Token);

        Assert.Equal(2, kept.Count);
        Assert.All(kept, value => Assert.All([key, .. codes], secret => Assert.DoesNotContain(secret, value, StringComparison.OrdinalIgnoreCase)));
    }

    private static Task<HttpResponseMessage> NewPasswordAsync(HttpClient browser, string password) => TestServer.SubmitAsync(
        browser, SignInPages.PasswordPath, new Dictionary<string, string> { ["password"] = password, ["again"] = password });

    private static string Cookie(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues("Set-Cookie").Last(text => text.StartsWith(name + "=", StringComparison.Ordinal) && !text.StartsWith(name + "=;", StringComparison.Ordinal)).Split(';')[0];

    // Cookies by hand: the form's own and the one given.
    private async Task<HttpResponseMessage> PostRawAsync(string cookie, string path, Dictionary<string, string> fields)
    {
        using var client = _server.CreateDefaultClient();
        var page = await client.GetAsync("/sign-in", Token);
        var form = page.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        client.DefaultRequestHeaders.Add("Cookie", $"{form}; {cookie}");
        foreach (var (name, value) in TestServer.HiddenFields(await page.Content.ReadAsStringAsync(Token)))
            fields.TryAdd(name, value);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        return await client.SendAsync(request, Token);
    }
}
