using System.Net.WebSockets;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>
/// The binary messages of a host's WebSocket as one stream of bytes, wherever the host begins and ends them. Frames are read into whatever buffer is given, so that a frame of any
/// length takes no memory; one that breaks RFC 6455, and any message of text, is an <see cref="IOException"/>. Hosts are not pinged: their proxy need not answer, and the
/// line's own keep-alive tells when they are gone. Disposing cuts the line.
/// </summary>
/// <param name="exchange">One that was answered with 101.</param>
internal sealed class HostSocket(HostExchange exchange) : Stream
{
    private readonly WebSocket _socket = WebSocket.CreateFromStream(exchange, new WebSocketCreationOptions { SubProtocol = "binary", KeepAliveInterval = TimeSpan.Zero });

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reading into nothing waits until there is something to read. A wait that is cancelled is the socket's end.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, cancellationToken);
                switch (part.MessageType)
                {
                    case WebSocketMessageType.Close:
                        return 0;
                    case WebSocketMessageType.Text:
                        throw new IOException("the host sends text where a console's bytes are due");
                }

                // An empty message is no end.
                if (part.Count > 0 || buffer.IsEmpty)
                    return part.Count;
            }
        }
        catch (WebSocketException broken)
        {
            throw Broken(broken);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException broken)
        {
            throw Broken(broken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Each message is sent at once.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException("flush asynchronously");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("write asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _socket.Dispose();
        base.Dispose(disposing);
    }

    private static IOException Broken(WebSocketException broken) => new("the host's WebSocket broke", broken);
}
