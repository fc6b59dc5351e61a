using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>Reads the root of a FAT16 volume as a guest does, from its boot sector on; written from the format's description, not from our writer.</summary>
internal static class FatReader
{
    public static (string Label, Dictionary<string, string> Files) Read(byte[] image)
    {
        ushort Word(int at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at));
        Assert.Equal(0xAA55, Word(510));
        var (sector, perCluster, reserved, tables, entries, perTable) = (Word(11), image[13], Word(14), image[16], Word(17), Word(22));
        var (fat, root) = (reserved * sector, (reserved + (tables * perTable)) * sector);
        var data = root + (entries * 32);
        var clusters = ((Word(19) * sector) - data) / (sector * perCluster);
        Assert.InRange(clusters, 4085, 65524);
        Assert.Equal(image.AsSpan(fat, perTable * sector), image.AsSpan(fat + (perTable * sector), perTable * sector));

        var (label, longName, files) = ("", "", new Dictionary<string, string>());
        for (var at = root; image[at] != 0; at += 32)
        {
            var attributes = image[at + 11];
            if (attributes == 0x0F)
            {
                longName = LongPart(image.AsSpan(at, 32)) + longName;
                continue;
            }

            var shortName = Encoding.ASCII.GetString(image, at, 11);
            if ((attributes & 0x08) != 0)
            {
                label = shortName.TrimEnd();
                continue;
            }

            var content = new List<byte>();
            for (int cluster = Word(at + 26); cluster is >= 2 and < 0xFFF8; cluster = Word(fat + (cluster * 2)))
                content.AddRange(image.AsSpan(data + ((cluster - 2) * sector * perCluster), sector * perCluster));
            var size = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(at + 28));
            files[longName.Length > 0 ? longName : shortName.TrimEnd()] = Encoding.UTF8.GetString([.. content.Take(size)]);
            longName = "";
        }

        return (label, files);
    }

    private static string LongPart(ReadOnlySpan<byte> entry)
    {
        byte[] letters = [.. entry[1..11], .. entry[14..26], .. entry[28..32]];
        var text = Encoding.Unicode.GetString(letters);
        return text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text;
    }
}
