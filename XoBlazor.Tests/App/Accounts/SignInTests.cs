using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Data;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts;

public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightPassword_OpensTheServer()
    {
        await using var server = new TestServer();
        var browser = server.Browser();

        var answer = await TestServer.SignInAsync(browser, page: "/sign-in?return=%2Fvms%3Ffilter%3Dx");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/vms?filter=x", answer.Headers.Location?.OriginalString);
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await browser.GetAsync("/nothing-here", Token)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WrongPassword_SaysTheSameAsForAnUnknownName()
    {
        await using var server = new TestServer();
        var browser = server.Browser();

        var wrong = await TestServer.SignInAsync(browser, "wrong password");
        var unknown = await TestServer.SubmitAsync(browser, "/sign-in", new Dictionary<string, string> { ["name"] = "nobody", ["password"] = "wrong password" });

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Contains("do not match", await wrong.Content.ReadAsStringAsync(Token));
        Assert.Contains("do not match", await unknown.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task SignIn_AfterFiveWrongPasswords_RefusesTheRightOne()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        for (var attempt = 0; attempt < 5; attempt++)
            await TestServer.SignInAsync(browser, "wrong password");

        var answer = await TestServer.SignInAsync(browser);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithoutFormToken_IsRefused()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = TestServer.Admin, ["password"] = TestServer.Password }),
        };

        var answer = await browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task SignIn_ForeignReturnAddress_LeadsHome(string address)
    {
        await using var server = new TestServer();
        var browser = server.Browser();

        var answer = await TestServer.SignInAsync(browser, page: "/sign-in?return=" + Uri.EscapeDataString(address));

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Server_WithoutSignIn_LeadsPeopleToItAndRefusesPrograms()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        using var person = new HttpRequestMessage(HttpMethod.Get, "/vms?sort=name");
        person.Headers.Add("Accept", "text/html");

        var page = await browser.SendAsync(person, Token);
        var program = await browser.GetAsync("/rest/v0/vms", Token);

        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal("/sign-in?return=%2Fvms%3Fsort%3Dname", page.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
    }

    [Fact]
    public async Task SignIn_AfterTheSessionEnded_SaysSoOnce()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        var before = await browser.GetStringAsync("/sign-in", Token);
        await TestServer.SignInAsync(browser);
        var sessions = server.Services.GetRequiredService<SignInSessions>();
        await using (var database = await server.Services.GetRequiredService<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(Token))
            await sessions.EndAllAsync(database.Users.Single().Id);

        var ended = await browser.GetStringAsync("/sign-in?return=%2Fvms", Token);
        var after = await browser.GetStringAsync("/sign-in?return=%2Fvms", Token);

        Assert.DoesNotContain("has ended", before, StringComparison.Ordinal);
        Assert.Contains("Your session has ended", ended, StringComparison.Ordinal);
        Assert.DoesNotContain("has ended", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<h1>This did not work</h1>")]
    [InlineData("application/json", "This request could not be understood")]
    public async Task Form_OutOfDate_IsAnsweredAsItsReaderReads(string reader, string answered)
    {
        await using var server = new TestServer();
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([]) };
        form.Headers.Add("Accept", reader);

        var answer = await server.Browser().SendAsync(form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(reader == "text/html" ? "text/html" : "text/plain", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
        Assert.Contains(answered, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_StolenCookie_IsWorthNothing()
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        var cookie = SessionCookie(await TestServer.SignInAsync(browser));

        var before = await WithCookieAsync(server, cookie);
        await TestServer.SubmitAsync(browser, "/sign-out", new Dictionary<string, string>());
        var after = await WithCookieAsync(server, cookie);

        Assert.Equal(HttpStatusCode.NotFound, before);
        Assert.Equal(HttpStatusCode.Unauthorized, after);
    }

    [Fact]
    public async Task Session_AfterRestart_IsStillSignedIn()
    {
        using var folder = new TempFolder();
        string cookie;
        await using (var before = new TestServer(folder))
            cookie = SessionCookie(await TestServer.SignInAsync(before.Browser()));

        await using var after = new TestServer(folder);
        var answer = await WithCookieAsync(after, cookie);

        Assert.Equal(HttpStatusCode.NotFound, answer);
    }

    [Fact]
    public async Task Session_Cookie_IsOutOfReachOfScriptsAndOtherSites()
    {
        await using var server = new TestServer();

        var answer = await TestServer.SignInAsync(server.Browser());

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("xo-session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
    }

    private static string SessionCookie(HttpResponseMessage signedIn) =>
        signedIn.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("xo-session", StringComparison.Ordinal)).Split(';')[0];

    private static async Task<HttpStatusCode> WithCookieAsync(TestServer server, string cookie)
    {
        var thief = server.CreateDefaultClient();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await thief.GetAsync("/nothing-here", Token)).StatusCode;
    }
}
