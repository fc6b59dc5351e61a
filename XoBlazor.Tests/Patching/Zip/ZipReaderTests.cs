using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Zip;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Patching.Zip;

/// <summary>The zips of updates: those that are as they should be, and those that lie.</summary>
public sealed class ZipReaderTests
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 300_000).Select(number => (byte)(number * 7919 >> 5))];

    private static RawEntry Update => new("XS82E001.iso", s_content);

    private static RawEntry Sources => new("XS82E001-src-pkgs.tar.bz2", [1, 2, 3, 4, 5]);

    [Fact]
    public async Task Read_OfAnotherProgramsZip_GivesTheFileAndNothingElse()
    {
        var archive = XoBlazor.Tests.Support.Patching.Zip.Of(("readme.txt", "hello"u8.ToArray()), ("updates/XS82E001.ISO", s_content), ("XS82E001-src-pkgs.tar.bz2", new byte[100_000]));

        Assert.Equal(("XS82E001.ISO", s_content.Length), await ReadAsync(archive));
    }

    public static TheoryData<string> Honest => new(s_honest.Keys);

    [Theory]
    [MemberData(nameof(Honest))]
    public async Task Read_OfAnHonestZip_GivesTheFile(string form) => Assert.Equal(("XS82E001.iso", s_content.Length), await ReadAsync(s_honest[form]()));

    private static readonly Dictionary<string, Func<byte[]>> s_honest = new()
    {
        ["deflated, with others"] = () => new RawZip().Add(Sources).Add(Update).Add(Sources with { Name = "more" }).End(),
        ["stored"] = () => new RawZip().Add(Update with { Method = 0 }).End(),
        ["sizes in front and behind"] = () => new RawZip().Add(Update with { Flags = 8 }).Add(Sources with { Flags = 8 }).End(),
        ["checksum behind only"] = () => new RawZip().Add(Update with { Flags = 8, ToldCrc = 0 }).End(),
        ["sizes of eight bytes"] = () => new RawZip().Add(Update with { IsLarge = true }).End(isLarge: true),
        ["sizes of eight bytes, behind, too"] = () => new RawZip().Add(Update with { IsLarge = true, Flags = 8 }).End(isLarge: true),
        ["a folder"] = () => new RawZip().Add(new("sub/", []) { Method = 0 }).Add(Update).End(),
    };

    public static TheoryData<string> Lies => new(s_lies.Keys);

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Read_OfAZipThatLies_IsRefusedInWords(string lie)
    {
        var (archive, words) = s_lies[lie];

        var refusal = await Assert.ThrowsAsync<PatchingException>(() => ReadAsync(archive()));

        Assert.StartsWith("The zip is refused: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, (Func<byte[]> Archive, string Words)> s_lies = new()
    {
        ["nothing"] = (() => [], "ends in the middle"),
        ["no zip"] = (() => "<html><body>Sign in</body></html>"u8.ToArray(), "does not begin as one"),
        ["junk in front"] = (() => new RawZip().Junk(1, 2, 3).Add(Update).End(), "does not begin as one"),
        ["junk between"] = (() => new RawZip().Add(Sources).Junk(1, 2, 3).Add(Update).End(), "is no part of one"),
        ["junk behind"] = (() => new RawZip().Add(Update).End(behind: [1]), "stands behind its end"),
        ["no update"] = (() => new RawZip().Add(Sources).End(), "no .iso in it"),
        ["nothing in it"] = (() => new RawZip().End(), "no .iso in it"),
        ["two updates"] = (() => new RawZip().Add(Update).Add(Update with { Name = "b.iso" }).End(), "several files in it that could be meant, XS82E001.iso and b.iso"),
        ["encrypted"] = (() => new RawZip().Add(Update with { Flags = 1 }).End(), "encrypted"),
        ["strongly encrypted"] = (() => new RawZip().Add(Update with { Method = 99 }).End(), "encrypted"),
        ["packed otherwise"] = (() => new RawZip().Add(Update with { Method = 12 }).End(), "method 12"),
        ["a way up"] = (() => new RawZip().Add(Update with { Name = "../XS82E001.iso" }).End(), "name of a file"),
        ["a way from the root"] = (() => new RawZip().Add(Sources with { Name = "/etc/passwd" }).Add(Update).End(), "name of a file"),
        ["a way of Windows"] = (() => new RawZip().Add(Update with { Name = "C:\\XS82E001.iso" }).End(), "name of a file"),
        ["a name with a line"] = (() => new RawZip().Add(Update with { Name = "a\nb.iso" }).End(), "name of a file"),
        ["no name"] = (() => new RawZip().Add(Sources with { Name = "" }).Add(Update).End(), "name of a file"),
        ["a name that is too long"] = (() => new RawZip().Add(Update with { Name = new string('a', 600) + ".iso" }).End(), "name of a file"),
        ["no size in front"] = (() => new RawZip().Add(Update with { Flags = 8, IsSizeUnknown = true }).End(), "does not say before XS82E001.iso how large that is"),
        ["behind it another size"] = (() => new RawZip().Add(Update with { Flags = 8, BehindSize = 1 }).End(), "in front of it and behind it differs"),
        ["behind another file another size"] = (() => new RawZip().Add(Sources with { Flags = 8, BehindSize = 1 }).Add(Update).End(), "in front of it and behind it differs"),
        ["another checksum"] = (() => new RawZip().Add(Update with { ToldCrc = 1, ListedCrc = 1 }).End(), "checksum"),
        ["longer than said"] = (() => new RawZip().Add(Update with { ToldSize = 1000 }).End(), "is longer than it says"),
        ["shorter than said"] = (() => new RawZip().Add(Update with { ToldSize = 400_000 }).End(), "is shorter than it says"),
        ["packed less than said"] = (() => new RawZip().Add(Update with { ToldPacked = Update.Packed.Length + 50 }).End(), "The zip is refused"),
        ["something beside it in its place"] = (() => new RawZip().Add(Update with { Packed = [.. Update.Packed, .. new byte[20_000]] }).End(), "more stands in the place"),
        ["packed more than said"] = (() => new RawZip().Add(Update with { ToldPacked = 100 }).End(), "XS82E001.iso"),
        ["not packed so"] = (() => new RawZip().Add(Update with { Packed = [.. Enumerable.Repeat((byte)0xff, 1000)] }).End(), "cannot be unpacked"),
        ["stored, with two sizes"] = (() => new RawZip().Add(Update with { Method = 0, ToldSize = 5 }).End(), "cannot be"),
        ["a bomb"] = (() => new RawZip().Add(Update with { ToldSize = 1L << 30 }).End(), "a hundred times larger"),
        ["larger than any update"] = (() => new RawZip().Add(Update with { IsLarge = true, ToldSize = 1L << 38 }).End(isLarge: true), "no size that an update can have"),
        ["a size below nothing"] = (() => new RawZip().Add(Update with { IsLarge = true, ToldSize = -5 }).End(isLarge: true), "cannot be"),
        ["empty"] = (() => new RawZip().Add(Update with { Content = [], Method = 0 }).End(), "no size that an update can have"),
        ["large, and does not say how large"] = (() => new RawZip().Add(Update with { ToldSize = uint.MaxValue }).End(), "larger than it then tells"),
        ["the list names it otherwise"] = (() => new RawZip().Add(Update with { ListedName = "other.iso" }).End(), "in its list differs"),
        ["the list has another checksum"] = (() => new RawZip().Add(Update with { ListedCrc = 77 }).End(), "in its list differs"),
        ["the list leaves one out"] = (() => new RawZip().Add(Sources with { IsListed = false }).Add(Update).End(), "leaves files out"),
        ["the list has one more"] = (() => new RawZip().Add(Update).List(Sources, 12).End(), "in its list differs"),
        ["the list has one twice"] = (() => new RawZip().Add(Update).List(Update, 0).End(), "in its list differs"),
        ["the list is elsewhere"] = (() => new RawZip().Add(Update).End(lie: 3), "its own list is not so"),
        ["the large list is elsewhere"] = (() => new RawZip().Add(Update).End(lie: 3, isLarge: true), "its own list is not so"),
        ["too many files"] = (() => Enumerable.Range(0, 1001).Aggregate(new RawZip(), (zip, number) => zip.Add(new($"{number}", []) { Method = 0 })).End(), "more than 1000 files"),
    };

    /// <summary>Wherever it is cut, it is not taken; and whatever is turned over, it is refused or harmless.</summary>
    [Fact]
    public async Task Read_OfAZipCutAnywhere_IsRefused()
    {
        var whole = new RawZip().Add(Sources).Add(new("a.iso", s_content[..500])).Add(Sources with { Name = "b", Flags = 8 }).End();
        var all = (await ReadAsync(whole)).Length;

        for (var length = 0; length < whole.Length; length++)
            Assert.Contains("ends in the middle", (await Assert.ThrowsAsync<PatchingException>(() => ReadAsync(whole[..length]))).Message, StringComparison.Ordinal);
        Assert.Equal(500, all);
    }

    [Fact]
    public async Task Read_OfAZipWithAnyByteTurnedOver_GivesTheSameOrIsRefused()
    {
        var content = s_content[..500];
        var whole = new RawZip().Add(Sources).Add(new("a.iso", content)).End();

        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x55;
            try
            {
                await using var zip = await ZipReader.OpenAsync(new MemoryStream(damaged), ".iso", TestContext.Current.CancellationToken);
                var read = await AllAsync(zip.Content);
                await zip.CompleteAsync(TestContext.Current.CancellationToken);
                Assert.Equal(content, read);
            }
            catch (PatchingException)
            {
                // That is what it is for.
            }
        }
    }

    [Fact]
    public async Task Content_OfAWrongFile_NeverGivesAllOfItsBytes()
    {
        await using var zip = await ZipReader.OpenAsync(new MemoryStream(new RawZip().Add(Update with { ToldCrc = 1, ListedCrc = 1 }).End()), ".iso", TestContext.Current.CancellationToken);
        var (buffer, given) = (new byte[1000], 0);

        await Assert.ThrowsAsync<PatchingException>(async () =>
        {
            while (await zip.Content.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
                given += read;
        });

        Assert.InRange(given, 1, s_content.Length - 1);
    }

    [Fact]
    public void Crc_OfTheStandardsExample_IsTheStandards()
    {
        Crc32 crc = default;
        crc.Add("1234"u8);
        crc.Add("56789"u8);

        Assert.Equal(0xCBF43926, crc.Value);
        Assert.Equal(new RawEntry("", s_content).Crc, CrcOf(s_content));
    }

    [Fact]
    public async Task Read_OfAStreamThatComesInDrops_GivesTheFile()
    {
        var archive = new RawZip().Add(Sources).Add(Update).End();

        await using var zip = await ZipReader.OpenAsync(new Drops(new MemoryStream(archive)), ".iso", TestContext.Current.CancellationToken);
        var read = await AllAsync(zip.Content);
        await zip.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(s_content, read);
    }

    private static uint CrcOf(byte[] bytes)
    {
        Crc32 crc = default;
        crc.Add(bytes);
        return crc.Value;
    }

    private static async Task<(string Name, int Length)> ReadAsync(byte[] archive)
    {
        await using var zip = await ZipReader.OpenAsync(new MemoryStream(archive), ".iso", TestContext.Current.CancellationToken);
        var read = await AllAsync(zip.Content);
        await zip.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(zip.Length, read.Length);
        Assert.True(s_content.AsSpan().StartsWith(read));
        return (zip.Name, read.Length);
    }

    private static async Task<byte[]> AllAsync(Stream content)
    {
        var all = new MemoryStream();
        await content.CopyToAsync(all, TestContext.Current.CancellationToken);
        return all.ToArray();
    }

    /// <summary>Gives seven bytes at a time.</summary>
    private sealed class Drops(Stream source) : ForwardStream(source)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Source.ReadAsync(buffer[..Math.Min(7, buffer.Length)], cancellationToken);
    }
}
