using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Core.Operations.Vms.CloudInit;

/// <summary>
/// A small FAT16 volume with a few files, as a guest mounts it: enough for a configuration drive, and nothing more. Layout after Microsoft's
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
    private const byte Directory = 0x10;
    private const byte Archive = 0x20;
    private const int LettersPerEntry = 13;

    /// <summary>The most that all files together can hold.</summary>
    public const int Room = Size - DataStart - (16 * Cluster);

    /// <param name="label">At most 11 letters, as the guest looks for it.</param>
    /// <param name="files">By path, such as <c>openstack/latest/user_data</c>; what a folder holds has to fit into one cluster of entries.</param>
    public static byte[] Make(string label, IReadOnlyList<(string Path, byte[] Content)> files)
    {
        var image = new byte[Size];
        WriteBootSector(image, label);
        SetNext(image, 0, 0xFFF8);
        SetNext(image, 1, 0xFFFF);
        WriteShortEntry(image.AsSpan(RootStart), Padded(label, 11), ReadOnlyVolumeLabel, 0, 0);
        WriteFolder(image, RootStart + EntrySize, folder: 0, free: 2, files);
        return image;
    }

    /// <summary>Writes what a folder holds from an entry on, and all below it.</summary>
    /// <param name="folder">The folder's own cluster; 0 for the root.</param>
    /// <param name="free">The first cluster that nothing is in yet.</param>
    /// <returns>The same afterwards.</returns>
    private static int WriteFolder(byte[] image, int entry, int folder, int free, IReadOnlyList<(string Path, byte[] Content)> files)
    {
        var number = 0;
        foreach (var held in files.GroupBy(file => file.Path.Split('/')[0]))
        {
            var shortName = $"FILE{++number}".PadRight(11);
            entry = WriteLongName(image, entry, held.Key, Checksum(shortName));
            var isFolder = held.First().Path != held.Key;
            var content = isFolder ? [] : held.First().Content;
            WriteShortEntry(image.AsSpan(entry), shortName, isFolder ? Directory : Archive, isFolder || content.Length > 0 ? free : 0, content.Length);
            entry += EntrySize;
            var at = At(free);
            if (isFolder)
            {
                SetNext(image, free, 0xFFFF);
                WriteShortEntry(image.AsSpan(at), Padded(".", 11), Directory, free, 0);
                WriteShortEntry(image.AsSpan(at + EntrySize), Padded("..", 11), Directory, folder, 0);
                free = WriteFolder(image, at + (2 * EntrySize), free, free + 1, [.. held.Select(file => (file.Path[(held.Key.Length + 1)..], file.Content))]);
                continue;
            }

            content.CopyTo(image, at);
            var clusters = (content.Length + Cluster - 1) / Cluster;
            for (var c = 0; c < clusters; c++)
                SetNext(image, free + c, c == clusters - 1 ? 0xFFFF : free + c + 1);
            free += clusters;
        }

        return free;
    }

    private static int At(int cluster) => DataStart + ((cluster - 2) * Cluster);

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
