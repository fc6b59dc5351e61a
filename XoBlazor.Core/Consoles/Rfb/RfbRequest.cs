using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>Messages that the relay makes itself, towards a host (RFC 6143 §7.5).</summary>
internal static class RfbRequest
{
    public static byte[] SetPixelFormat(RfbPixelFormat format)
    {
        var message = new byte[4 + RfbPixelFormat.Length];
        format.Write(message.AsSpan(4));
        return message;
    }

    public static byte[] SetEncodings(IReadOnlyList<int> encodings)
    {
        var message = new byte[4 + (4 * encodings.Count)];
        message[0] = RfbClientMessage.SetEncodings;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)encodings.Count);
        for (var i = 0; i < encodings.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4 + (4 * i)), encodings[i]);
        return message;
    }

    /// <summary>Asks for the whole screen, or for what of it changed.</summary>
    public static byte[] Update(bool isIncremental, RfbSize size)
    {
        var message = new byte[10];
        message[0] = RfbClientMessage.UpdateRequest;
        message[1] = isIncremental ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), size.Width);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), size.Height);
        return message;
    }
}
