using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.App.Hosting;
using XoBlazor.App.Hosting.Tls;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Hosting;

public sealed class HttpsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstStart_WithoutACertificate_ServesHttpsAndRedirectsToIt()
    {
        using var folder = new TempFolder();
        var (server, https) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "https://127.0.0.1:0;http://127.0.0.1:0");
        await using var stopped = server;
        var http = new Uri((await server.LineAsync(line => line.Contains("http://", StringComparison.Ordinal))).Split(' ')[^1]);
        using var client = Trusting();

        var secure = await client.GetAsync(new Uri(https, "/sign-in"), Token);
        var plain = await client.GetAsync(new Uri(http, "/vms?filter=a"), Token);
        var health = await client.GetAsync(new Uri(http, "/healthz"), Token);

        Assert.Equal(HttpStatusCode.OK, secure.StatusCode);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, plain.StatusCode);
        Assert.Equal(new Uri(https, "/vms?filter=a"), plain.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("tls/self-signed.pem")));
    }

    [Fact]
    public async Task SecondStart_KeepsItsCertificate()
    {
        using var folder = new TempFolder();
        var first = SelfSigned.Ensure(folder.Path, TimeProvider.System);
        var before = await File.ReadAllTextAsync(first, Token);

        SelfSigned.Ensure(folder.Path, TimeProvider.System);

        Assert.Equal(before, await File.ReadAllTextAsync(first, Token));
    }

    [Fact]
    public void SelfSigned_NamesThisMachine()
    {
        using var folder = new TempFolder();

        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(SelfSigned.Ensure(folder.Path, TimeProvider.System)));

        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.True(certificate.MatchesHostname(Dns.GetHostName()));
    }

    [Fact]
    public async Task OwnCertificate_ChangedFile_IsServedWithoutARestart()
    {
        using var folder = new TempFolder();
        var file = folder.Write("own.pem", Pem("first"));
        var certificate = Certificate(folder, new HttpsOptions { Certificate = file });
        var before = certificate.Leaf.Subject;

        await File.WriteAllTextAsync(file, Pem("second and longer"), Token);
        var changed = certificate.Refresh();

        Assert.Equal(("CN=first", true, "CN=second and longer"), (before, changed, certificate.Leaf.Subject));
    }

    [Fact]
    public async Task OwnCertificate_BrokenChange_KeepsTheOldOne()
    {
        using var folder = new TempFolder();
        var file = folder.Write("own.pem", Pem("first"));
        var certificate = Certificate(folder, new HttpsOptions { Certificate = file });

        await File.WriteAllTextAsync(file, "half written", Token);
        var changed = certificate.Refresh();

        Assert.Equal((false, "CN=first"), (changed, certificate.Leaf.Subject));
    }

    [Fact]
    public async Task OwnCertificate_Pfx_IsServedToClients()
    {
        using var folder = new TempFolder();
        using (var made = Make("from a pfx"))
            await File.WriteAllBytesAsync(folder.File("own.pfx"), made.Export(X509ContentType.Pkcs12, "pass"), Token);
        var (server, address) = await ServerProcess.StartAsync(
            "--data-dir", folder.File("data"), "--urls", "https://127.0.0.1:0", $"--Https:Certificate={folder.File("own.pfx")}", "--Https:Password=pass");
        await using var stopped = server;

        var subject = await SubjectAsync(address);

        Assert.Equal("CN=from a pfx", subject);
    }

    [Fact]
    public void OwnCertificate_KeyOfAnother_IsRefused()
    {
        using var folder = new TempFolder();
        using var one = Make("one");
        using var other = Make("other");
        var certificate = folder.Write("one.pem", one.ExportCertificatePem());
        var key = folder.Write("other.key", other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

        var refused = Assert.Throws<StartupException>(() => CertificateFile.Load(new HttpsOptions { Certificate = certificate, Key = key }));

        Assert.Contains("one.pem", refused.Message);
    }

    [Fact]
    public async Task BehindAProxy_ForwardedHttps_IsBelievedAndGetsStrictTransport()
    {
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        using var client = Trusting();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/sign-in"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "xo.example.org");

        var answer = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("max-age", answer.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("secure", StringComparison.Ordinal));
    }

    private static HttpClient Trusting() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });

    private static async Task<string> SubjectAsync(Uri address)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Token);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Token);
        return tls.RemoteCertificate!.Subject;
    }

    private static ServerCertificate Certificate(TempFolder folder, HttpsOptions options) =>
        new(options, new DataDirectory(folder.Path), TimeProvider.System, NullLogger<ServerCertificate>.Instance);

    private static string Pem(string name)
    {
        using var certificate = Make(name);
        return certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static X509Certificate2 Make(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
