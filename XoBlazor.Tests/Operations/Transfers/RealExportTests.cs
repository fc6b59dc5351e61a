using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Simulator.Streams.Zstd;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Simulator.Streams;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>Exports of a real host come in by the server, are what they were, and go out again so, in every compression.</summary>
public sealed class RealExportTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData("two-disks.xva", "none")]
    [InlineData("two-disks.xva", "zstd")]
    [InlineData("zstd.xva", "gzip")]
    [InlineData("zstd.xva", "zstd")]
    public async Task RealExport_ComesInAndGoesOut_BlockByBlock(string name, string compression)
    {
        Assert.SkipUnless(ZstdReader.IsThere, "this system has no libzstd");
        var real = SharedData.Bytes("data", "xva", name);
        await using var pools = await TwoPools.StartAsync();
        var files = Archive.Read(await PlainAsync(real, pools.Token));

        var import = await pools.RunAsync("sr.import_vm", SharedOf(pools.From), new() { ["name"] = "real" }, end: new TransferSource(new MemoryStream(real), real.Length, CancellationToken.None));
        Assert.True(import is { End: OperationEnd.Succeeded, HasNotes: false }, import.Message);
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vm>(import.Made!.Value.Uuid) is { NameLabel: "real", CurrentOperations.Count: 0 });
        var vm = pools.From.GetByUuid<Vm>(import.Made!.Value.Uuid)!;
        using var sent = new MemoryStream();
        var export = await pools.RunAsync("vm.export", vm, new() { ["compression"] = compression }, end: new TransferTarget((_, _) => Task.FromResult<Stream>(sent), CancellationToken.None));
        Assert.True(export is { End: OperationEnd.Succeeded, HasNotes: false }, export.Message);

        // Of the disk's place in the archive nothing is kept; what stands where on it, and its sum, is the same.
        var again = sent.ToArray();
        Assert.Equal(compression, again switch { [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd", [0x1F, 0x8B, ..] => "gzip", _ => "none" });
        Assert.Equal(Blocks(files), Blocks(Archive.Read(await PlainAsync(again, pools.Token))));
        var disk = pools.From.DisksOf(vm).Single(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }).Vdi!;
        Assert.Equal(8L << 30, disk.VirtualSize);
        AssertContent(pools, disk, files);
    }

    /// <summary>What the archive has stands on the disk, and nothing else does.</summary>
    private static void AssertContent(TwoPools pools, Vdi disk, IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var content = pools.Source.Simulator.Contents.Of(pools.Source.Simulator.Db.GetByUuid("VDI", disk.Uuid));
        var (blocks, bytes) = (Places(files).ToDictionary(), new byte[MiB]);
        for (var block = 0L; block * MiB < disk.VirtualSize; block++)
            if (blocks.TryGetValue(block, out var there))
            {
                content.Read(block, bytes);
                Assert.True(bytes.AsSpan(0, there.Length).SequenceEqual(there), $"block {block}");
            }
            else
            {
                Assert.True(content.IsZero(block), $"block {block}");
            }
    }

    private static List<string> Blocks(IReadOnlyList<(string Name, byte[] Bytes)> files) =>
        [.. Places(files).Select(one => $"{one.Key} {one.Value.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(one.Value))}")];

    /// <summary>The blocks of the only disk by their places. An empty one says that the host lives; it takes a number, and no place.</summary>
    private static IEnumerable<KeyValuePair<long, byte[]>> Places(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var empty = 0;
        foreach (var (name, bytes) in files.Where(file => file.Name.StartsWith("Ref:", StringComparison.Ordinal) && char.IsAsciiDigit(file.Name[^1])))
            if (bytes.Length == 0)
                empty++;
            else
                yield return new(long.Parse(name.Split('/')[1], CultureInfo.InvariantCulture) - empty, bytes);
    }

    private static async Task<byte[]> PlainAsync(byte[] archive, CancellationToken token)
    {
        if (archive is [0x1F, 0x8B, ..])
            return Archive.Decompress(archive);
        if (archive is not [0x28, 0xB5, 0x2F, 0xFD, ..])
            return archive;
        await using var reader = new ZstdDecompressor(new MemoryStream(archive));
        using var plain = new MemoryStream();
        await reader.CopyToAsync(plain, token);
        return plain.ToArray();
    }

    private static Sr SharedOf(PoolPicture pool) => pool.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso");
}
