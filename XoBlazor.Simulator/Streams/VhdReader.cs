using System.Buffers.Binary;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams;

/// <summary>Writes what a dynamic VHD holds to a disk, in the order in which it comes.</summary>
internal sealed class VhdReader(Stream input, CancellationToken cancellation)
{
    private long _position;

    /// <exception cref="InvalidDataException">The stream is no VHD, or one that cannot be read from its beginning to its end.</exception>
    /// <exception cref="XapiException">VDI_TOO_SMALL, or what the store refuses.</exception>
    public async Task ReadAsync(DbObject vdi, DiskStore store, Action<double> progress)
    {
        var head = new byte[VhdFormat.HeaderSize];
        await ReadAsync(head.AsMemory(0, VhdFormat.FooterSize));
        var (size, headerAt) = VhdFormat.ReadFooter(head);
        var room = vdi.Int("virtual_size");
        if (size > room) throw new XapiException("VDI_TOO_SMALL", vdi.Ref, $"{size}");
        await SkipToAsync(headerAt);
        await ReadAsync(head);
        var (tableAt, count, blockSize) = VhdFormat.ReadHeader(head);
        if (count > (VhdFormat.LargestDisk / blockSize) + 1) throw new InvalidDataException($"the VHD's table has {count} blocks");
        await SkipToAsync(tableAt);
        var table = new byte[count * 4];
        await ReadAsync(table);
        var blocks = Enumerable.Range(0, (int)count)
            .Select(block => (Block: block, Sector: BinaryPrimitives.ReadUInt32BigEndian(table.AsSpan(block * 4))))
            .Where(entry => entry.Sector != VhdFormat.Absent).OrderBy(entry => entry.Sector).ToList();
        store.Clear(vdi);
        var reader = new BlockReader(blockSize);
        for (var done = 0; done < blocks.Count; done++)
        {
            await SkipToAsync(blocks[done].Sector * (long)VhdFormat.Sector);
            await ReadAsync(reader.Buffer);
            reader.Write(blocks[done].Block, room, vdi, store);
            progress((double)done / blocks.Count);
        }
    }

    private async Task ReadAsync(Memory<byte> buffer)
    {
        await input.ReadExactlyAsync(buffer, cancellation);
        _position += buffer.Length;
    }

    private async Task SkipToAsync(long position)
    {
        if (position < _position) throw new InvalidDataException("the parts of the VHD overlap");
        var waste = new byte[64 << 10];
        while (_position < position)
            await ReadAsync(waste.AsMemory(0, (int)Math.Min(waste.Length, position - _position)));
    }

    /// <summary>One block of the file: which of its sectors are there, and what they hold.</summary>
    private sealed class BlockReader(int blockSize)
    {
        private readonly int _bitmap = VhdFormat.BitmapSize(blockSize);
        private readonly byte[] _scratch = new byte[DiskBlock.Size];

        public byte[] Buffer { get; } = new byte[VhdFormat.BitmapSize(blockSize) + blockSize];

        public void Write(int block, long room, DbObject vdi, DiskStore store)
        {
            for (var sector = 0; sector < blockSize / VhdFormat.Sector; sector++)
                if ((Buffer[sector / 8] & (0x80 >> (sector % 8))) == 0) Buffer.AsSpan(_bitmap + (sector * VhdFormat.Sector), VhdFormat.Sector).Clear();
            for (var offset = 0; offset < blockSize; offset += DiskBlock.Size)
            {
                var start = ((long)block * blockSize) + offset;
                var length = (int)Math.Min(DiskBlock.Size, room - start);
                if (length > 0) store.Write(vdi, start / DiskBlock.Size, Buffer.AsSpan(_bitmap + offset, length), _scratch);
            }
        }
    }
}
