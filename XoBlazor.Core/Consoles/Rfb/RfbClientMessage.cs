using System.Buffers.Binary;

namespace XoBlazor.Core.Consoles.Rfb;

/// <summary>What viewers send (RFC 6143 §7.5, and QEMU's and TigerVNC's extensions): where each message ends, and which of them change something.</summary>
internal static class RfbClientMessage
{
    public const byte SetPixelFormat = 0;
    public const byte SetEncodings = 2;
    public const byte UpdateRequest = 3;
    public const byte Key = 4;
    public const byte Pointer = 5;
    public const byte CutText = 6;
    public const byte SetDesktopSize = 251;
    public const byte Qemu = 255;

    /// <summary>Encodings that one viewer may name.</summary>
    public const int MostEncodings = 1024;

    private const byte QemuKey = 0;

    /// <summary>
    /// The length of the message that begins here, in bytes; 0 while too little of it is there to say. Fails with <see cref="RfbException"/> for one that is unknown,
    /// or that nobody offered.
    /// </summary>
    public static long LengthOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? 0 : bytes[0] switch
    {
        SetPixelFormat => 4 + RfbPixelFormat.Length,
        SetEncodings => bytes.Length < 4 ? 0 : 4 + (4 * Count(BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))),
        UpdateRequest => 10,
        Key => 8,
        Pointer => 6,
        CutText => bytes.Length < 8 ? 0 : 8 + Math.Abs((long)BinaryPrimitives.ReadInt32BigEndian(bytes[4..])),
        SetDesktopSize => bytes.Length < 8 ? 0 : 8 + (16 * bytes[6]),
        Qemu => bytes.Length < 2 ? 0 : bytes[1] == QemuKey ? 12 : throw new RfbException($"the viewer sends QEMU's message {bytes[1]}, which nobody offered"),
        var other => throw new RfbException($"the viewer sends the message {other}, which nobody offered"),
    };

    /// <summary>It reaches the guest.</summary>
    public static bool IsInput(byte type) => type is Key or Pointer or CutText or SetDesktopSize or Qemu;

    /// <summary>A person's hand shows in it.</summary>
    public static bool IsTouch(byte type) => type is Key or Pointer or Qemu;

    /// <summary>The encodings that a whole <see cref="SetEncodings"/> names, in its order.</summary>
    public static int[] Encodings(ReadOnlySpan<byte> message)
    {
        var encodings = new int[(message.Length - 4) / 4];
        for (var i = 0; i < encodings.Length; i++)
            encodings[i] = BinaryPrimitives.ReadInt32BigEndian(message[(4 + (4 * i))..]);
        return encodings;
    }

    private static int Count(ushort named) => named <= MostEncodings ? named : throw new RfbException($"the viewer names {named} encodings, more than there are");
}
