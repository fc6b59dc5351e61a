using System.Globalization;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>
/// One request to one of a host's HTTP handlers, on a connection of its own: its head is sent, the answer's head is read, and then plain bytes go one way until
/// an end comes. Hosts answer an upload before they have read any of it (xapi-protocol.md §8.1), so a refusal or a redirect costs none of what is to be sent.
/// Disposing cuts the line.
/// </summary>
internal sealed class HostExchange : Stream
{
    private const int MostHeadBytes = 16 * 1024;
    private const int SwitchingProtocols = 101;

    // What RFC 6455 §1.3 has a server put behind the client's key.
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly Stream _line;
    private readonly byte[] _first;
    private int _at;
    private readonly int _end;
    private long? _left;
    private string? _accepted;

    private HostExchange(Stream line, byte[] first, int at, int end) => (_line, _first, _at, _end) = (line, first, at, end);

    /// <summary>The answer's HTTP status.</summary>
    public int Status { get; private set; }

    /// <summary>Where the host sends us instead; null when it does not.</summary>
    public string? Location { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Asks, and waits for the answer's head. The line is disposed with the exchange, and when this fails.</summary>
    /// <param name="target">Path and query. The session is not in it but in a cookie: addresses stand in logs.</param>
    /// <param name="length">Of what will be sent; null when that is not known, or nothing is.</param>
    public static Task<HostExchange> OpenAsync(Stream line, string verb, string target, XapiEndpoint endpoint, string session, long? length, CancellationToken cancellation)
    {
        // To a 1.0 nothing is sent in chunks. What is sent without a length is a 1.1's only.
        var version = verb == "GET" ? "1.0" : "1.1";
        return AskAsync(line, verb, $"{verb} {target} HTTP/{version}", endpoint, session,
            length is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"Connection: close\r\nContent-Length: {bytes}\r\n") : "Connection: close\r\n", cancellation);
    }

    /// <summary>
    /// Asks a handler to go on as a WebSocket of binary messages (RFC 6455 §4.1), in the way that xapi-protocol.md §8.6 describes. A host that does answers with the status 101,
    /// and <see cref="HostSocket"/> reads on; any other status is its refusal. Fails where a 101 does not answer this very request.
    /// </summary>
    public static async Task<HostExchange> UpgradeAsync(Stream line, string target, XapiEndpoint endpoint, string session, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var exchange = await AskAsync(line, "GET", $"GET {target} HTTP/1.1", endpoint, session,
            $"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: binary\r\n", cancellation);
        if (exchange.Status != SwitchingProtocols || exchange._accepted == Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix))))
            return exchange;
        await exchange.DisposeAsync();
        throw new InvalidDataException("it agrees to a WebSocket that was not asked for");
    }

    /// <summary>The answer's body; an end before its announced length is an <see cref="EndOfStreamException"/>. Reading into nothing waits until there is something to read.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left is { } left)
            buffer = buffer[..(int)Math.Min(buffer.Length, left)];
        if (buffer.IsEmpty)
            return _left is null && _at == _end ? await _line.ReadAsync(buffer, cancellationToken) : 0;
        var read = Math.Min(buffer.Length, _end - _at);
        if (read > 0)
        {
            _first.AsSpan(_at, read).CopyTo(buffer.Span);
            _at += read;
        }
        else
        {
            read = await _line.ReadAsync(buffer, cancellationToken);
        }

        if (read == 0 && _left > 0)
            throw new EndOfStreamException($"the answer ended {_left} bytes before its end");
        _left -= read;
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _line.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _line.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("flush asynchronously");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("write asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => _line.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _line.Dispose();
        base.Dispose(disposing);
    }

    private static async Task<HostExchange> AskAsync(Stream line, string verb, string request, XapiEndpoint endpoint, string session, string headers, CancellationToken cancellation)
    {
        try
        {
            var head = $"{request}\r\nHost: {endpoint.Authority}\r\nCookie: session_id={Uri.EscapeDataString(session)}\r\n{headers}\r\n";
            await line.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
            await line.FlushAsync(cancellation);
            return await AnswerAsync(line, verb, cancellation);
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private static async Task<HostExchange> AnswerAsync(Stream line, string verb, CancellationToken cancellation)
    {
        var bytes = new byte[MostHeadBytes];
        for (var end = 0; end < bytes.Length;)
        {
            var read = await line.ReadAsync(bytes.AsMemory(end), cancellation);
            if (read == 0)
                throw new EndOfStreamException("the connection was closed before an answer came");
            end += read;
            if (bytes.AsSpan(0, end).IndexOf("\r\n\r\n"u8) is >= 0 and var head)
                return Parse(line, bytes, head, end, verb);
        }

        throw new InvalidDataException("the answer's head has no end");
    }

    private static HostExchange Parse(Stream line, byte[] bytes, int head, int end, string verb)
    {
        var lines = Encoding.Latin1.GetString(bytes, 0, head).Split("\r\n");
        if (lines[0].Split(' ', 3) is not [var version, { Length: 3 } status, ..] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new HttpIOException(HttpRequestError.InvalidResponse, "the answer does not begin as one of HTTP");
        var exchange = new HostExchange(line, bytes, head + 4, end) { Status = number };
        foreach (var header in lines.Skip(1))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var value = header[(colon + 1)..].Trim();
            switch (header[..colon].ToUpperInvariant())
            {
                case "LOCATION":
                    exchange.Location = value;
                    break;
                case "SEC-WEBSOCKET-ACCEPT":
                    exchange._accepted = value;
                    break;
                // What follows the head of a tunnel, or of another protocol, is no body (RFC 9110 §9.3.6, §15.2.2).
                case "CONTENT-LENGTH" when verb != "CONNECT" && number != SwitchingProtocols && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length):
                    exchange._left = length;
                    break;
                case "TRANSFER-ENCODING" when verb == "GET" && !value.Equals("identity", StringComparison.OrdinalIgnoreCase):
                    throw new InvalidDataException($"the answer comes in the coding '{value}', which hosts do not use");
            }
        }

        return exchange;
    }
}
