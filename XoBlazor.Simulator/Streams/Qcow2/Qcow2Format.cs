using System.Buffers.Binary;

namespace XoBlazor.Simulator.Streams.Qcow2;

/// <summary>The header and tables of a qcow2 image (QEMU's <c>docs/interop/qcow2</c>), all numbers big-endian.</summary>
internal static class Qcow2Format
{
    /// <summary>QEMU's own choice of a cluster, in bytes, as a power of two.</summary>
    public const int ClusterBits = 16;

    public const int ClusterSize = 1 << ClusterBits;

    public const int EntrySize = 8;

    /// <summary>Of an entry whose cluster nobody else uses.</summary>
    public const ulong Copied = 1UL << 63;

    public const int HeaderSize = 104;

    private const uint Magic = 0x514649FB;
    private const ulong Compressed = 1UL << 62;
    private const ulong Zero = 1;
    private const ulong Offset = 0x00FF_FFFF_FFFF_FE00;

    public static void WriteHeader(Span<byte> header, long size, int level1Size, long level1At, long refcountsAt, int refcountClusters)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], 3);
        BinaryPrimitives.WriteUInt32BigEndian(header[20..], ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], size);
        BinaryPrimitives.WriteInt32BigEndian(header[36..], level1Size);
        BinaryPrimitives.WriteInt64BigEndian(header[40..], level1At);
        BinaryPrimitives.WriteInt64BigEndian(header[48..], refcountsAt);
        BinaryPrimitives.WriteInt32BigEndian(header[56..], refcountClusters);
        // Counts of two bytes each.
        BinaryPrimitives.WriteUInt32BigEndian(header[96..], 4);
        BinaryPrimitives.WriteUInt32BigEndian(header[100..], HeaderSize);
    }

    /// <summary>The size of the disk, that of a cluster as a power of two, and where the first table stands.</summary>
    /// <exception cref="InvalidDataException">The bytes are no header, or one of an image that refers to other files or is encrypted.</exception>
    public static (long Size, int ClusterBits, int Level1Size, long Level1At) ReadHeader(ReadOnlySpan<byte> header)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(header) != Magic) throw new InvalidDataException("the stream does not begin as a qcow2 image");
        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var (bits, size) = (BinaryPrimitives.ReadUInt32BigEndian(header[20..]), BinaryPrimitives.ReadInt64BigEndian(header[24..]));
        var (level1Size, level1At) = (BinaryPrimitives.ReadUInt32BigEndian(header[36..]), BinaryPrimitives.ReadInt64BigEndian(header[40..]));
        if (version is not (2 or 3) || bits is < 9 or > 21 || size <= 0) throw new InvalidDataException("the image's header is damaged");
        if (BinaryPrimitives.ReadInt64BigEndian(header[8..]) != 0) throw new InvalidDataException("the image refers to another file");
        if (BinaryPrimitives.ReadUInt32BigEndian(header[32..]) != 0) throw new InvalidDataException("the image is encrypted");
        if (version == 3 && BinaryPrimitives.ReadUInt64BigEndian(header[72..]) != 0) throw new InvalidDataException("the image has features that are not supported");
        var perEntry = (1L << (int)bits) << ((int)bits - 3);
        if (level1Size != ((size - 1) / perEntry) + 1 || level1At <= 0 || level1At % (1L << (int)bits) != 0) throw new InvalidDataException("the image's first table is damaged");
        return (size, (int)bits, (int)level1Size, level1At);
    }

    /// <summary>Where an entry leads; zero for what is zeros.</summary>
    /// <exception cref="InvalidDataException">To what was compressed.</exception>
    public static long ReadEntry(ReadOnlySpan<byte> entry)
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(entry);
        if ((value & Compressed) != 0) throw new InvalidDataException("the image is compressed");
        return (value & Zero) != 0 ? 0 : (long)(value & Offset);
    }
}
