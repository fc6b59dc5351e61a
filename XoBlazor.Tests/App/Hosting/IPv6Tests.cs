using System.Net;
using System.Net.Security;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Hosting;

public sealed class IPv6Tests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_OnIPv6_PrintsALinkThatWorksAndRedirectsToHttps()
    {
        Needs.IPv6();
        using var folder = new TempFolder();
        var (server, https) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "https://[::1]:0;http://[::1]:0");
        await using var stopped = server;
        var http = new Uri((await server.LineAsync(line => line.Contains("http://", StringComparison.Ordinal))).Split(' ')[^1]);
        var link = new Uri((await server.LineAsync(line => line.Contains("/set-up?code=", StringComparison.Ordinal))).Split(' ')[^1]);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        });

        var page = await client.GetStringAsync(link, Token);
        var redirect = await client.GetAsync(new Uri(http, "/vms?filter=a"), Token);

        Assert.Equal(("[::1]", https.Authority), (https.Host, link.Authority));
        Assert.Contains("name=\"again\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirect.StatusCode);
        Assert.Equal(new Uri(https, "/vms?filter=a"), redirect.Headers.Location);
    }
}
