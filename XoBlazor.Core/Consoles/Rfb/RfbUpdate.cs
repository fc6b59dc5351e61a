using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>Messages that the relay makes itself, towards a viewer.</summary>
internal static class RfbUpdate
{
    /// <summary>In place of a number of rectangles: they end with <see cref="RfbEncoding.LastRect"/>.</summary>
    public const ushort UntilLast = 0xFFFF;

    private static readonly byte[] s_untilLast = [0, 0, 0xFF, 0xFF];
    private static readonly byte[] s_one = [0, 0, 0, 1];
    private static readonly byte[] s_last = Rect(new(0, 0, 0, 0, RfbEncoding.LastRect));

    // One black pixel in the corner by Tight's "fill", whose control byte begins all four of its streams anew; the picture that follows paints over it.
    private static readonly byte[] s_freshTight = [0, 0, 0, 1, .. Rect(new(0, 0, 1, 1, RfbEncoding.Tight)), 0x8F, 0, 0, 0];

    /// <summary>Begins an update that ends with <see cref="Last"/>.</summary>
    public static ReadOnlyMemory<byte> BeginUntilLast => s_untilLast;

    /// <summary>Begins an update of one rectangle.</summary>
    public static ReadOnlyMemory<byte> BeginOne => s_one;

    public static ReadOnlyMemory<byte> Last => s_last;

    /// <summary>An update that lets a viewer's Tight decoder begin anew with the host's.</summary>
    public static ReadOnlyMemory<byte> FreshTight => s_freshTight;

    public static byte[] Rect(RfbRect rect)
    {
        var head = new byte[RfbRect.HeadLength];
        rect.Write(head);
        return head;
    }

    /// <summary>An update of these rectangles, heads included.</summary>
    public static byte[] Of(IReadOnlyCollection<byte[]> rects)
    {
        var update = new byte[4 + rects.Sum(rect => rect.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(update.AsSpan(2), (ushort)rects.Count);
        var at = 4;
        foreach (var rect in rects)
        {
            rect.CopyTo(update, at);
            at += rect.Length;
        }

        return update;
    }
}
