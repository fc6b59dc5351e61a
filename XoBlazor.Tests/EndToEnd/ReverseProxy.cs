using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>A real proxy of Debian's, with the install guide's example for it; addresses, ports and certificate are the test's.</summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    private const string InExample = "127.0.0.1:9080";

    private readonly ServerProcess _process;

    private ReverseProxy(ServerProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ReverseProxy> StartAsync(string kind, Uri server, TempFolder folder)
    {
        var port = FreePort();
        var process = kind switch
        {
            "nginx" => Nginx(server.Authority, port, folder),
            "Caddy" => Caddy(server.Authority, port, folder),
            "HAProxy" => HaProxy(server.Authority, port, folder),
            _ => throw new ArgumentException($"no proxy is called {kind}"),
        };
        var proxy = new ReverseProxy(process, new Uri($"https://localhost:{port}"));
        await proxy.AnswersAsync();
        return proxy;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static ServerProcess Nginx(string server, int port, TempFolder folder)
    {
        var program = Needs.Program("nginx", "nginx-light");
        var (certificate, key) = Certificate(folder);
        var site = InstallGuide.Example("nginx:").With(
            ("listen 443 ssl", $"listen 127.0.0.1:{port} ssl"),
            ("/etc/ssl/xo.example.org.pem", certificate),
            ("/etc/ssl/xo.example.org.key", key),
            (InExample, server));
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $"{name}_temp_path {folder.File(name)};\n"));
        var settings = folder.Write("nginx.conf", $"daemon off; master_process off; pid {folder.File("nginx.pid")};\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{site}}}\n");
        return ServerProcess.LaunchFile(program, folder.Path, "-e", "stderr", "-c", settings);
    }

    private static ServerProcess Caddy(string server, int port, TempFolder folder)
    {
        var program = Needs.Program("caddy", "caddy");
        var site = InstallGuide.Example("Caddy").With(("xo.example.org", $"localhost:{port}"), (InExample, server));
        const string ForTheTest = "admin off\nskip_install_trust\nauto_https disable_redirects\ndefault_bind 127.0.0.1\nservers {\nprotocols h1 h2\n}\n";
        var settings = folder.Write("Caddyfile", $"{{\n{ForTheTest}storage file_system {folder.File("caddy")}\n}}\n{site}");
        return ServerProcess.LaunchFile("env", folder.Path, $"HOME={folder.Path}", $"XDG_CONFIG_HOME={folder.Path}", $"XDG_DATA_HOME={folder.Path}",
            program, "run", "--adapter", "caddyfile", "--config", settings);
    }

    private static ServerProcess HaProxy(string server, int port, TempFolder folder)
    {
        var program = Needs.Program("haproxy", "haproxy");
        var (certificate, key) = Certificate(folder);
        var both = folder.Write("both.pem", File.ReadAllText(certificate) + File.ReadAllText(key));
        var site = InstallGuide.Example("HAProxy").With(
            ("bind :443", $"bind 127.0.0.1:{port}"),
            ("/etc/haproxy/xo.example.org.pem", both),
            (InExample, server));
        // The time limits of Debian's haproxy.cfg.
        var settings = folder.Write("haproxy.cfg", $"defaults\n    timeout connect 5000\n    timeout client 50000\n    timeout server 50000\n\n{site}");
        return ServerProcess.LaunchFile(program, folder.Path, "-db", "-f", settings);
    }

    private static (string Certificate, string Key) Certificate(TempFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return (folder.Write("site.pem", made.ExportCertificatePem() + "\n"), folder.Write("site.key", key.ExportPkcs8PrivateKeyPem() + "\n"));
    }

    /// <summary>A port below those that the system gives away by itself: nobody else has it a moment later.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var one = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                one.Start();
                return ((IPEndPoint)one.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody's; another one.
            }
        }
    }

    private async Task AnswersAsync()
    {
        using var patience = Patience.Source();
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        for (var isThere = false; !isThere;)
        {
            try
            {
                isThere = (await client.GetAsync(new Uri(Address, "/healthz"), patience.Token)).IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!_process.HasEnded)
            {
                await Task.Delay(50, patience.Token);
            }
            catch (HttpRequestException)
            {
                throw new InvalidOperationException("The proxy ended instead of answering:\n" + _process.Output);
            }
        }
    }
}
