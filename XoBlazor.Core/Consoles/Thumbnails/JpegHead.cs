using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Thumbnails;

/// <summary>
/// Whether bytes of a host are a picture that a browser may be given: a whole JPEG (ITU-T T.81 annex B) of a kind that browsers read, no larger than a screen. Its
/// compressed part is not looked at.
/// </summary>
internal static class JpegHead
{
    // As many as the largest screens have (7 680 × 4 320).
    private const int MostPixels = 7680 * 4320;

    private const byte Mark = 0xFF;
    private const byte Begin = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;

    public static bool IsPicture(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes is not [Mark, Begin, .., Mark, End])
            return false;
        var hasFrame = false;
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == Mark)
        {
            var kind = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length)
                return false;
            switch (kind)
            {
                case Scan:
                    return hasFrame;
                // Baseline, extended, progressive; the others are arithmetic, lossless or made of several pictures.
                case 0xC0 or 0xC1 or 0xC2 when !hasFrame && IsScreen(bytes.Slice(at + 4, length - 2)):
                    hasFrame = true;
                    break;
                // Tables, restarts, and what programs note of themselves.
                case 0xC4 or 0xDB or 0xDD or (>= 0xE0 and <= 0xEF) or 0xFE:
                    break;
                default:
                    return false;
            }

            at += 2 + length;
        }

        return false;
    }

    private static bool IsScreen(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6 || frame[0] != 8 || frame[5] is not (1 or 3))
            return false;
        int height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        return width > 0 && height > 0 && width * (long)height <= MostPixels;
    }
}
