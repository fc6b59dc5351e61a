using System.Buffers.Binary;

namespace XoBlazor.Simulator.Consoles;

/// <summary>How a client wants its pixels (RFC 6143 §7.4). True colour only: with a palette all is sent as if it were true colour.</summary>
internal readonly record struct PixelFormat(int BitsPerPixel, bool IsBigEndian, int RedMax, int GreenMax, int BlueMax, int RedShift, int GreenShift, int BlueShift)
{
    public const int Size = 16;

    /// <summary>What a client gets that asks for nothing else: 32 bits, little endian, blue first.</summary>
    public static PixelFormat Native { get; } = new(32, false, 255, 255, 255, 16, 8, 0);

    public int BytesPerPixel => BitsPerPixel / 8;

    /// <exception cref="InvalidDataException">No pixels can be of that kind.</exception>
    public static PixelFormat Read(ReadOnlySpan<byte> bytes)
    {
        var format = new PixelFormat(
            bytes[0], bytes[2] != 0, BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]),
            bytes[10], bytes[11], bytes[12]);
        return format.BitsPerPixel is 8 or 16 or 32 && Math.Max(format.RedShift, Math.Max(format.GreenShift, format.BlueShift)) < format.BitsPerPixel
            ? format : throw new InvalidDataException("no such pixel format");
    }

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        (bytes[0], bytes[1], bytes[2], bytes[3]) = ((byte)BitsPerPixel, 24, (byte)(IsBigEndian ? 1 : 0), 1);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)RedMax);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)GreenMax);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], (ushort)BlueMax);
        (bytes[10], bytes[11], bytes[12]) = ((byte)RedShift, (byte)GreenShift, (byte)BlueShift);
    }

    /// <summary>Writes pixels given as 0xRRGGBB.</summary>
    public void Encode(ReadOnlySpan<uint> pixels, Span<byte> bytes)
    {
        for (var index = 0; index < pixels.Length; index++)
        {
            var pixel = pixels[index];
            var value = (Scale(pixel >> 16, RedMax) << RedShift) | (Scale(pixel >> 8, GreenMax) << GreenShift) | (Scale(pixel, BlueMax) << BlueShift);
            var at = bytes[(index * BytesPerPixel)..];
            switch (BytesPerPixel)
            {
                case 1:
                    at[0] = (byte)value;
                    break;
                case 2 when IsBigEndian:
                    BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)value);
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)value);
                    break;
                default:
                    if (IsBigEndian) BinaryPrimitives.WriteUInt32BigEndian(at, value);
                    else BinaryPrimitives.WriteUInt32LittleEndian(at, value);
                    break;
            }
        }
    }

    private static uint Scale(uint colour, int max) => (uint)((colour & 0xFF) * max / 255);
}
