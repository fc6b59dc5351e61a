using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Core.Operations.Vms.CloudInit;

/// <summary>
/// A small FAT16 volume with a few files in its root, as a guest mounts it: enough for a configuration drive, and nothing more. Layout after Microsoft's
/// "FAT: General Overview of On-Disk Format": boot sector, two tables, root directory, clusters; long names stand before their short ones.
/// </summary>
internal static class FatImage
{
    /// <summary>Bytes; at this size the number of clusters makes it FAT16, which every guest reads.</summary>
    public const int Size = 10 << 20;

    private const int Sector = 512;
    private const int SectorsPerCluster = 4;
    private const int Cluster = Sector * SectorsPerCluster;
    private const int TableSectors = 20;
    private const int RootEntries = 512;
    private const int EntrySize = 32;
    private const int RootStart = (1 + (2 * TableSectors)) * Sector;
    private const int DataStart = RootStart + (RootEntries * EntrySize);
    private const byte ReadOnlyVolumeLabel = 0x08;
    private const byte LongName = 0x0F;
    private const byte Archive = 0x20;
    private const int LettersPerEntry = 13;

    /// <summary>The most that all files together can hold.</summary>
    public const int Room = Size - DataStart - (16 * Cluster);

    /// <param name="label">At most 11 letters, as the guest looks for it.</param>
    public static byte[] Make(string label, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var image = new byte[Size];
        WriteBootSector(image, label);
        var (entry, cluster) = (RootStart, 2);
        SetNext(image, 0, 0xFFF8);
        SetNext(image, 1, 0xFFFF);
        WriteShortEntry(image.AsSpan(entry), Padded(label, 11), ReadOnlyVolumeLabel, 0, 0);
        entry += EntrySize;
        for (var i = 0; i < files.Count; i++)
        {
            var (name, content) = files[i];
            var shortName = $"FILE{i + 1}".PadRight(11);
            entry = WriteLongName(image, entry, name, Checksum(shortName));
            WriteShortEntry(image.AsSpan(entry), shortName, Archive, content.Length == 0 ? 0 : cluster, content.Length);
            entry += EntrySize;
            content.CopyTo(image, DataStart + ((cluster - 2) * Cluster));
            var clusters = (content.Length + Cluster - 1) / Cluster;
            for (var c = 0; c < clusters; c++)
                SetNext(image, cluster + c, c == clusters - 1 ? 0xFFFF : cluster + c + 1);
            cluster += clusters;
        }

        return image;
    }

    private static void WriteBootSector(Span<byte> image, string label)
    {
        ((ReadOnlySpan<byte>)[0xEB, 0x3C, 0x90]).CopyTo(image);
        Encoding.ASCII.GetBytes("MSDOS5.0", image[3..]);
        BinaryPrimitives.WriteUInt16LittleEndian(image[11..], Sector);
        image[13] = SectorsPerCluster;
        BinaryPrimitives.WriteUInt16LittleEndian(image[14..], 1);
        image[16] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(image[17..], RootEntries);
        BinaryPrimitives.WriteUInt16LittleEndian(image[19..], Size / Sector);
        image[21] = 0xF8;
        BinaryPrimitives.WriteUInt16LittleEndian(image[22..], TableSectors);
        BinaryPrimitives.WriteUInt16LittleEndian(image[24..], 32);
        BinaryPrimitives.WriteUInt16LittleEndian(image[26..], 64);
        image[36] = 0x80;
        image[38] = 0x29;
        BinaryPrimitives.WriteUInt32LittleEndian(image[39..], 0x58424C5A);
        Encoding.ASCII.GetBytes(Padded(label, 11), image[43..]);
        Encoding.ASCII.GetBytes("FAT16   ", image[54..]);
        (image[510], image[511]) = (0x55, 0xAA);
    }

    private static void SetNext(Span<byte> image, int cluster, int next)
    {
        for (var table = 0; table < 2; table++)
            BinaryPrimitives.WriteUInt16LittleEndian(image[(((1 + (table * TableSectors)) * Sector) + (cluster * 2))..], (ushort)next);
    }

    private static void WriteShortEntry(Span<byte> entry, string name, byte attributes, int cluster, int size)
    {
        Encoding.ASCII.GetBytes(name, entry);
        entry[11] = attributes;
        // The first day a FAT knows: the same content makes the same image.
        BinaryPrimitives.WriteUInt16LittleEndian(entry[24..], (1 << 5) | 1);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[26..], (ushort)cluster);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[28..], (uint)size);
    }

    /// <summary>The last part of the name comes first; each part carries the checksum of the short name it belongs to.</summary>
    private static int WriteLongName(byte[] image, int at, string name, byte checksum)
    {
        ReadOnlySpan<int> places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
        var parts = (name.Length + LettersPerEntry - 1) / LettersPerEntry;
        for (var part = parts; part > 0; part--, at += EntrySize)
        {
            var entry = image.AsSpan(at, EntrySize);
            entry[0] = (byte)(part | (part == parts ? 0x40 : 0));
            entry[11] = LongName;
            entry[13] = checksum;
            for (var i = 0; i < LettersPerEntry; i++)
            {
                var letter = ((part - 1) * LettersPerEntry) + i;
                BinaryPrimitives.WriteUInt16LittleEndian(entry[places[i]..], letter < name.Length ? name[letter] : letter == name.Length ? '\0' : '\uFFFF');
            }
        }

        return at;
    }

    private static byte Checksum(string shortName)
    {
        byte sum = 0;
        foreach (var letter in shortName)
            sum = (byte)(((sum & 1) << 7) + (sum >> 1) + letter);
        return sum;
    }

    private static string Padded(string text, int length) => text.PadRight(length)[..length];
}
