using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Tests.Xapi;

/// <summary>One request as it came over the socket.</summary>
internal sealed record HeardRequest(string Line, string Header, string Body)
{
    public string Method => Body.Contains("\"method\"", StringComparison.Ordinal)
        ? Between("\"method\":\"", "\"") : Between("<methodName>", "</methodName>");

    private string Between(string before, string after)
    {
        var start = Body.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return Body[start..Body.IndexOf(after, start, StringComparison.Ordinal)];
    }
}

/// <summary>A host on loopback that answers each request with exactly the bytes a test gives it. It parses as little as can be.</summary>
internal sealed class ScriptedHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HeardRequest, Stream, CancellationToken, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<HeardRequest> _heard = [];

    private ScriptedHost(Func<HeardRequest, Stream, CancellationToken, Task> answer, X509Certificate2? certificate)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public XapiEndpoint Endpoint => XapiEndpoint.Parse($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}")
        with
    { Pins = _certificate is null ? [] : [CertificateFingerprint.Of(_certificate)] };

    public HeardRequest[] Heard
    {
        get
        {
            lock (_gate)
                return [.. _heard];
        }
    }

    public static ScriptedHost Answering(Func<HeardRequest, byte[]> answer, X509Certificate2? certificate = null) =>
        new(async (request, stream, token) => await stream.WriteAsync(answer(request), token), certificate);

    public static ScriptedHost Behaving(Func<HeardRequest, Stream, CancellationToken, Task> answer) => new(answer, null);

    /// <summary>Answers log-ins with a session and everything else by <paramref name="result"/>, in JSON-RPC 2.0.</summary>
    public static ScriptedHost Results(Func<HeardRequest, string> result, X509Certificate2? certificate = null) => Answering(request => request.Method switch
    {
        "session.login_with_password" => Json("""{"jsonrpc":"2.0","result":"OpaqueRef:5e551011","id":1}"""),
        _ => Json(result(request)),
    }, certificate);

    public static byte[] Json(string body) => Http("200 OK", "application/json", body);

    public static byte[] Http(string status, string type, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nconnection: keep-alive\r\ncontent-type: {type}\r\ncontent-length: {bytes.Length}\r\n\r\n"), .. bytes];
    }

    public static X509Certificate2 MakeCertificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream stream = await WrapAsync(new NetworkStream(socket, ownsSocket: true));
            while (await ReadAsync(stream) is { } request)
            {
                lock (_gate)
                    _heard.Add(request);
                await _answer(request, stream, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away or the test is over.
        }
    }

    private async Task<Stream> WrapAsync(Stream stream)
    {
        if (_certificate is null)
            return stream;
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_certificate);
        return tls;
    }

    private async Task<HeardRequest?> ReadAsync(Stream stream)
    {
        var header = new List<byte>();
        var one = new byte[1];
        while (!header.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            header.Add(one[0]);
        }

        var text = Encoding.ASCII.GetString([.. header]);
        var length = text.Split("\r\n").Where(l => l.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l[16..])).Single();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new(text.Split("\r\n")[0], text, Encoding.UTF8.GetString(body));
    }
}
