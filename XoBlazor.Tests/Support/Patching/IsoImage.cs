using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>A disc image with files in its root, as small as ISO 9660 lets one be.</summary>
internal static class IsoImage
{
    private const int Sector = 2048;
    private const int Root = 18;

    /// <param name="padding">Bytes of nothing behind the last file, to make it as large as wanted.</param>
    public static byte[] Of(int padding, params IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var next = Root + 1;
        var records = new List<byte[]> { Record("\0", Root, Sector, isDirectory: true), Record("\u0001", Root, Sector, isDirectory: true) };
        var placed = new List<(int Start, byte[] Content)>();
        foreach (var (name, content) in files)
        {
            records.Add(Record($"{name.ToUpperInvariant()};1", next, content.Length, isDirectory: false));
            placed.Add((next, content));
            next += (content.Length + Sector - 1) / Sector;
        }

        var image = new byte[(next * Sector) + padding];
        Descriptor(image.AsSpan(16 * Sector, Sector), next);
        "CD001\u0001"u8.CopyTo(image.AsSpan((17 * Sector) + 1));
        image[17 * Sector] = 255;
        var position = Root * Sector;
        foreach (var record in records)
        {
            record.CopyTo(image, position);
            position += record.Length;
        }

        foreach (var (start, content) in placed)
            content.CopyTo(image, start * Sector);
        return image;
    }

    private static void Descriptor(Span<byte> sector, int sectors)
    {
        sector[0] = 1;
        "CD001"u8.CopyTo(sector[1..]);
        sector[6] = 1;
        sector[8..72].Fill((byte)' ');
        "UPDATE"u8.CopyTo(sector[40..]);
        Both(sector[80..], sectors);
        BinaryPrimitives.WriteInt16LittleEndian(sector[128..], Sector);
        BinaryPrimitives.WriteInt16BigEndian(sector[130..], Sector);
        Record("\0", Root, Sector, isDirectory: true).CopyTo(sector[156..]);
        sector[881] = 1;
    }

    private static byte[] Record(string name, int start, int length, bool isDirectory)
    {
        var record = new byte[33 + name.Length + (name.Length % 2 == 0 ? 1 : 0)];
        record[0] = (byte)record.Length;
        Both(record.AsSpan(2), start);
        Both(record.AsSpan(10), length);
        record[25] = (byte)(isDirectory ? 2 : 0);
        record[28] = 1;
        record[31] = 1;
        record[32] = (byte)name.Length;
        Encoding.ASCII.GetBytes(name).CopyTo(record, 33);
        return record;
    }

    /// <summary>Numbers stand twice, the small end first and the big end first.</summary>
    private static void Both(Span<byte> at, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(at, number);
        BinaryPrimitives.WriteInt32BigEndian(at[4..], number);
    }
}
