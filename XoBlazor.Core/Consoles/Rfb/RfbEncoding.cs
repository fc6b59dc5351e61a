namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>
/// The encodings of RFB (RFC 6143 §7.7 and the registry of its community) that the relay lets through: those whose end it can find without decoding them.
/// Any other is left out of what a host is asked for.
/// </summary>
internal static class RfbEncoding
{
    public const int Raw = 0;
    public const int CopyRect = 1;
    public const int Rre = 2;
    public const int Hextile = 5;
    public const int Zlib = 6;
    public const int Tight = 7;
    public const int Zrle = 16;
    public const int TightPng = -260;

    public const int DesktopSize = -223;
    public const int LastRect = -224;
    public const int Cursor = -239;
    public const int QemuKeyEvent = -258;
    public const int QemuLedState = -261;
    public const int ExtendedDesktopSize = -308;
    public const int ExtendedClipboard = unchecked((int)0xC0A1E5CE);
    public const int VmwareCursor = 0x574D5664;

    public static bool IsKnown(int encoding) => IsPicture(encoding)
        || encoding is DesktopSize or LastRect or Cursor or QemuKeyEvent or QemuLedState or ExtendedDesktopSize or ExtendedClipboard or VmwareCursor
        || IsLevel(encoding);

    /// <summary>It carries pixels.</summary>
    public static bool IsPicture(int encoding) => encoding is Raw or CopyRect or Rre or Hextile or TightPng || IsStateful(encoding);

    /// <summary>Compressed by a stream that lasts as long as the connection: whoever has not seen its beginning cannot read on.</summary>
    public static bool IsStateful(int encoding) => encoding is Zlib or Tight or Zrle;

    /// <summary>The size of the frame becomes another.</summary>
    public static bool IsResize(int encoding) => encoding is DesktopSize or ExtendedDesktopSize;

    /// <summary>Told beside the picture, which is the same whether it is told or not.</summary>
    public static bool IsBeside(int encoding) => IsResize(encoding) || encoding is LastRect or QemuKeyEvent or QemuLedState;

    /// <summary>A wish for quality or compression; says nothing of what can be read.</summary>
    private static bool IsLevel(int encoding) => encoding is (>= -32 and <= -23) or (>= -256 and <= -247) or (>= -512 and <= -412) or (>= -768 and <= -763);
}
