using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// What waits to be sent to one viewer, in its order. Anybody may add without waiting; one task sends. How much waits is counted, and whoever adds looks at that: so the
/// queue itself has no bound. A viewer that takes nothing for too long is cut off.
/// </summary>
internal sealed class ViewerOutput(WebSocket socket, TimeSpan stalled, TimeProvider time)
{
    // Smaller pieces are sent together.
    private const int Small = 8 * 1024;
    private const int Together = 32 * 1024;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly Channel<Piece> _queue = Channel.CreateUnbounded<Piece>(new() { SingleReader = true });
    private SharedBuffer? _last;
    private (WebSocketCloseStatus Status, string Reason) _end = (WebSocketCloseStatus.NormalClosure, "");
    private long _waiting;

    /// <summary>Told after each sending, on the sender's thread. Does not throw.</summary>
    public Action? Sent { get; set; }

    /// <summary>How much memory what waits holds, in bytes.</summary>
    public long Waiting => Volatile.Read(ref _waiting);

    /// <summary>Adds a part of what a host sent. By one thread at a time.</summary>
    public void Add(SharedBuffer buffer, int from, int to)
    {
        if (from == to)
            return;
        // Several parts of a buffer hold it once.
        var cost = ReferenceEquals(_last, buffer) ? 0 : buffer.Cost;
        _last = buffer;
        buffer.Hold();
        if (!Put(new(buffer, buffer.Part(from, to), WebSocketMessageType.Binary, cost)))
            buffer.Release();
    }

    /// <summary>Adds bytes of our own.</summary>
    public void Add(ReadOnlyMemory<byte> bytes) => Put(new(null, bytes, WebSocketMessageType.Binary, bytes.Length));

    /// <summary>Adds a text message.</summary>
    public void Tell(byte[] message) => Put(new(null, message, WebSocketMessageType.Text, message.Length));

    /// <summary>Closes the socket behind what waits; what comes later is not sent any more.</summary>
    public void Finish(WebSocketCloseStatus status, string reason)
    {
        _end = (status, reason);
        _queue.Writer.TryComplete();
    }

    /// <summary>Cuts the socket, whatever waits.</summary>
    public void Cut()
    {
        _queue.Writer.TryComplete();
        socket.Abort();
    }

    /// <summary>Sends until it is finished, the viewer is gone, or takes nothing.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellation))
                while (_queue.Reader.TryRead(out var piece))
                    await SendAsync(piece, cancellation);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(_end.Status, _end.Reason, cancellation).WaitAsync(s_farewell, time, cancellation);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or InvalidOperationException or TimeoutException)
        {
            socket.Abort();
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left))
                Done(left);
            Sent?.Invoke();
        }
    }

    private bool Put(Piece piece)
    {
        Interlocked.Add(ref _waiting, piece.Cost);
        if (_queue.Writer.TryWrite(piece))
            return true;
        Interlocked.Add(ref _waiting, -piece.Cost);
        return false;
    }

    private async ValueTask SendAsync(Piece piece, CancellationToken cancellation)
    {
        if (piece.Bytes.Length < Small && piece.Type == WebSocketMessageType.Binary && _queue.Reader.TryPeek(out var next) && next.IsSmallBinary)
        {
            await SendTogetherAsync(piece, cancellation);
            return;
        }

        try
        {
            await TakenAsync(socket.SendAsync(piece.Bytes, piece.Type, endOfMessage: true, cancellation));
        }
        finally
        {
            Done(piece);
        }

        Sent?.Invoke();
    }

    private async ValueTask SendTogetherAsync(Piece first, CancellationToken cancellation)
    {
        var together = ArrayPool<byte>.Shared.Rent(Together);
        try
        {
            var length = Append(together, 0, first);
            while (length <= Together - Small && _queue.Reader.TryPeek(out var next) && next.IsSmallBinary && _queue.Reader.TryRead(out next))
                length = Append(together, length, next);
            await TakenAsync(socket.SendAsync(together.AsMemory(0, length), WebSocketMessageType.Binary, endOfMessage: true, cancellation));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(together);
        }

        Sent?.Invoke();
    }

    private int Append(byte[] to, int length, Piece piece)
    {
        piece.Bytes.Span.CopyTo(to.AsSpan(length));
        Done(piece);
        return length + piece.Bytes.Length;
    }

    private void Done(Piece piece)
    {
        Interlocked.Add(ref _waiting, -piece.Cost);
        piece.Buffer?.Release();
    }

    private async ValueTask TakenAsync(ValueTask sending)
    {
        if (sending.IsCompletedSuccessfully)
            return;
        var task = sending.AsTask();
        try
        {
            await task.WaitAsync(stalled, time);
        }
        catch (TimeoutException)
        {
            // The bytes are the socket's until it gives them up.
            socket.Abort();
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private readonly record struct Piece(SharedBuffer? Buffer, ReadOnlyMemory<byte> Bytes, WebSocketMessageType Type, int Cost)
    {
        public bool IsSmallBinary => Type == WebSocketMessageType.Binary && Bytes.Length < Small;
    }
}
