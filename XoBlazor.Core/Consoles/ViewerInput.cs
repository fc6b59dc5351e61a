using System.Buffers;
using System.Net.WebSockets;

namespace XoBlazor.Core.Consoles;

/// <summary>The bytes that a viewer sends, whatever messages of the socket they come in. Holds no memory while nothing comes. One reader.</summary>
internal sealed class ViewerInput(WebSocket socket) : IDisposable
{
    private const int Smallest = 512;

    private byte[] _buffer = [];
    private int _start;
    private int _end;

    /// <summary>What is there and not taken yet.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The same, to be kept until the next wait.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(_start, _end - _start);

    public void Take(int count)
    {
        _start += count;
        if (_start == _end)
            Release();
    }

    /// <summary>Waits until so many bytes are there; false when the viewer closed the socket before. Fails with <see cref="WebSocketException"/> when it broke.</summary>
    public async ValueTask<bool> NeedAsync(int count, CancellationToken cancellation)
    {
        while (_end - _start < count)
        {
            if (_buffer.Length == 0)
            {
                // Waits without a buffer: most consoles are looked at most of the time.
                var first = await socket.ReceiveAsync(Memory<byte>.Empty, cancellation);
                if (first.MessageType == WebSocketMessageType.Close)
                    return false;
                if (first.EndOfMessage)
                    continue;
            }

            MakeRoom(count);
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
            if (read.MessageType == WebSocketMessageType.Close)
                return false;
            // Only binary messages belong to the console.
            if (read.MessageType == WebSocketMessageType.Binary)
                _end += read.Count;
        }

        return true;
    }

    public void Dispose() => Release();

    private void MakeRoom(int count)
    {
        if (_buffer.Length - _start >= Math.Max(count, 1) && _end < _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(count, Math.Max(Smallest, _end - _start + 1)));
        Bytes.CopyTo(larger);
        var (left, buffer) = (_end - _start, _buffer);
        (_buffer, _start, _end) = (larger, 0, left);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = ([], 0, 0);
    }
}
