using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>
/// A little RFB server, as a host would show a VM: one picture, any number of lines one after the other or at once. Sends what changed when it is asked to, in the first
/// encoding of the viewer's that it knows. Its stateful encodings use <see cref="Scramble"/>.
/// </summary>
internal sealed class ScreenHost : IDisposable
{
    public const int Raw = 0, CopyRect = 1, Rre = 2, Hextile = 5, Tight = 7, Zrle = 16, DesktopSize = -223, QemuKeys = -258, Cursor = -239, LastRect = -224, ExtendedDesktopSize = -308;

    // What the screen is filled with at first: a viewer that has got nothing yet looks otherwise.
    private const uint Ground = 0x0A0B0C;

    private readonly Lock _gate = new();
    private readonly List<Line> _lines = [];
    private readonly string _version;

    public ScreenHost(int width, int height, string version = "RFB 003.008\n")
    {
        (Frame, _version) = (new(width, height), version);
        Frame.Fill(0, 0, width, height, Ground);
    }

    public Frame Frame { get; private set; }

    /// <summary>What arrived that a person did: whole messages.</summary>
    public ConcurrentQueue<byte[]> Input { get; } = new();

    /// <summary>Every list of encodings that was asked for.</summary>
    public ConcurrentQueue<int[]> Asked { get; } = new();

    /// <summary>How often it was connected to.</summary>
    public int Opened { get; private set; }

    /// <summary>Lines that are up.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _lines.Count;
        }
    }

    /// <summary>The whole screen was asked for so often.</summary>
    public int Wholes { get; private set; }

    /// <summary>Opens a line, and returns its other end.</summary>
    public Stream Connect()
    {
        var (ours, theirs) = StreamPair.Make();
        var line = new Line(this, ours);
        lock (_gate)
        {
            Opened++;
            _lines.Add(line);
        }

        _ = line.RunAsync();
        return theirs;
    }

    /// <summary>Paints, and tells the lines that asked.</summary>
    public void Paint(int x, int y, int w, int h, uint colour)
    {
        lock (_gate)
        {
            Frame.Fill(x, y, w, h, colour);
            foreach (var line in _lines)
                line.Changed.Add((x, y, w, h));
            SendLocked();
        }
    }

    public void Resize(int width, int height, uint colour)
    {
        lock (_gate)
        {
            Frame = new(width, height);
            Frame.Fill(0, 0, width, height, colour);
            foreach (var line in _lines)
            {
                line.IsResized = true;
                line.Changed.Clear();
                line.Changed.Add((0, 0, width, height));
            }

            SendLocked();
        }
    }

    /// <summary>Sends these bytes to all lines.</summary>
    public void Send(params byte[] bytes)
    {
        lock (_gate)
            foreach (var line in _lines)
                line.Send(bytes);
    }

    /// <summary>Ends all lines, as a VM's reboot does.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var line in _lines)
                line.Dispose();
            _lines.Clear();
        }
    }

    public void Dispose() => Cut();

    private void SendLocked()
    {
        foreach (var line in _lines)
            line.Update();
    }

    private sealed class Line(ScreenHost host, Stream stream) : IDisposable
    {
        private readonly Scramble _zrle = new();
        private readonly SemaphoreSlim _hasMore = new(0);
        private readonly ConcurrentQueue<byte[]> _queue = new();
        private readonly Scramble _tight = new();
        private int[] _encodings = [Raw];
        private bool _isAsked;
        private bool _hasToldKeys;

        public List<(int X, int Y, int W, int H)> Changed { get; } = [];

        public bool IsResized { get; set; }

        public async Task RunAsync()
        {
            try
            {
                await GreetAsync();
                _ = SendAsync();
                while (await ReadAsync())
                {
                }
            }
            catch (Exception gone) when (gone is IOException or InvalidOperationException or OperationCanceledException)
            {
                // The other end left, or we did.
            }
            finally
            {
                lock (host._gate)
                    host._lines.Remove(this);
                Dispose();
            }
        }

        public void Send(byte[] bytes)
        {
            _queue.Enqueue(bytes);
            _hasMore.Release();
        }

        public void Dispose() => stream.Dispose();

        /// <summary>Sends what changed, when it was asked for.</summary>
        public void Update()
        {
            if (!_isAsked || (Changed.Count == 0 && !IsResized))
                return;
            _isAsked = false;
            var rects = new List<byte[]>();
            if (IsResized && _encodings.Contains(DesktopSize))
                rects.Add(Head(0, 0, host.Frame.Width, host.Frame.Height, DesktopSize));
            if (!_hasToldKeys && _encodings.Contains(QemuKeys))
            {
                rects.Add(Head(0, 0, 0, 0, QemuKeys));
                _hasToldKeys = true;
            }

            IsResized = false;
            rects.AddRange(Changed.Select(part => Rect(part.X, part.Y, part.W, part.H)));
            Changed.Clear();
            var update = new byte[4 + rects.Sum(rect => rect.Length)];
            BinaryPrimitives.WriteUInt16BigEndian(update.AsSpan(2), (ushort)rects.Count);
            var at = 4;
            foreach (var rect in rects)
            {
                rect.CopyTo(update, at);
                at += rect.Length;
            }

            Send(update);
        }

        private async Task GreetAsync()
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(host._version));
            var version = await BytesAsync(12);
            if (Encoding.ASCII.GetString(version) == "RFB 003.003\n")
            {
                await stream.WriteAsync(new byte[] { 0, 0, 0, 1 });
            }
            else
            {
                await stream.WriteAsync(new byte[] { 2, 2, 1 });
                await BytesAsync(1);
                if (Encoding.ASCII.GetString(version) == "RFB 003.008\n")
                    await stream.WriteAsync(new byte[4]);
            }

            await BytesAsync(1);
            var init = new byte[24 + 4];
            BinaryPrimitives.WriteUInt16BigEndian(init, (ushort)host.Frame.Width);
            BinaryPrimitives.WriteUInt16BigEndian(init.AsSpan(2), (ushort)host.Frame.Height);
            init[23] = 4;
            "host"u8.CopyTo(init.AsSpan(24));
            await stream.WriteAsync(init);
        }

        private async Task SendAsync()
        {
            try
            {
                while (true)
                {
                    await _hasMore.WaitAsync();
                    if (_queue.TryDequeue(out var bytes))
                        await stream.WriteAsync(bytes);
                }
            }
            catch (Exception gone) when (gone is IOException or InvalidOperationException)
            {
                // The other end left, or we did.
            }
        }

        private async Task<bool> ReadAsync()
        {
            var type = (await BytesAsync(1))[0];
            switch (type)
            {
                case 0:
                    await BytesAsync(19);
                    break;
                case 2:
                    var count = BinaryPrimitives.ReadUInt16BigEndian((await BytesAsync(3)).AsSpan(1));
                    var list = await BytesAsync(4 * count);
                    lock (host._gate)
                        _encodings = [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadInt32BigEndian(list.AsSpan(4 * i))), Raw];
                    host.Asked.Enqueue(_encodings);
                    break;
                case 3:
                    var request = await BytesAsync(9);
                    lock (host._gate)
                    {
                        _isAsked = true;
                        if (request[0] == 0)
                        {
                            host.Wholes++;
                            Changed.Clear();
                            Changed.Add((0, 0, host.Frame.Width, host.Frame.Height));
                        }

                        Update();
                    }

                    break;
                case 4:
                    host.Input.Enqueue([type, .. await BytesAsync(7)]);
                    break;
                case 5:
                    host.Input.Enqueue([type, .. await BytesAsync(5)]);
                    break;
                case 6:
                    var head = await BytesAsync(7);
                    host.Input.Enqueue([type, .. head, .. await BytesAsync(BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(3)))]);
                    break;
                case 255:
                    host.Input.Enqueue([type, .. await BytesAsync(11)]);
                    break;
                default:
                    throw new InvalidOperationException($"message {type}");
            }

            return true;
        }

        private byte[] Rect(int x, int y, int w, int h)
        {
            var pixels = Pixels(x, y, w, h);
            switch (_encodings.First(one => one is Raw or Rre or Hextile or Tight or Zrle))
            {
                case Zrle:
                    var scrambled = _zrle.Apply(pixels);
                    return [.. Head(x, y, w, h, Zrle), .. Number(scrambled.Length), .. scrambled];
                // Three bytes a pixel; so little is not compressed, and its stream does not go on.
                case Tight when w * h * 3 < 12:
                    return [.. Head(x, y, w, h, Raw), .. pixels];
                case Tight:
                    var tight = _tight.Apply([.. Enumerable.Range(0, w * h).SelectMany(i => pixels.AsSpan(4 * i, 3).ToArray())]);
                    return [.. Head(x, y, w, h, Tight), 0, .. Compact(tight.Length), .. tight];
                case Rre:
                    // A background, and each pixel that is another as a part of its own.
                    var parts = Enumerable.Range(0, w * h).Where(i => !pixels.AsSpan(4 * i, 4).SequenceEqual(pixels.AsSpan(0, 4)))
                        .SelectMany(i => (byte[])[.. pixels.AsSpan(4 * i, 4), (byte)((i % w) >> 8), (byte)(i % w), (byte)((i / w) >> 8), (byte)(i / w), 0, 1, 0, 1]).ToArray();
                    return [.. Head(x, y, w, h, Rre), .. Number(parts.Length / 12), .. pixels.AsSpan(0, 4), .. parts];
                case Hextile:
                    return [.. Head(x, y, w, h, Hextile), .. Tiles(x, y, w, h)];
                default:
                    return [.. Head(x, y, w, h, Raw), .. pixels];
            }
        }

        private IEnumerable<byte> Tiles(int x, int y, int w, int h)
        {
            for (var top = y; top < y + h; top += 16)
                for (var left = x; left < x + w; left += 16)
                {
                    var (width, height) = (Math.Min(16, x + w - left), Math.Min(16, y + h - top));
                    var pixels = Pixels(left, top, width, height);
                    var isPlain = Enumerable.Range(0, width * height).All(i => pixels.AsSpan(4 * i, 4).SequenceEqual(pixels.AsSpan(0, 4)));
                    var colour = pixels[..4];
                    // A plain tile by its background, sometimes with a part of the same colour; any other as it is.
                    byte[] tile = !isPlain ? [1, .. pixels] : (left + top) % 32 == 0 ? [2, .. colour] : (left + top) % 48 == 0 ? [2 | 4 | 8, .. colour, .. colour, 1, 0, 0] : [2 | 8 | 16, .. colour, 1, .. colour, 0, 0];
                    foreach (var one in tile)
                        yield return one;
                }
        }

        private byte[] Pixels(int x, int y, int w, int h)
        {
            var bytes = new byte[w * h * 4];
            for (var row = 0; row < h; row++)
                for (var column = 0; column < w; column++)
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(((row * w) + column) * 4), host.Frame[x + column, y + row]);
            return bytes;
        }

        private static byte[] Head(int x, int y, int w, int h, int encoding) =>
            [(byte)(x >> 8), (byte)x, (byte)(y >> 8), (byte)y, (byte)(w >> 8), (byte)w, (byte)(h >> 8), (byte)h, .. Number(encoding)];

        private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

        private static byte[] Compact(int length) => length < 128 ? [(byte)length]
            : length < 16384 ? [(byte)(length | 0x80), (byte)(length >> 7)] : [(byte)(length | 0x80), (byte)((length >> 7) | 0x80), (byte)(length >> 14)];

        private async Task<byte[]> BytesAsync(int count)
        {
            var bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes);
            return bytes;
        }
    }
}
