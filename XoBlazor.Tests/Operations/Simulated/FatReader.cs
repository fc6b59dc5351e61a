using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>Reads a FAT16 volume as a guest does, from its boot sector on; written from the format's description, not from our writer.</summary>
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

        var (label, files) = ("", new Dictionary<string, string>());
        ReadFolder(image.AsSpan(root, entries * 32).ToArray(), "");
        return (label, files);

        byte[] Chain(int first)
        {
            var content = new List<byte>();
            for (var cluster = first; cluster is >= 2 and < 0xFFF8; cluster = Word(fat + (cluster * 2)))
                content.AddRange(image.AsSpan(data + ((cluster - 2) * sector * perCluster), sector * perCluster));
            return [.. content];
        }

        void ReadFolder(byte[] folder, string path)
        {
            var longName = "";
            for (var at = 0; at < folder.Length && folder[at] != 0; at += 32)
            {
                var attributes = folder[at + 11];
                if (attributes == 0x0F)
                {
                    longName = LongPart(folder.AsSpan(at, 32)) + longName;
                    continue;
                }

                var shortName = Encoding.ASCII.GetString(folder, at, 11);
                var name = path + (longName.Length > 0 ? longName : shortName.TrimEnd());
                longName = "";
                var content = Chain(BinaryPrimitives.ReadUInt16LittleEndian(folder.AsSpan(at + 26)));
                if ((attributes & 0x08) != 0)
                    label = shortName.TrimEnd();
                else if ((attributes & 0x10) == 0)
                    files[name] = Encoding.UTF8.GetString(content, 0, BinaryPrimitives.ReadInt32LittleEndian(folder.AsSpan(at + 28)));
                else if (shortName[0] != '.')
                    ReadFolder(content, name + "/");
            }
        }
    }

    private static string LongPart(ReadOnlySpan<byte> entry)
    {
        byte[] letters = [.. entry[1..11], .. entry[14..26], .. entry[28..32]];
        var text = Encoding.Unicode.GetString(letters);
        return text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text;
    }
}
