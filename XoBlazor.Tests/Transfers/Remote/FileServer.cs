using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace XoBlazor.Tests.Transfers.Remote;

/// <summary>An HTTP server on loopback, with TLS where it has a certificate, that answers each path as it is told, and notes who was asked for.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly Dictionary<string, (string Head, byte[] Body)> _answers = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<string> _asked = [];
    private readonly List<string> _names = [];
    private readonly Task _serving;

    public FileServer(string address = "127.0.0.1", X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener = new(IPAddress.Parse(address), 0);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>What it wants to be told (Proxy-Authorization) before it gives anything: it is a proxy then. Null for nothing.</summary>
    public string? Wants { get; init; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The first lines of the requests so far.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    /// <summary>What each request told of who asks (Authorization); empty for nothing.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_asked)
                return [.. _names];
        }
    }

    public string At(string path, string host = "127.0.0.1") => $"{(_certificate is null ? "http" : "https")}://{host}:{Port}{path}";

    /// <summary>For 127.0.0.1, by nobody whom anybody trusts.</summary>
    public static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public FileServer File(string path, byte[] content) => Answer(path, $"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\n", content);

    public FileServer Redirect(string path, string location) => Answer(path, $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n", []);

    public async ValueTask DisposeAsync()
    {
        // A test may have ended it already.
        if (_over.IsCancellationRequested)
            return;
        await _over.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private FileServer Answer(string path, string head, byte[] body)
    {
        _answers[path] = (head + "Connection: close\r\n\r\n", body);
        return this;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_over.Token);
            await using var stream = await SecuredAsync(client.GetStream());
            if (stream is null)
                continue;
            using var reader = new StreamReader(stream, Encoding.ASCII);
            if (await RequestAsync(reader) is not var (first, name, proxyName))
                continue;

            lock (_asked)
            {
                _asked.Add(first);
                _names.Add(name);
            }

            if (Wants is not null && proxyName != Wants)
            {
                await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _over.Token);
                continue;
            }

            var (head, body) = _answers.GetValueOrDefault(first.Split(' ').ElementAtOrDefault(1) ?? "", ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", []));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _over.Token);
            await stream.WriteAsync(body, _over.Token);
        }
    }

    /// <summary>Null when the other end does not go on with this certificate.</summary>
    private async Task<Stream?> SecuredAsync(NetworkStream line)
    {
        if (_certificate is null)
            return line;
        var secured = new SslStream(line);
        try
        {
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _over.Token);
            return secured;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            await secured.DisposeAsync();
            return null;
        }
    }

    /// <summary>The first line of a request and who asks the server and the proxy; it is read to its end. Null when none comes: with TLS 1.3 a refusal is told with the first bytes only.</summary>
    private async Task<(string First, string Name, string ProxyName)?> RequestAsync(StreamReader reader)
    {
        try
        {
            if (await reader.ReadLineAsync(_over.Token) is not { } first)
                return null;
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_over.Token) is { Length: > 0 } line)
                headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            return (first, headers.GetValueOrDefault("Authorization", ""), headers.GetValueOrDefault("Proxy-Authorization", ""));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
