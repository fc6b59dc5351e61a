using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams;

/// <summary>Reads the blocks of an XVA into the disks that were made for them. Each block is followed by its checksum; a wrong one is told at the end.</summary>
internal sealed class XvaDisks(PoolSimulator pool, XvaReader reader, StreamTask task)
{
    private const int LongestSum = 64;

    private readonly byte[] _block = new byte[DiskBlock.Size];
    private readonly byte[] _scratch = new byte[DiskBlock.Size];
    private readonly byte[] _sum = new byte[LongestSum];
    private bool _hasErred;

    /// <exception cref="XapiException">Something else comes than the disks, or their contents are not what their checksums say.</exception>
    public async Task ReadAsync(IReadOnlyList<(string Id, DbObject Vdi)> disks, bool ignoresSums)
    {
        var total = disks.Sum(disk => disk.Vdi.Int("virtual_size"));
        var before = 0L;
        foreach (var (id, vdi) in disks)
        {
            var size = vdi.Int("virtual_size");
            await ReadDiskAsync(id, vdi, size, done => task.Progress((before + done) / (double)total));
            before += size;
            var used = pool.Contents.Of(vdi).FilledBlocks * DiskBlock.Size;
            pool.Db.Update(() =>
            {
                vdi["physical_utilisation"] = used;
                if (vdi.Follow("SR", "SR") is { } sr) Disks.Account(sr, 0, used);
            });
        }

        if (_hasErred && !ignoresSums) throw new XapiException("IMPORT_ERROR_SOME_CHECKSUMS_FAILED");
    }

    private async Task ReadDiskAsync(string id, DbObject vdi, long size, Action<long> progress)
    {
        using var attachment = DiskAttachment.Begin(vdi, pool.Db.Coordinator.Ref, writes: true);
        var last = (size - 1) / DiskBlock.Size;
        var empty = 0;
        for (var next = 0L; next <= last && size > 0;)
        {
            if (await reader.NextAsync() is not { } header) throw new XapiException("IMPORT_ERROR_PREMATURE_EOF");
            var number = NumberOf(header, id) - empty;
            var length = (int)Math.Min(DiskBlock.Size, size - (number * DiskBlock.Size));
            // A host that had nothing to send for a while says so with an empty block; it takes a number, but no place on the disk.
            if (number < next || number > last || (header.Size != length && header.Size != 0)) throw Unexpected(id, header);
            await reader.ReadAsync(_block.AsMemory(0, (int)header.Size));
            await CheckAsync(header);
            progress(number * DiskBlock.Size);
            next = number;
            if (header.Size == 0)
            {
                empty++;
                continue;
            }

            pool.Contents.Write(vdi, number, _block.AsSpan(0, length), _scratch);
            next++;
        }
    }

    private async Task CheckAsync(TarHeader block)
    {
        if (await reader.NextAsync() is not { } header) throw new XapiException("IMPORT_ERROR_PREMATURE_EOF");
        var isHash = header.Name == $"{block.Name}.xxhash";
        if ((!isHash && header.Name != $"{block.Name}.checksum") || header.Size > LongestSum)
            throw new XapiException("IMPORT_ERROR_UNEXPECTED_FILE", $"{block.Name}.checksum", header.Name);
        await reader.ReadAsync(_sum.AsMemory(0, (int)header.Size));
        var said = Encoding.ASCII.GetString(_sum, 0, (int)header.Size).Trim();
        _hasErred |= !said.Equals(SumOf(_block.AsSpan(0, (int)block.Size), isHash), StringComparison.OrdinalIgnoreCase);
    }

    // SHA-1 is what older hosts wrote; it finds accidents, nothing is protected by it.
#pragma warning disable CA5350
    private static string SumOf(ReadOnlySpan<byte> block, bool isHash) =>
        isHash ? XxHash64.Hash(block).ToString("X16", CultureInfo.InvariantCulture) : Convert.ToHexString(SHA1.HashData(block));
#pragma warning restore CA5350

    private static long NumberOf(TarHeader header, string id) =>
        header.Name.StartsWith($"{id}/", StringComparison.Ordinal) && long.TryParse(header.Name.AsSpan(id.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw Unexpected(id, header);

    private static XapiException Unexpected(string id, TarHeader header) => new("IMPORT_ERROR_UNEXPECTED_FILE", $"{id}/", header.Name);
}
