using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>
/// A WebSocket that takes and gives whole messages. One reader; any number of writers, one after the other. A peer that takes nothing for too long is
/// cut off, so that what waits for it does not pile up. Holds no buffer while nothing is going on.
/// </summary>
internal sealed class RpcSocket(WebSocket socket, TimeSpan slowReader, TimeProvider time) : IDisposable
{
    private const int SmallestBuffer = 4096;
    private const int FragmentSize = 64 * 1024;

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>
    /// The next message, text or binary alike, in a rented buffer; null when the peer closed. Fails with <see cref="RpcTooBigException"/> beyond
    /// <paramref name="most"/>, and with <see cref="WebSocketException"/> when the line breaks or the text is no UTF-8.
    /// </summary>
    /// <param name="most">Asked when the message begins.</param>
    public async ValueTask<(byte[] Buffer, int Length)?> ReceiveAsync(Func<int> most, CancellationToken token)
    {
        // Waits without a buffer: most connections are silent most of the time.
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, token);
        if (first.MessageType == WebSocketMessageType.Close)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
        var length = 0;
        try
        {
            if (first.EndOfMessage)
                return (buffer, 0);
            var limit = most();
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }
                length += part.Count;
                if (length > limit)
                    throw new RpcTooBigException(limit);
                if (part.EndOfMessage)
                    return (buffer, length);
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Sends one message that <paramref name="write"/> writes.</summary>
    public async ValueTask SendAsync<T>(T state, Action<Utf8JsonWriter, T> write, CancellationToken token)
    {
        var bytes = new PooledWriter();
        try
        {
            using (var writer = new Utf8JsonWriter(bytes, s_json))
                write(writer, state);
            await SendAsync(bytes.Written, token);
        }
        finally
        {
            bytes.Dispose();
        }
    }

    /// <summary>Sends one message.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken token)
    {
        await _sending.WaitAsync(token);
        try
        {
            await TakenAsync(socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, token));
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends one message of any size, as fragments, between <paramref name="before"/> and <paramref name="after"/>.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> before, IApiStream stream, ReadOnlyMemory<byte> after, CancellationToken token)
    {
        await _sending.WaitAsync(token);
        try
        {
            var pipe = PipeWriter.Create(new FragmentStream(this), new StreamPipeWriterOptions(minimumBufferSize: FragmentSize, leaveOpen: true));
            pipe.Write(before.Span);
            await stream.WriteAsync(pipe, token);
            await pipe.FlushAsync(token);
            await pipe.CompleteAsync();
            await TakenAsync(socket.SendAsync(after, WebSocketMessageType.Text, endOfMessage: true, token));
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says goodbye with a reason. Does not wait for an answer.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var limit = new CancellationTokenSource(slowReader, time);
        try
        {
            await _sending.WaitAsync(limit.Token);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(status, reason, limit.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            Abort();
        }
    }

    public void Abort() => socket.Abort();

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    private async ValueTask TakenAsync(ValueTask sending)
    {
        if (sending.IsCompletedSuccessfully)
            return;
        try
        {
            await sending.AsTask().WaitAsync(slowReader, time);
        }
        catch (TimeoutException)
        {
            Abort();
            throw new OperationCanceledException("The peer takes nothing.");
        }
    }

    private sealed class FragmentStream(RpcSocket owner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            owner.TakenAsync(owner.Fragment(buffer, cancellationToken));

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private ValueTask Fragment(ReadOnlyMemory<byte> part, CancellationToken token) => socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false, token);
}
