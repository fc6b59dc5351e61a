using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>The head of one rectangle of an update (RFC 6143 §7.6.1), sizes in pixels.</summary>
internal readonly record struct RfbRect(ushort X, ushort Y, ushort Width, ushort Height, int Encoding)
{
    /// <summary>In bytes.</summary>
    public const int HeadLength = 12;

    public static RfbRect Read(ReadOnlySpan<byte> head) => new(
        BinaryPrimitives.ReadUInt16BigEndian(head), BinaryPrimitives.ReadUInt16BigEndian(head[2..]), BinaryPrimitives.ReadUInt16BigEndian(head[4..]),
        BinaryPrimitives.ReadUInt16BigEndian(head[6..]), BinaryPrimitives.ReadInt32BigEndian(head[8..]));

    public void Write(Span<byte> head)
    {
        BinaryPrimitives.WriteUInt16BigEndian(head, X);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], Y);
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], Width);
        BinaryPrimitives.WriteUInt16BigEndian(head[6..], Height);
        BinaryPrimitives.WriteInt32BigEndian(head[8..], Encoding);
    }
}
