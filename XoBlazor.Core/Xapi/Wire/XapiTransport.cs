using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>
/// HTTP towards one host, within XAPI's limits: bodies with their length, a header far below 1024 bytes, HTTP/1.1, no redirects, no
/// proxy, no cookies. Over TLS only a pinned certificate passes.
/// </summary>
internal sealed class XapiTransport : IDisposable
{
    private const int ExcerptBytes = 4096;

    private readonly XapiEndpoint _endpoint;
    private readonly HttpClient _client;

    public XapiTransport(XapiEndpoint endpoint, XapiConnectionOptions options, int connections)
    {
        _endpoint = endpoint;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = connections,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = static (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
            SslOptions = new() { RemoteCertificateValidationCallback = IsPinned },
        };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = new(endpoint.Address) };
    }

    /// <summary>The certificate of the last handshake.</summary>
    public XapiCertificate? Certificate { get; private set; }

    /// <summary>Sends a body and returns the answer once its header is there; an answer other than 200 is a <see cref="NotJsonException"/>.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string contentType, byte[] body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        request.Headers.ExpectContinue = false;
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.OK)
            return response;
        using (response)
            throw new NotJsonException((int)response.StatusCode, await ExcerptAsync(response, cancellation));
    }

    /// <summary>Opens a connection of its own for bytes that are no call: the pinned certificate and the same keep-alive, no HTTP yet.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var socket = await ConnectAsync(new DnsEndPoint(_endpoint.Host, _endpoint.Port), cancellation);
        if (!_endpoint.IsHttps)
            return socket;
        var line = new SslStream(socket, leaveInnerStreamOpen: false);
        try
        {
            await line.AuthenticateAsClientAsync(new() { TargetHost = _endpoint.Host, RemoteCertificateValidationCallback = IsPinned }, cancellation);
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> ExcerptAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = new byte[ExcerptBytes];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private bool IsPinned(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        using var copy = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        var presented = XapiCertificate.Of(copy);
        Certificate = presented;
        return _endpoint.Pins.Contains(presented.Fingerprint) ? true : throw new CertificateRejectedException(presented);
    }

    /// <summary>Opens the socket with keep-alive, so that a host that vanished is noticed while an event call waits.</summary>
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(to, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
