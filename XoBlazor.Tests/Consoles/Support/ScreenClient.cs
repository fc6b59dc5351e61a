using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>
/// A viewer of its own, which shares nothing with the relay: reads RFB from a socket, paints, and asks for more as noVNC does. Anything that cannot be, such as a byte
/// too many, ends it with <see cref="Failure"/>.
/// </summary>
internal sealed class ScreenClient : IAsyncDisposable
{
    /// <summary>What noVNC asks for, as far as tests need it.</summary>
    public static readonly int[] All = [ScreenHost.CopyRect, ScreenHost.Tight, ScreenHost.Hextile, ScreenHost.Rre, ScreenHost.Raw, -26, -254, ScreenHost.DesktopSize, ScreenHost.LastRect, ScreenHost.QemuKeys, ScreenHost.ExtendedDesktopSize, ScreenHost.Cursor];

    private readonly WebSocket _socket;
    private readonly ConcurrentQueue<JsonObject> _told = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Scramble _zrle = new();
    private Scramble _tight = new();
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private Task _run = Task.CompletedTask;
    private volatile bool _isPaused;

    public ScreenClient(WebSocket socket) => _socket = socket;

    public Frame Frame { get; private set; } = new(1, 1);

    public Exception? Failure { get; private set; }

    /// <summary>The real compressor behind Tight and ZRLE: what they hold is passed over, not painted.</summary>
    public bool IsReal { get; init; }

    /// <summary>Encodings of the rectangles that came, and how often.</summary>
    public ConcurrentDictionary<int, int> Seen { get; } = new();

    /// <summary>What the guest copied, as it came.</summary>
    public ConcurrentQueue<string> Clipboards { get; } = new();

    public int Updates { get; private set; }

    public long Bytes { get; private set; }

    public bool IsOver => _run.IsCompleted;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string Name { get; private set; } = "";

    public JsonObject? Told(string type) => _told.LastOrDefault(one => (string?)one["type"] == type);

    public JsonObject? ToldState(string state) => _told.LastOrDefault(one => (string?)one["type"] == "state" && (string?)one["state"] == state);

    /// <summary>Reads nothing any more until told otherwise.</summary>
    public bool IsPaused
    {
        get => _isPaused;
        set => _isPaused = value;
    }

    public void Start(params int[] encodings) => _run = Task.Run(() => RunAsync(encodings));

    public Task SendAsync(params byte[] message) => SendAsync(WebSocketMessageType.Binary, message);

    public async Task SendAsync(WebSocketMessageType type, byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, type, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    public Task KeyAsync(uint key) => SendAsync([4, 1, 0, 0, .. Number((int)key)]);

    /// <summary>Presses a key and lets it go, with its place on the keyboard, by QEMU's extension.</summary>
    public Task PressAsync(uint key, uint place) =>
        SendAsync([255, 0, 0, 1, .. Number((int)key), .. Number((int)place), 255, 0, 0, 0, .. Number((int)key), .. Number((int)place)]);

    public Task RequestAsync(bool isIncremental) =>
        SendAsync(3, isIncremental ? (byte)1 : (byte)0, 0, 0, 0, 0, (byte)(Frame.Width >> 8), (byte)Frame.Width, (byte)(Frame.Height >> 8), (byte)Frame.Height);

    /// <summary>Looks again and again until it is so; a failure of the viewer is one of the test.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        using var patience = Patience.Source();
        while (!isSo())
        {
            if (Failure is not null)
                throw new InvalidOperationException($"the viewer failed while waiting until {what}", Failure);
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"it did not come that {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Waits until it shows the same as another picture.</summary>
    public Task ShowsAsync(Frame other) => UntilAsync(() => Frame.Width == other.Width && Frame.Height == other.Height && Frame.Pixels.AsSpan().SequenceEqual(other.Pixels), "it shows what the host shows");

    /// <summary>Leaves and says so.</summary>
    public async Task LeaveAsync()
    {
        _isPaused = false;
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // It was closed already.
        }

        await _run.WaitAsync(Patience.Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The line breaks.</summary>
    public void Break() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _isPaused = false;
        await _stop.CancelAsync();
        _socket.Abort();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
    }

    private async Task RunAsync(int[] encodings)
    {
        try
        {
            if (Encoding.ASCII.GetString(await TakeAsync(12)) != "RFB 003.008\n")
                throw new InvalidDataException("version");
            await SendAsync("RFB 003.008\n"u8.ToArray());
            await TakeAsync((await TakeAsync(1))[0]);
            await SendAsync(1);
            await TakeAsync(4);
            await SendAsync(1);
            var init = await TakeAsync(24);
            Frame = new(BinaryPrimitives.ReadUInt16BigEndian(init), BinaryPrimitives.ReadUInt16BigEndian(init.AsSpan(2)));
            Name = Encoding.UTF8.GetString(await TakeAsync(BinaryPrimitives.ReadInt32BigEndian(init.AsSpan(20))));
            await SendAsync([0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]);
            await SendAsync([2, 0, (byte)(encodings.Length >> 8), (byte)encodings.Length, .. encodings.SelectMany(Number)]);
            await RequestAsync(false);
            while (true)
                await MessageAsync();
        }
        catch (Exception over) when (over is WebSocketException or OperationCanceledException or EndOfStreamException or IOException)
        {
            // The socket ended.
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    private async Task MessageAsync()
    {
        switch ((await TakeAsync(1))[0])
        {
            case 0:
                await UpdateAsync();
                break;
            case 2:
                break;
            case 3:
                await TakeAsync(3);
                var clipboard = await TakeAsync(Math.Abs(BinaryPrimitives.ReadInt32BigEndian(await TakeAsync(4))));
                Clipboards.Enqueue(Encoding.Latin1.GetString(clipboard));
                break;
            case var other:
                throw new InvalidDataException($"message {other}");
        }
    }

    private async Task UpdateAsync()
    {
        await TakeAsync(1);
        int count = BinaryPrimitives.ReadUInt16BigEndian(await TakeAsync(2));
        for (var i = 0; i < count; i++)
        {
            var head = await TakeAsync(12);
            int x = BinaryPrimitives.ReadUInt16BigEndian(head), y = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)), w = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)), h = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(6));
            var encoding = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(8));
            Seen.AddOrUpdate(encoding, 1, (_, seen) => seen + 1);
            if (encoding == ScreenHost.LastRect)
                break;
            await RectAsync(encoding, x, y, w, h);
        }

        Updates++;
        await RequestAsync(true);
    }

    private async Task RectAsync(int encoding, int x, int y, int w, int h)
    {
        switch (encoding)
        {
            case ScreenHost.Raw:
                Paint(x, y, w, h, await TakeAsync(w * h * 4), 4);
                break;
            case ScreenHost.CopyRect:
                var from = await TakeAsync(4);
                Frame.Copy(BinaryPrimitives.ReadUInt16BigEndian(from), BinaryPrimitives.ReadUInt16BigEndian(from.AsSpan(2)), x, y, w, h);
                break;
            case ScreenHost.Rre:
                var parts = BinaryPrimitives.ReadInt32BigEndian(await TakeAsync(4));
                Frame.Fill(x, y, w, h, Colour(await TakeAsync(4)));
                for (var i = 0; i < parts; i++)
                {
                    var part = await TakeAsync(12);
                    Frame.Fill(x + BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(4)), y + BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(6)),
                        BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(8)), BinaryPrimitives.ReadUInt16BigEndian(part.AsSpan(10)), Colour(part));
                }

                break;
            case ScreenHost.Hextile:
                await TilesAsync(x, y, w, h);
                break;
            case ScreenHost.Zrle:
                var length = BinaryPrimitives.ReadInt32BigEndian(await TakeAsync(4));
                var data = await TakeAsync(length);
                if (!IsReal)
                    Paint(x, y, w, h, _zrle.Apply(data), 4);
                break;
            case ScreenHost.Tight:
                await TightAsync(x, y, w, h);
                break;
            case ScreenHost.DesktopSize:
                Frame = new(w, h);
                break;
            case ScreenHost.ExtendedDesktopSize:
                await TakeAsync(16 * (await TakeAsync(4))[0]);
                if (y == 0)
                    Frame = new(w, h);
                break;
            case ScreenHost.QemuKeys:
                break;
            case ScreenHost.Cursor:
                await TakeAsync((w * h * 4) + ((w + 7) / 8 * h));
                break;
            default:
                throw new InvalidDataException($"encoding {encoding}");
        }
    }

    private async Task TilesAsync(int x, int y, int w, int h)
    {
        uint back = 0, fore = 0;
        for (var top = y; top < y + h; top += 16)
            for (var left = x; left < x + w; left += 16)
            {
                var (width, height) = (Math.Min(16, x + w - left), Math.Min(16, y + h - top));
                var kind = (await TakeAsync(1))[0];
                if ((kind & 1) != 0)
                {
                    Paint(left, top, width, height, await TakeAsync(width * height * 4), 4);
                    continue;
                }

                if ((kind & 2) != 0)
                    back = Colour(await TakeAsync(4));
                if ((kind & 4) != 0)
                    fore = Colour(await TakeAsync(4));
                Frame.Fill(left, top, width, height, back);
                int parts = (kind & 8) != 0 ? (await TakeAsync(1))[0] : 0;
                for (var i = 0; i < parts; i++)
                {
                    var colour = (kind & 16) != 0 ? Colour(await TakeAsync(4)) : fore;
                    var place = await TakeAsync(2);
                    Frame.Fill(left + (place[0] >> 4), top + (place[0] & 15), (place[1] >> 4) + 1, (place[1] & 15) + 1, colour);
                }
            }
    }

    private async Task TightAsync(int x, int y, int w, int h)
    {
        var control = (await TakeAsync(1))[0];
        if ((control & 1) != 0)
            _tight = new();
        switch (control >> 4)
        {
            case 8:
                var fill = await TakeAsync(3);
                Frame.Fill(x, y, w, h, (uint)(fill[0] | (fill[1] << 8) | (fill[2] << 16)));
                return;
            case 9:
                await TakeAsync(await LengthAsync());
                return;
        }

        var size = w * h * 3;
        if ((control & 0x40) != 0 && (await TakeAsync(1))[0] == 1)
        {
            var colours = (await TakeAsync(1))[0] + 1;
            await TakeAsync(3 * colours);
            size = colours == 2 ? (w + 7) / 8 * h : w * h;
        }

        var data = await TakeAsync(size < 12 ? size : await LengthAsync());
        if (!IsReal)
            Paint(x, y, w, h, _tight.Apply(data), 3);
    }

    private async Task<int> LengthAsync()
    {
        var length = 0;
        for (var i = 0; i < 3; i++)
        {
            int one = (await TakeAsync(1))[0];
            length |= (i == 2 ? one : one & 0x7F) << (7 * i);
            if (i < 2 && (one & 0x80) == 0)
                break;
        }

        return length;
    }

    private void Paint(int x, int y, int w, int h, byte[] pixels, int each)
    {
        for (var i = 0; i < w * h; i++)
            Frame[x + (i % w), y + (i / w)] = (uint)(pixels[i * each] | (pixels[(i * each) + 1] << 8) | (pixels[(i * each) + 2] << 16));
    }

    private static uint Colour(byte[] bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes) & 0xFFFFFF;

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private async Task<byte[]> TakeAsync(int count)
    {
        while (_end - _start < count)
        {
            if (_buffer.Length - _start < Math.Max(count, 4096))
            {
                var moved = new byte[Math.Max(_buffer.Length, count + 4096)];
                _buffer.AsSpan(_start, _end - _start).CopyTo(moved);
                (_buffer, _start, _end) = (moved, 0, _end - _start);
            }

            while (_isPaused)
                await Task.Delay(5, _stop.Token);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), _stop.Token);
            if (read.MessageType == WebSocketMessageType.Close)
                throw new EndOfStreamException();
            if (read.MessageType == WebSocketMessageType.Text)
            {
                // Control messages are short and come whole.
                _told.Enqueue(JsonNode.Parse(_buffer.AsSpan(_end, read.Count))!.AsObject());
                continue;
            }

            _end += read.Count;
            Bytes += read.Count;
        }

        var taken = _buffer.AsSpan(_start, count).ToArray();
        _start += count;
        return taken;
    }
}
