using System.Net;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Hosting;

public sealed class RequestGuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.Found)]
    [InlineData("https://localhost", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:81", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Post_WithOrigin_IsTakenFromThisSiteOnly(string origin, HttpStatusCode expected)
    {
        await using var server = new TestServer();
        var browser = server.Browser();
        await TestServer.SignInAsync(browser);
        var page = await browser.GetStringAsync("/sign-out", Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = FormToken(page) }),
        };
        request.Headers.Add("Origin", origin);

        var answer = await browser.SendAsync(request, Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task WebSocket_FromAForeignSite_IsRefused()
    {
        await using var server = new TestServer();
        await TestServer.SignInAsync(server.Browser());
        var sockets = server.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
        {
            request.Headers.Upgrade = "websocket";
            request.Headers.Origin = "https://evil.example";
        };

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => sockets.ConnectAsync(new Uri("ws://localhost/_blazor"), Token));

        Assert.Contains("403", refused.Message);
    }

    [Fact]
    public async Task Answer_Always_TellsTheBrowserToBeStrict()
    {
        await using var server = new TestServer();

        var answer = await server.Browser().GetAsync("/sign-in", Token);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Health_WithoutSignIn_TellsStatesAndNoNames()
    {
        await using var server = new TestServer();
        var anyone = server.Browser();

        var alive = await anyone.GetAsync("/healthz", Token);
        var ready = await anyone.GetAsync("/readyz", Token);

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("\"database\":\"open\"", await ready.Content.ReadAsStringAsync(Token));
    }

    private static string FormToken(string page)
    {
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        var start = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return page[start..page.IndexOf('"', start)];
    }
}
