using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace XoBlazor.Simulator.Streams;

/// <summary>
/// What a disk that came with its pool holds: blocks made from its uuid, spread evenly over its size, zeros between them. The first block is never
/// zeros: it is where a partition table stands.
/// </summary>
internal sealed record MadeDisk(ulong Seed, long Stride, long Filled)
{
    /// <param name="uuid">The disk's.</param>
    /// <param name="size">Its virtual size in bytes.</param>
    /// <param name="content">How much of it is not zeros, in bytes, at most.</param>
    public static MadeDisk Of(string uuid, long size, long content)
    {
        var blocks = (size + DiskBlock.Size - 1) / DiskBlock.Size;
        var filled = Math.Min(blocks, content / DiskBlock.Size);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(uuid))), filled == 0 ? 1 : blocks / filled, filled);
    }

    public bool IsFilled(long block) => block % Stride == 0 && block / Stride < Filled;
}
