using System.Net;
using System.Net.Sockets;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

/// <summary>Each way a host can be out of reach has its own reason and a sentence that names the address.</summary>
public sealed class OutOfReachTests
{
    private static readonly XapiCredentials s_root = new("root", "secret");

    [Fact]
    public async Task LogIn_NothingListens_IsRefused()
    {
        // Taken, so that nobody else begins to listen there.
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await AssertAsync(UnreachableReason.Refused, XapiEndpoint.Parse($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}"));
    }

    [Fact]
    public async Task LogIn_NameWithoutAddress_IsUnknown() =>
        await AssertAsync(UnreachableReason.UnknownHost, XapiEndpoint.Parse("http://no-such-host.invalid"));

    [Theory]
    [InlineData("500 Internal Error", "text/html", "<html><body><h1>HTTP 500 internal server error</h1>An unexpected error occurred</body></html>", UnreachableReason.HttpError, "HTTP 500 internal server error")]
    [InlineData("503 Service Unavailable", "text/html", "", UnreachableReason.HttpError, "503")]
    [InlineData("404 Not Found", "text/html", "<h1>nginx</h1>", UnreachableReason.NotXapi, "404")]
    [InlineData("301 Moved", "text/html", "", UnreachableReason.NotXapi, "301")]
    [InlineData("200 OK", "text/html", "<html><script>alert(1)</script>Welcome to my shop</html>", UnreachableReason.NotXapi, "Welcome to my shop")]
    [InlineData("200 OK", "application/json", "{\"name\":\"other\"}", UnreachableReason.BadAnswer, "neither a result nor an error")]
    [InlineData("200 OK", "application/json", "{\"result\":\"OpaqueRef:1\"", UnreachableReason.Interrupted, "before its answer was complete")]
    [InlineData("200 OK", "application/json", "{\"result\":}", UnreachableReason.BadAnswer, "could not be understood")]
    [InlineData("200 OK", "application/json", "", UnreachableReason.Interrupted, "before its answer was complete")]
    public async Task LogIn_AnotherAnswer_IsExplained(string status, string type, string body, UnreachableReason reason, string words)
    {
        await using var host = ScriptedHost.Answering(_ => ScriptedHost.Http(status, type, body));

        var error = await AssertAsync(reason, host.Endpoint);

        Assert.Contains(words, error.Message);
        Assert.DoesNotContain("<script>", error.Message);
    }

    [Fact]
    public async Task LogIn_BodyShorterThanItsLength_IsInterrupted()
    {
        await using var host = ScriptedHost.Behaving(async (_, stream, token) =>
        {
            await stream.WriteAsync(ScriptedHost.Json("""{"jsonrpc":"2.0","result":"OpaqueRef:1","id":1}""").AsMemory()[..^9], token);
            stream.Close();
        });

        await AssertAsync(UnreachableReason.Interrupted, host.Endpoint);
    }

    [Theory]
    [InlineData(false, UnreachableReason.NotXapi)]
    [InlineData(true, UnreachableReason.NotTls)]
    public async Task LogIn_AnotherProtocolOnThePort_IsExplained(bool https, UnreachableReason reason)
    {
        using var patience = Patience.Source();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = GreetAsync();

        await AssertAsync(reason, XapiEndpoint.Parse($"{(https ? "https" : "http")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => greeting);

        async Task GreetAsync()
        {
            while (true)
            {
                using var peer = await listener.AcceptTcpClientAsync(patience.Token);
                await peer.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2p1\r\n"u8.ToArray(), patience.Token);
                await peer.GetStream().CopyToAsync(Stream.Null, patience.Token);
            }
        }
    }

    [Fact]
    public async Task LogIn_PinnedCertificate_Passes()
    {
        using var patience = Patience.Source();
        using var certificate = ScriptedHost.MakeCertificate("xen1");
        await using var host = ScriptedHost.Results(_ => "", certificate);
        await using var connection = new XapiConnection(host.Endpoint, s_root);

        await connection.LogInAsync(patience.Token);

        Assert.Equal("CN=xen1", connection.Certificate!.Subject);
    }

    [Fact]
    public async Task LogIn_OtherCertificate_NamesBothAndSendsNothing()
    {
        using var certificate = ScriptedHost.MakeCertificate("xen1");
        using var expected = ScriptedHost.MakeCertificate("xen1");
        await using var host = ScriptedHost.Results(_ => "", certificate);
        var pin = CertificateFingerprint.Of(expected);

        var error = await AssertAsync(UnreachableReason.CertificateChanged, host.Endpoint.WithPins(pin));

        Assert.Contains(pin.Text, error.Message);
        Assert.Contains(CertificateFingerprint.Of(certificate).Text, error.Message);
        Assert.Equal(CertificateFingerprint.Of(certificate), error.Presented!.Fingerprint);
        Assert.Empty(host.Heard);
    }

    [Fact]
    public async Task LogIn_NoCertificateAcceptedYet_ShowsTheOneToConfirm()
    {
        using var certificate = ScriptedHost.MakeCertificate("xen1");
        await using var host = ScriptedHost.Results(_ => "", certificate);

        var error = await AssertAsync(UnreachableReason.CertificateUnknown, host.Endpoint.WithPins());

        Assert.Equal(CertificateFingerprint.Of(certificate), error.Presented!.Fingerprint);
        Assert.Empty(host.Heard);
    }

    [Fact]
    public async Task FetchCertificate_OfAHost_ShowsWhatToConfirm()
    {
        using var patience = Patience.Source();
        using var certificate = ScriptedHost.MakeCertificate("xen1");
        await using var host = ScriptedHost.Results(_ => "", certificate);

        var shown = await XapiProbe.FetchCertificateAsync(host.Endpoint.WithPins(), patience.Token);

        Assert.Equal((CertificateFingerprint.Of(certificate), "CN=xen1", true), (shown.Fingerprint, shown.Subject, shown.IsSelfSigned));
        Assert.Equal(new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero), shown.NotAfter);
    }

    [Fact]
    public async Task FetchCertificate_OfAPlainHttpPort_SaysSo()
    {
        using var patience = Patience.Source();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync();

        var error = await Assert.ThrowsAsync<XapiUnreachableException>(() =>
            XapiProbe.FetchCertificateAsync(XapiEndpoint.Parse($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), patience.Token));

        Assert.Equal(UnreachableReason.NotTls, error.Reason);
        await answering;

        async Task AnswerAsync()
        {
            using var peer = await listener.AcceptTcpClientAsync(patience.Token);
            await peer.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), patience.Token);
        }
    }

    private static async Task<XapiUnreachableException> AssertAsync(UnreachableReason reason, XapiEndpoint endpoint)
    {
        using var patience = Patience.Source();
        await using var connection = new XapiConnection(endpoint, s_root);

        var error = await Assert.ThrowsAsync<XapiUnreachableException>(() => connection.LogInAsync(patience.Token));

        Assert.Equal(reason, error.Reason);
        Assert.Contains(endpoint.Host, error.Message);
        Assert.DoesNotContain("secret", error.ToString());
        return error;
    }
}
