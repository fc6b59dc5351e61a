using System.Buffers;
using XoBlazor.Core.Consoles.Rfb;

namespace XoBlazor.Core.Consoles;

/// <summary>One line to a host's screen, from its greeting to its end, and what is known of the screen. Guarded by the session's gate.</summary>
internal sealed class ScreenLink(ConsoleLine line, RfbSize size)
{
    private const int MostKept = 64 * 1024;

    private ArrayBufferWriter<byte>? _capture;

    public ConsoleLine Line => line;

    public RfbServerReader Reader { get; } = new();

    /// <summary>What was handed on whole ends between two messages.</summary>
    public bool IsBetween { get; set; } = true;

    public RfbSize Size { get; set; } = size;

    public RfbPixelFormat Format { get; set; }

    /// <summary>Nothing was asked for yet.</summary>
    public bool IsFresh { get; set; } = true;

    /// <summary>Several look, or did: only what anybody can read from any moment on is asked for.</summary>
    public bool IsShared { get; set; }

    /// <summary>The viewer that has got everything since the line began, and so can read the encodings with a state; null when there is none.</summary>
    public ScreenViewer? InStep { get; set; }

    /// <summary>The encodings that were asked for last.</summary>
    public IReadOnlyList<int> Asked { get; set; } = [];

    /// <summary>One of them at least has a history.</summary>
    public bool IsCompressed { get; set; }

    /// <summary>What takes its place as soon as the host is between two messages.</summary>
    public ScreenLink? Successor { get; set; }

    /// <summary>No other could take its place, for those who look now.</summary>
    public bool IsToStay { get; set; }

    /// <summary>An update was asked for and has not come.</summary>
    public bool IsAsked { get; set; }

    /// <summary>When the whole screen was asked for last; null for never.</summary>
    public long? AskedAll { get; set; }

    /// <summary>What hosts say once, and a later viewer has to hear as well: the pointer, the keys' kind, the lamps, the screens; each a rectangle with its head.</summary>
    public SortedDictionary<int, byte[]> Facts { get; } = [];

    /// <summary>Notes a rectangle's beginning.</summary>
    public void Begin(RfbRect rect)
    {
        if (RfbEncoding.IsResize(rect.Encoding) && (rect.Encoding == RfbEncoding.DesktopSize || rect.Y == 0))
            Size = RfbSize.Checked(rect.Width, rect.Height);
        _capture = null;
        if (rect.Encoding is not (RfbEncoding.Cursor or RfbEncoding.VmwareCursor or RfbEncoding.QemuKeyEvent or RfbEncoding.QemuLedState or RfbEncoding.ExtendedDesktopSize))
            return;
        _capture = new(RfbRect.HeadLength + 64);
        rect.Write(_capture.GetSpan(RfbRect.HeadLength));
        _capture.Advance(RfbRect.HeadLength);
    }

    public void Body(ReadOnlySpan<byte> bytes)
    {
        // A pointer larger than any is shown once and not kept.
        if (_capture?.WrittenCount + bytes.Length > MostKept)
            _capture = null;
        _capture?.Write(bytes);
    }

    public void End(RfbRect rect)
    {
        if (_capture is null)
            return;
        var fact = _capture.WrittenSpan.ToArray();
        // Whoever comes later did not ask for this size: it is the screen's own.
        if (rect.Encoding == RfbEncoding.ExtendedDesktopSize)
            new RfbRect(0, 0, Size.Width, Size.Height, rect.Encoding).Write(fact);
        if (rect.Encoding is RfbEncoding.Cursor or RfbEncoding.VmwareCursor)
        {
            // One takes the other's place.
            Facts.Remove(RfbEncoding.Cursor);
            Facts.Remove(RfbEncoding.VmwareCursor);
        }

        Facts[rect.Encoding] = fact;
        _capture = null;
    }
}
