using System.Globalization;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Streams;

/// <summary>Writes a VM as an XVA: what it is, then its disks one after the other, without the zeros in them (xapi-protocol.md §8.2).</summary>
internal sealed class VmExport(PoolSimulator pool, OvaObjects objects, string host, StreamTask task)
{
    /// <summary>
    /// A real host looks through so many zeros in the five seconds after which it sends an empty block, so that nobody takes it for dead. The block takes a
    /// number, but no place on the disk: those after it count one more.
    /// </summary>
    private const int ZerosUntilEmpty = 1700;

    public async Task WriteAsync(Stream output)
    {
        var writer = new XvaWriter(output, task.Token) { ErrsAfter = task.Fault is { Kind: FaultKind.StreamChecksum } fault ? fault.Bytes : null };
        await writer.AddFileAsync("ova.xml", objects.Write());
        var total = objects.Disks.Sum(disk => disk.Vdi.Int("virtual_size"));
        var before = 0L;
        foreach (var (id, vdi) in objects.Disks)
        {
            using var attachment = DiskAttachment.Begin(vdi, host, writes: false);
            var size = vdi.Int("virtual_size");
            await WriteDiskAsync(writer, id, pool.Contents.Of(vdi), size, done => task.Progress((before + done) / (double)total));
            before += size;
        }

        await writer.EndAsync();
    }

    private static async Task WriteDiskAsync(XvaWriter writer, string id, DiskContent content, long size, Action<long> progress)
    {
        var last = (size - 1) / DiskBlock.Size;
        var (zeros, empty) = (0, 0);
        for (var block = 0L; block <= last && size > 0; block++)
        {
            // The first and the last block are there in any case: they tell where a disk begins and ends.
            if (block > 0 && block < last && content.IsZero(block))
            {
                if (++zeros % ZerosUntilEmpty == 0) await writer.AddBlockAsync(NameOf(id, block + empty++), 0);
                continue;
            }

            zeros = 0;
            var length = (int)Math.Min(DiskBlock.Size, size - (block * DiskBlock.Size));
            content.Read(block, writer.Block[..length]);
            await writer.AddBlockAsync(NameOf(id, block + empty), length);
            progress(block * DiskBlock.Size);
        }
    }

    private static string NameOf(string id, long number) => string.Create(CultureInfo.InvariantCulture, $"{id}/{number:D8}");
}
