using System.IO.Compression;
using System.Text;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Transfers.Xva;

/// <summary>What is wrong with an export is found while it passes, in whatever pieces it comes.</summary>
public sealed class XvaCheckTests : IDisposable
{
    private const int MiB = XvaFile.MiB;

    private readonly CancellationTokenSource _patience = Patience.Source();

    public void Dispose() => _patience.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(100_003)]
    [InlineData(1 << 30)]
    public async Task Whole_InPiecesOfAnySize_Passes(int piece)
    {
        var xva = XvaFile.Of(("Ref:5", "root", (piece == 1 ? 1 : 3) * MiB - 100), ("Ref:12", "data", 3000));

        Assert.Equal("", await LookAsync(xva.ToBytes(), piece));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Block_ThatIsNotWhatItsChecksumSays_NamesDiskAndBlock(bool isSha1)
    {
        var xva = XvaFile.Of(isSha1, ("Ref:5", "root", 3 * MiB), ("Ref:6", "data", 2 * MiB));
        Assert.Equal("", await LookAsync(xva.ToBytes()));

        xva.Files.Single(file => file.Name == "Ref:6/00000001").Content[77] ^= 1;

        Assert.Contains("the block 1 of the disk data is not what its checksum says", await LookAsync(xva.ToBytes()));
    }

    [Fact]
    public async Task Zeros_LeftOut_AndEmptyBlocks_AreNoDamage()
    {
        var xva = XvaFile.Of(("Ref:5", "root", 9 * MiB));
        var last = xva.Files[^2].Content;
        for (var block = 1; block <= 8; block++)
            xva.Without($"Ref:5/{block:D8}");
        xva.AddBlock("Ref:5/00000004", []);
        xva.AddBlock("Ref:5/00000007", []);
        // Each empty block took a number: the ninth is the eleventh.
        xva.AddBlock("Ref:5/00000010", last);

        Assert.Equal("", await LookAsync(xva.ToBytes()));
    }

    [Theory]
    [InlineData("Ref:5/00000000", "in the disk root the block 0 is missing")]
    [InlineData("Ref:5/00000002", "the disk root ends at its block 2 of 3")]
    [InlineData("Ref:6/00000001", "the disk data ends at its block 1 of 2")]
    public async Task Block_ThatMustBeThereAndIsNot_NamesTheDisk(string missing, string words)
    {
        var xva = XvaFile.Of(("Ref:5", "root", 3 * MiB), ("Ref:6", "data", 2 * MiB)).Without(missing);

        Assert.Contains(words, await LookAsync(xva.ToBytes()));
    }

    [Fact]
    public async Task Disk_ThatDoesNotComeAtAll_IsNamed()
    {
        var xva = XvaFile.Of(("Ref:5", "root", 2 * MiB), ("Ref:6", "data", 1 * MiB)).Without("Ref:6/00000000");

        Assert.Contains("the disk data is missing", await LookAsync(xva.ToBytes()));
    }

    [Fact]
    public async Task Order_ThatIsWrong_IsDamage()
    {
        var xva = XvaFile.Of(("Ref:5", "root", 4 * MiB));
        (xva.Files[3], xva.Files[5]) = (xva.Files[5], xva.Files[3]);
        (xva.Files[4], xva.Files[6]) = (xva.Files[6], xva.Files[4]);

        Assert.Contains("out of order", await LookAsync(xva.ToBytes()));
    }

    [Fact]
    public async Task Checksum_ThatIsNotThere_IsDamage()
    {
        var xva = XvaFile.Of(("Ref:5", "root", 2 * MiB));
        xva.Files.RemoveAt(2);

        Assert.Contains("a block of the disk root has no checksum", await LookAsync(xva.ToBytes()));
    }

    [Theory]
    [InlineData(0.3, "root")]
    [InlineData(0.7, "data")]
    public async Task End_InTheMiddleOfADisk_NamesIt_CompressedOrNot(double part, string disk)
    {
        var bytes = XvaFile.Of(("Ref:5", "root", 2 * MiB), ("Ref:6", "data", 2 * MiB)).ToBytes();
        var zipped = Gzip(bytes);

        Assert.Contains($"in the middle of the disk {disk}", await LookAsync(bytes[..(int)(bytes.Length * part)]));
        Assert.Contains($"in the middle of the disk {disk}", await LookAsync(zipped[..(int)(zipped.Length * part)]));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.99)]
    public async Task End_ThatComesTooEarly_IsDamage(double part)
    {
        var bytes = XvaFile.Of(("Ref:5", "root", 2 * MiB), ("Ref:6", "data", 2 * MiB)).ToBytes();

        Assert.StartsWith("The export is damaged: ", await LookAsync(bytes[..(int)(bytes.Length * part)]));
    }

    [Theory]
    [InlineData("this is no archive")]
    [InlineData("")]
    public async Task Something_Else_IsDamage(string text) =>
        Assert.StartsWith("The export is damaged: ", await LookAsync([.. Encoding.ASCII.GetBytes(text), .. new byte[text.Length * 100]]));

    [Fact]
    public async Task Compressed_IsLookedInto()
    {
        var xva = XvaFile.Of(("Ref:5", "root", 3 * MiB));
        Assert.Equal("", await LookAsync(Gzip(xva.ToBytes())));

        var cut = Gzip(xva.ToBytes());
        xva.Files[3].Content[^1] ^= 1;

        Assert.Contains("the block 1 of the disk root", await LookAsync(Gzip(xva.ToBytes())));
        Assert.StartsWith("The export is damaged: ", await LookAsync(cut[..(cut.Length / 2)]));
    }

    [Theory]
    [InlineData("two-disks.xva", "vm-2 disk")]
    [InlineData("zstd.xva", null)]
    public async Task RealExports_Pass_AndAreSeenThrough(string name, string? disk)
    {
        Assert.SkipWhen(name.StartsWith("zstd", StringComparison.Ordinal) && !ZstdReader.IsThere, "this system has no libzstd");
        var bytes = SharedData.Bytes("data", "xva", name);
        var watch = new XvaWatch();
        await using (watch)
        {
            await watch.AddAsync(bytes, _patience.Token);
            await watch.CompleteAsync();

            Assert.True(watch.IsSeen);
            Assert.Contains(watch.Disks, one => one.Size == 8L << 30 && (disk is null || one.Name == disk) && one.Place == "0");
        }
    }

    [Theory]
    [InlineData("two-disks.xva")]
    [InlineData("zstd.xva")]
    public async Task RealExports_CutOrChanged_AreDamage(string name)
    {
        Assert.SkipWhen(name.StartsWith("zstd", StringComparison.Ordinal) && !ZstdReader.IsThere, "this system has no libzstd");
        var bytes = SharedData.Bytes("data", "xva", name);

        Assert.StartsWith("The export is damaged: ", await LookAsync(bytes[..(bytes.Length * 2 / 3)]));
        bytes[bytes.Length / 2] ^= 0x40;
        Assert.StartsWith("The export is damaged: ", await LookAsync(bytes));
    }

    [Fact]
    public void Bytes_OfAnyKind_NeverFailOtherwise()
    {
        var whole = XvaFile.Of(("Ref:5", "root", MiB + 5), ("Ref:6", "data", 7)).ToBytes();
        using var run = LongRun.Seeded(300, 20_000);
        var random = new Random(run.Seed);
        for (var round = 0; round < run.Rounds; round++)
        {
            var bytes = whole.AsSpan().ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(2) == 0 ? random.Next(8192) : random.Next(bytes.Length)] = (byte)random.Next(256);
            using var check = new XvaCheck();
            try
            {
                check.Add(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length));
                check.Complete();
            }
            catch (XvaDamagedException damaged)
            {
                Assert.StartsWith("The export is damaged: ", damaged.Message);
            }
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    /// <summary>What is said of it; nothing for what is whole.</summary>
    private async Task<string> LookAsync(byte[] bytes, int piece = 100_000)
    {
        await using var watch = new XvaWatch();
        try
        {
            for (var at = 0; at < bytes.Length; at += piece)
                await watch.AddAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), _patience.Token);
            await watch.CompleteAsync();
            return "";
        }
        catch (XvaDamagedException damaged)
        {
            return damaged.Message;
        }
    }
}
