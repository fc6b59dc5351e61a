using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Simulator.Consoles;

/// <summary>
/// What one RFB client sees of a guest: sends what is new to it whenever it has asked, and nothing it has not asked for but the clipboard. Asked by the connection's reader;
/// only <see cref="RunAsync"/> writes once it runs.
/// </summary>
internal sealed class RfbView(GuestScreen guest, Stream stream)
{
    private const int DesktopSize = -223;
    private const int ExtendedKey = -258;
    private const int ExtendedDesktopSize = -308;

    private readonly Lock _gate = new();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int X, int Y, int Width, int Height)? _wanted;
    private (int Width, int Height) _size = guest.Size;
    private long[] _sent = [];
    private int _copies = guest.Copies;
    private bool _hasToldKeys;
    private bool _hasToldSize;
    private bool _hasResized;

    public PixelFormat Format { get; set; } = PixelFormat.Native;

    public IReadOnlySet<int> Encodings { get; set; } = new HashSet<int>();

    /// <summary>The screen's size, how pixels look, and what the guest is called.</summary>
    public async Task IntroduceAsync(CancellationToken cancellation)
    {
        var name = Encoding.UTF8.GetBytes(guest.Name);
        var bytes = new byte[24 + name.Length];
        _sent = new long[guest.Screen.Lines];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)_size.Width);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)_size.Height);
        Format.Write(bytes.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), name.Length);
        name.CopyTo(bytes, 24);
        await stream.WriteAsync(bytes, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>The client wants what changed in a part of the screen, or all of that part.</summary>
    public void Ask(bool isIncremental, int x, int y, int width, int height)
    {
        TaskCompletionSource asked;
        lock (_gate)
        {
            _wanted = (x, y, width, height);
            if (!isIncremental) Array.Clear(_sent);
            asked = _asked;
            _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        asked.SetResult();
    }

    /// <summary>The client wants the screen to be of another size.</summary>
    public void Resize(int width, int height)
    {
        lock (_gate) _hasResized = true;
        guest.Resize(width, height);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task asked;
            lock (_gate) asked = _asked.Task;
            var changed = guest.Screen.NextChange;
            if (_copies != guest.Copies)
            {
                _copies = guest.Copies;
                await SendClipboardAsync(cancellation);
            }

            if (!await UpdateAsync(cancellation)) await Task.WhenAny(asked, changed).WaitAsync(cancellation);
        }
    }

    private async Task SendClipboardAsync(CancellationToken cancellation)
    {
        var text = Encoding.Latin1.GetBytes(guest.Clipboard);
        var bytes = new byte[8 + text.Length];
        bytes[0] = 3;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), text.Length);
        text.CopyTo(bytes, 8);
        await stream.WriteAsync(bytes, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>Sends one update if the client waits for one and there is something to tell.</summary>
    private async Task<bool> UpdateAsync(CancellationToken cancellation)
    {
        var message = new RfbUpdate(Format);
        lock (_gate)
        {
            if (_wanted is not { } wanted) return false;
            AddSizeLocked(message);
            if (message.Count == 0)
            {
                if (!_hasToldKeys && Encodings.Contains(ExtendedKey))
                {
                    message.AddMark(ExtendedKey, _size.Width, _size.Height);
                    _hasToldKeys = true;
                }

                AddLinesLocked(message, wanted);
            }

            if (message.Count == 0) return false;
            _wanted = null;
        }

        await stream.WriteAsync(message.ToMemory(), cancellation);
        await stream.FlushAsync(cancellation);
        return true;
    }

    /// <summary>A new size goes alone: what is asked for after it is of that size.</summary>
    private void AddSizeLocked(RfbUpdate message)
    {
        var size = guest.Size;
        var isExtended = Encodings.Contains(ExtendedDesktopSize);
        var isNew = size != _size;
        if (isExtended && (isNew || !_hasToldSize || _hasResized))
            message.AddSize(size.Width, size.Height, ExtendedDesktopSize, reason: _hasResized ? 1 : 0);
        else if (isNew && Encodings.Contains(DesktopSize))
            message.AddMark(DesktopSize, size.Width, size.Height);
        if (message.Count == 0) return;
        (_hasToldSize, _hasResized) = (isExtended, false);
        if (!isNew) return;
        (_size, _sent) = (size, new long[guest.Screen.Lines]);
    }

    private void AddLinesLocked(RfbUpdate message, (int X, int Y, int Width, int Height) wanted)
    {
        var (left, right) = (Math.Min(wanted.X, _size.Width), Math.Min(wanted.X + wanted.Width, _size.Width));
        var pixels = new uint[_size.Width * ScreenFont.CellHeight];
        for (var line = 0; line < _sent.Length && left < right; line++)
        {
            var top = line * ScreenFont.CellHeight;
            var version = guest.Screen.VersionOf(line);
            if (version == _sent[line] || top + ScreenFont.CellHeight <= wanted.Y || top >= wanted.Y + wanted.Height) continue;
            var rows = guest.Screen.Draw(line, _size.Width, pixels);
            var (first, last) = (Math.Max(0, wanted.Y - top), Math.Min(rows, wanted.Y + wanted.Height - top));
            if (first >= last) continue;
            message.AddPixels(left, top + first, right - left, last - first, pixels.AsSpan(first * _size.Width), _size.Width);
            if (left == 0 && right == _size.Width && first == 0 && last == rows) _sent[line] = version;
        }
    }
}
