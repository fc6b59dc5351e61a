using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>The install guide's reverse proxies, before the published file on plain loopback HTTP.</summary>
public sealed class ReverseProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("Caddy")]
    [InlineData("HAProxy")]
    public async Task Proxy_AsTheGuideSays_CarriesSignInAndALivePage(string kind)
    {
        using var folder = new TempFolder();
        await using var server = PublishedFile.Launch(folder, "--Setup:AdminPassword=" + TestServer.Password);
        await using var proxy = await ReverseProxy.StartAsync(kind, await server.ReadyAsync(), folder);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank", anyCertificate: true);

        await page.GotoAsync(new Uri(proxy.Address, "/vms").AbsoluteUri);
        var socket = page.WaitForWebSocketAsync();
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        // The menu opens only by way of the circuit.
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).ClickAsync();
        await page.GetByText("Sign out").WaitForAsync();

        Assert.Equal("/vms", new Uri(page.Url).AbsolutePath);
        Assert.StartsWith($"wss://{proxy.Address.Authority}/_blazor", (await socket).Url, StringComparison.Ordinal);
        var cookies = (await page.Context.CookiesAsync()).Where(cookie => cookie.Name.StartsWith("xo-", StringComparison.Ordinal)).ToList();
        Assert.Equal(["xo-form", "xo-session"], cookies.Select(cookie => cookie.Name).Order());
        Assert.All(cookies, cookie => Assert.True(cookie.Secure && cookie.HttpOnly, $"{cookie.Name} is open to plain HTTP or to scripts"));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("Caddy")]
    [InlineData("HAProxy")]
    public async Task Proxy_AsTheGuideSays_TellsTheClientAndLetsNobodyForgeIt(string kind)
    {
        const string Client = "127.0.0.7";
        using var folder = new TempFolder();
        await using var server = PublishedFile.Launch(folder, "--Setup:AdminPassword=" + TestServer.Password);
        await using var proxy = await ReverseProxy.StartAsync(kind, await server.ReadyAsync(), folder);
        using var browser = From(IPAddress.Parse(Client), proxy.Address);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");

        var refused = await TestServer.SignInAsync(browser, "wrong password");
        var told = await server.LineAsync(line => line.Contains("refused", StringComparison.Ordinal));
        var accepted = await TestServer.SignInAsync(browser);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains($"from {Client} ", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, accepted.StatusCode);
        Assert.All(accepted.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    private static HttpClient From(IPAddress source, Uri address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(IPAddress.Loopback, address.Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = address,
    };
}
