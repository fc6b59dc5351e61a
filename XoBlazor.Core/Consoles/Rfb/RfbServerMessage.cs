using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>What hosts send besides updates (RFC 6143 §7.6).</summary>
internal static class RfbServerMessage
{
    public const byte CutText = 3;

    /// <summary>A clipboard, in whatever form.</summary>
    public static bool IsCutText(ReadOnlySpan<byte> head) => head[0] == CutText;

    /// <summary>A clipboard in the extended form, which only those understand that asked for it.</summary>
    public static bool IsExtendedCutText(ReadOnlySpan<byte> head) => head[0] == CutText && BinaryPrimitives.ReadInt32BigEndian(head[4..]) < 0;
}
