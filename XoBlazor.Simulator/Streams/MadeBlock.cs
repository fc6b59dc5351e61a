using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace XoBlazor.Simulator.Streams;

/// <summary>
/// A block that is computed, not kept: the same seed and number give the same bytes. It begins with a mark, the seed and the number, so that it is
/// known again wherever a client copies it to, and still takes no memory there.
/// </summary>
internal sealed class MadeBlock(ulong seed, long number) : DiskBlock
{
    private const int HeadSize = 24;
    private const ulong Mark = 0x4B434F4C424D4953;

    public override void CopyTo(Span<byte> buffer) => Fill(seed, number, buffer);

    /// <summary>The block that these bytes are, or null when they are somebody's own.</summary>
    public static MadeBlock? Recognise(ReadOnlySpan<byte> bytes, Span<byte> scratch)
    {
        if (bytes.Length < HeadSize || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Mark) return null;
        var (seed, number) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
        Fill(seed, number, scratch[..bytes.Length]);
        return bytes.SequenceEqual(scratch[..bytes.Length]) ? new(seed, number) : null;
    }

    /// <summary>The beginning of a block. Every fourth block is empty from its middle on, as file systems leave them.</summary>
    public static void Fill(ulong seed, long number, Span<byte> buffer)
    {
        var random = Mix(unchecked(seed + ((ulong)number * 0x9E3779B97F4A7C15)));
        var filled = (random & 6) == 0 ? buffer[..Math.Min(buffer.Length, Size / 2)] : buffer;
        var words = MemoryMarshal.Cast<byte, ulong>(filled);
        for (var index = 0; index < words.Length; index++)
        {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            words[index] = random;
        }

        filled[(words.Length * sizeof(ulong))..].Fill(0x5A);
        buffer[filled.Length..].Clear();
        Span<byte> head = stackalloc byte[HeadSize];
        BinaryPrimitives.WriteUInt64LittleEndian(head, Mark);
        BinaryPrimitives.WriteUInt64LittleEndian(head[8..], seed);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], number);
        head[..Math.Min(HeadSize, buffer.Length)].CopyTo(buffer);
    }

    /// <summary>Spreads a number over all bits; never zero, which the generator could not leave again.</summary>
    private static ulong Mix(ulong number)
    {
        unchecked
        {
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return (number ^ (number >> 31)) | 1;
        }
    }
}
