using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>
/// How pixels lie in memory (RFC 6143 §7.4). Always 32 bits with 8 for each colour, so that the length of everything is known; which byte is which colour may
/// differ from viewer to viewer.
/// </summary>
internal readonly record struct RfbPixelFormat(bool IsBigEndian, byte Red, byte Green, byte Blue)
{
    /// <summary>In bytes, as sent.</summary>
    public const int Length = 16;

    /// <summary>In bytes, of one pixel.</summary>
    public const int PixelBytes = 4;

    /// <summary>In bytes, of one pixel within Tight, which leaves the unused one out.</summary>
    public const int TightPixelBytes = 3;

    private const byte Bits = 32;
    private const byte Depth = 24;
    private const ushort Most = 255;

    /// <summary>What noVNC asks for: red first.</summary>
    public static RfbPixelFormat Usual { get; } = new(false, 0, 8, 16);

    /// <summary>The format, when it is one of those that are relayed.</summary>
    public static RfbPixelFormat? Read(ReadOnlySpan<byte> sent)
    {
        var isFullColour = sent[0] == Bits && sent[1] == Depth && sent[3] != 0 && BinaryPrimitives.ReadUInt16BigEndian(sent[4..]) == Most
            && BinaryPrimitives.ReadUInt16BigEndian(sent[6..]) == Most && BinaryPrimitives.ReadUInt16BigEndian(sent[8..]) == Most;
        var format = new RfbPixelFormat(sent[2] != 0, sent[10], sent[11], sent[12]);
        return isFullColour && IsWhole(format.Red) && IsWhole(format.Green) && IsWhole(format.Blue)
            && format.Red != format.Green && format.Green != format.Blue && format.Red != format.Blue ? format : null;
    }

    public void Write(Span<byte> to)
    {
        to[..Length].Clear();
        (to[0], to[1], to[2], to[3]) = (Bits, Depth, IsBigEndian ? (byte)1 : (byte)0, 1);
        BinaryPrimitives.WriteUInt16BigEndian(to[4..], Most);
        BinaryPrimitives.WriteUInt16BigEndian(to[6..], Most);
        BinaryPrimitives.WriteUInt16BigEndian(to[8..], Most);
        (to[10], to[11], to[12]) = (Red, Green, Blue);
    }

    private static bool IsWhole(byte shift) => shift is 0 or 8 or 16 or 24;
}
