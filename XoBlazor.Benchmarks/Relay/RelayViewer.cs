using System.Buffers.Binary;
using System.Net.WebSockets;

namespace XoBlazor.Benchmarks.Relay;

/// <summary>A browser's end of a console: counts what comes.</summary>
internal sealed class RelayViewer(ClientWebSocket socket, int bufferSize) : IDisposable
{
    private const int SmallUpdate = 4 + 12 + (16 * 16 * 4);

    private readonly byte[] _buffer = new byte[bufferSize];
    private int _left;
    private int _end;

    /// <param name="bufferSize">Of what it receives into, in bytes.</param>
    public static async Task<RelayViewer> OpenAsync(RelayServer server, string path, int bufferSize = 64 * 1024)
    {
        var viewer = new RelayViewer(await server.ConnectAsync(path), bufferSize);
        await viewer.SkipAsync(12);
        await viewer.SendAsync("RFB 003.008\n"u8.ToArray());
        await viewer.SkipAsync(2);
        await viewer.SendAsync([1]);
        await viewer.SkipAsync(4);
        await viewer.SendAsync([1]);
        // The copy shows the host's own name, which has no letters.
        await viewer.SkipAsync(20);
        await viewer.SkipAsync(BinaryPrimitives.ReadInt32BigEndian(await viewer.TakeAsync(4)));
        await viewer.SendAsync([2, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 0]);
        return viewer;
    }

    /// <summary>Asks for the whole screen, which begins a flood or is answered with a small picture.</summary>
    public Task RequestAsync() => SendAsync([3, 0, 0, 0, 0, 0, 7, 128, 4, 56]);

    public Task SkipSmallAsync() => SkipAsync(SmallUpdate);

    /// <summary>Presses a key and waits for the small picture that answers it.</summary>
    public async Task EchoAsync()
    {
        await SendAsync([4, 1, 0, 0, 0, 0, 0, 97]);
        await SkipSmallAsync();
    }

    /// <summary>Drags a window a little and waits for its picture.</summary>
    public async Task DragAsync()
    {
        await SendAsync([5, 1, 0, 10, 0, 10]);
        await SkipAsync(4 + 12 + (300 * 200 * 4));
    }

    public async Task SkipAsync(long count)
    {
        while (count > 0)
        {
            if (_left == 0)
                _left = await ReceiveAsync();
            var taken = (int)Math.Min(count, _left);
            (count, _left) = (count - taken, _left - taken);
        }
    }

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }

    private Task SendAsync(byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None);

    // Only for the head, where what is taken has come alone.
    private async Task<byte[]> TakeAsync(int count)
    {
        if (_left == 0)
            _left = await ReceiveAsync();
        var end = _end - _left;
        var bytes = _buffer[end..(end + count)];
        _left -= count;
        return bytes;
    }

    private async Task<int> ReceiveAsync() => _end = (await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None)).Count;
}
