using System.Buffers.Binary;

namespace XoBlazor.Simulator.Streams;

/// <summary>Writes a disk as a dynamic VHD in which only the blocks are that hold something.</summary>
internal static class VhdWriter
{
    private const int MebibytesPerBlock = VhdFormat.BlockSize / DiskBlock.Size;

    public static async Task WriteAsync(DiskContent content, long size, Guid id, Stream output, Action<double> progress, CancellationToken cancellation)
    {
        var blocks = (size + VhdFormat.BlockSize - 1) / VhdFormat.BlockSize;
        var head = new byte[VhdFormat.FooterSize + VhdFormat.HeaderSize + VhdFormat.TableSize(blocks)];
        VhdFormat.WriteFooter(head, size, id);
        VhdFormat.WriteHeader(head.AsSpan(VhdFormat.FooterSize), blocks);
        WriteTable(content, blocks, head.AsSpan(VhdFormat.FooterSize + VhdFormat.HeaderSize), head.Length);
        await output.WriteAsync(head, cancellation);
        var bitmap = VhdFormat.BitmapSize(VhdFormat.BlockSize);
        var buffer = new byte[bitmap + VhdFormat.BlockSize];
        buffer.AsSpan(0, bitmap).Fill(0xFF);
        for (var block = 0L; block < blocks; block++)
        {
            if (!Holds(content, block)) continue;
            for (var part = 0; part < MebibytesPerBlock; part++)
                content.Read((block * MebibytesPerBlock) + part, buffer.AsSpan(bitmap + (part * DiskBlock.Size), DiskBlock.Size));
            await output.WriteAsync(buffer, cancellation);
            progress((double)block / blocks);
        }

        await output.WriteAsync(head.AsMemory(0, VhdFormat.FooterSize), cancellation);
    }

    private static void WriteTable(DiskContent content, long blocks, Span<byte> table, int start)
    {
        table.Fill(0xFF);
        var sector = (uint)(start / VhdFormat.Sector);
        for (var block = 0; block < blocks; block++)
        {
            if (!Holds(content, block)) continue;
            BinaryPrimitives.WriteUInt32BigEndian(table[(block * 4)..], sector);
            sector += (uint)((VhdFormat.BitmapSize(VhdFormat.BlockSize) + VhdFormat.BlockSize) / VhdFormat.Sector);
        }
    }

    private static bool Holds(DiskContent content, long block)
    {
        for (var part = 0; part < MebibytesPerBlock; part++)
            if (!content.IsZero((block * MebibytesPerBlock) + part)) return true;
        return false;
    }
}
