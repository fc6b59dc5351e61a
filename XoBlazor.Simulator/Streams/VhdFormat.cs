using System.Buffers.Binary;

namespace XoBlazor.Simulator.Streams;

/// <summary>The headers of a dynamic VHD (Microsoft's "Virtual Hard Disk Image Format Specification"), all numbers big-endian.</summary>
internal static class VhdFormat
{
    public const int Sector = 512;

    public const int FooterSize = 512;

    public const int HeaderSize = 1024;

    /// <summary>What xapi's drivers use.</summary>
    public const int BlockSize = 2 << 20;

    /// <summary>The largest disk the format has, less its own tables, as drivers count it.</summary>
    public const long LargestDisk = 2040L << 30;

    /// <summary>An entry of the block table whose block holds nothing.</summary>
    public const uint Absent = 0xFFFFFFFF;

    private const int Dynamic = 3;
    private const int FooterSumAt = 64;
    private const int HeaderSumAt = 36;

    /// <summary>The bytes of the table for so many blocks, padded to a sector.</summary>
    public static int TableSize(long blocks) => (int)((blocks * 4) + Sector - 1) / Sector * Sector;

    /// <summary>The bytes before a block that tell which of its sectors are there.</summary>
    public static int BitmapSize(int blockSize) => Math.Max(Sector, blockSize / Sector / 8);

    public static void WriteFooter(Span<byte> footer, long size, Guid id)
    {
        footer[..FooterSize].Clear();
        "conectix"u8.CopyTo(footer);
        BinaryPrimitives.WriteUInt32BigEndian(footer[8..], 2);
        BinaryPrimitives.WriteUInt32BigEndian(footer[12..], 0x10000);
        BinaryPrimitives.WriteInt64BigEndian(footer[16..], FooterSize);
        "caml"u8.CopyTo(footer[28..]);
        BinaryPrimitives.WriteUInt32BigEndian(footer[32..], 1);
        BinaryPrimitives.WriteInt64BigEndian(footer[40..], size);
        BinaryPrimitives.WriteInt64BigEndian(footer[48..], size);
        BinaryPrimitives.WriteUInt32BigEndian(footer[56..], Geometry(size / Sector));
        BinaryPrimitives.WriteUInt32BigEndian(footer[60..], Dynamic);
        id.TryWriteBytes(footer[68..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(footer[FooterSumAt..], Sum(footer[..FooterSize], FooterSumAt));
    }

    public static void WriteHeader(Span<byte> header, long blocks)
    {
        header[..HeaderSize].Clear();
        "cxsparse"u8.CopyTo(header);
        BinaryPrimitives.WriteInt64BigEndian(header[8..], -1);
        BinaryPrimitives.WriteInt64BigEndian(header[16..], FooterSize + HeaderSize);
        BinaryPrimitives.WriteUInt32BigEndian(header[24..], 0x10000);
        BinaryPrimitives.WriteUInt32BigEndian(header[28..], (uint)blocks);
        BinaryPrimitives.WriteUInt32BigEndian(header[32..], BlockSize);
        BinaryPrimitives.WriteUInt32BigEndian(header[HeaderSumAt..], Sum(header[..HeaderSize], HeaderSumAt));
    }

    /// <summary>The size of the disk and where its header stands.</summary>
    /// <exception cref="InvalidDataException">The bytes are no footer of a dynamic disk.</exception>
    public static (long Size, long HeaderAt) ReadFooter(ReadOnlySpan<byte> footer)
    {
        if (!footer.StartsWith("conectix"u8) || BinaryPrimitives.ReadUInt32BigEndian(footer[FooterSumAt..]) != Sum(footer[..FooterSize], FooterSumAt))
            throw new InvalidDataException("the stream does not begin as a VHD");
        if (BinaryPrimitives.ReadUInt32BigEndian(footer[60..]) != Dynamic) throw new InvalidDataException("the VHD is not of the dynamic kind");
        return (BinaryPrimitives.ReadInt64BigEndian(footer[48..]), BinaryPrimitives.ReadInt64BigEndian(footer[16..]));
    }

    /// <summary>Where the block table stands, how many entries it has, and how large a block is.</summary>
    /// <exception cref="InvalidDataException">The bytes are no header.</exception>
    public static (long TableAt, uint Blocks, int BlockSize) ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith("cxsparse"u8) || BinaryPrimitives.ReadUInt32BigEndian(header[HeaderSumAt..]) != Sum(header[..HeaderSize], HeaderSumAt))
            throw new InvalidDataException("the VHD's header is damaged");
        var size = BinaryPrimitives.ReadUInt32BigEndian(header[32..]);
        if (size is < DiskBlock.Size or > 64 << 20 || size % DiskBlock.Size != 0) throw new InvalidDataException($"the VHD's blocks of {size} bytes are not supported");
        return (BinaryPrimitives.ReadInt64BigEndian(header[16..]), BinaryPrimitives.ReadUInt32BigEndian(header[28..]), (int)size);
    }

    /// <summary>The complement of the sum of all bytes but those of the sum itself.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes, int sumAt)
    {
        var sum = 0u;
        for (var index = 0; index < bytes.Length; index++)
            if (index < sumAt || index >= sumAt + 4) sum += bytes[index];
        return ~sum;
    }

    /// <summary>Cylinders, heads and sectors as the specification works them out.</summary>
    private static uint Geometry(long sectors)
    {
        sectors = Math.Min(sectors, 65535L * 16 * 255);
        long perTrack = 255, heads = 16;
        if (sectors < 65535L * 16 * 63)
        {
            perTrack = 17;
            heads = Math.Max(4, ((sectors / perTrack) + 1023) / 1024);
            if (sectors / perTrack >= heads * 1024 || heads > 16) (perTrack, heads) = (31, 16);
            if (sectors / perTrack >= heads * 1024) (perTrack, heads) = (63, 16);
        }

        return (uint)((sectors / perTrack / heads << 16) | (heads << 8) | perTrack);
    }
}
