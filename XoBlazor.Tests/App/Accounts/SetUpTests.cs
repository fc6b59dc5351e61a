using System.Net;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts;

public sealed class SetUpTests
{
    private static readonly Dictionary<string, string> s_fields = new()
    {
        ["name"] = "ada",
        ["password"] = "twelve letters",
        ["again"] = "twelve letters",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetUp_WithTheLinkFromTheConsole_MakesTheFirstAdministratorOnce()
    {
        await using var server = Fresh();
        var browser = server.Browser();
        var link = Link(server);

        var made = await TestServer.SubmitAsync(browser, link, s_fields);
        var again = await browser.GetAsync(link, Token);
        var signedIn = await TestServer.SubmitAsync(browser, "/sign-in", s_fields);

        Assert.Equal("/sign-in", made.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Fact]
    public async Task SetUp_WithAWrongCode_IsRefused()
    {
        await using var server = Fresh();

        var answer = await server.Browser().GetAsync("/set-up?code=guess", Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("<form", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("short", "short", "at least 12")]
    [InlineData("twelve letters", "twelve lettres", "differ")]
    public async Task SetUp_WithAPoorPassword_SaysWhy(string password, string again, string reason)
    {
        await using var server = Fresh();
        var fields = new Dictionary<string, string>(s_fields) { ["password"] = password, ["again"] = again };

        var answer = await TestServer.SubmitAsync(server.Browser(), Link(server), fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task SetUp_Missing_SignInPagePointsToTheLink()
    {
        await using var server = Fresh();

        var page = await server.Browser().GetStringAsync("/sign-in", Token);

        Assert.Contains("set-up link", page);
        Assert.DoesNotContain("<form", page);
    }

    private static TestServer Fresh() => new TestServer().With("Setup:AdminPassword", "");

    private static string Link(TestServer server) => "/set-up?code=" + server.Services.GetRequiredService<SetUpCode>().Value;
}
