using System.Buffers.Binary;
using System.Text;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Simulator.Patching;

/// <summary>
/// The files in the root of a disc image on a disk: the part of ISO 9660 (ECMA-119) that reading an update takes. Names are compared without case and version,
/// as they stand in the primary volume.
/// </summary>
internal sealed class IsoDisc
{
    private const int Sector = 2048;
    private const int FirstDescriptor = 16;
    private const int MostDescriptors = 32;
    private const int RootRecord = 156;
    private const int Largest = 1 << 20;

    private readonly DiskContent _content;
    private readonly long _size;
    private readonly Dictionary<string, (long Start, int Length)> _files;

    private IsoDisc(DiskContent content, long size, (long Start, int Length) root)
    {
        (_content, _size) = (content, size);
        _files = Directory(Read(root.Start, root.Length));
    }

    /// <exception cref="InvalidDataException">It is no such image, or points outside of the disk.</exception>
    public static IsoDisc Open(DiskContent content, long size)
    {
        var descriptor = new byte[Sector];
        for (var number = FirstDescriptor; number < FirstDescriptor + MostDescriptors && (number + 1L) * Sector <= size; number++)
        {
            Fill(content, (long)number * Sector, descriptor);
            if (!descriptor.AsSpan(1, 5).SequenceEqual("CD001"u8)) break;
            if (descriptor[0] == 1) return new(content, size, Extent(descriptor.AsSpan(RootRecord)));
        }

        throw new InvalidDataException("the disk holds no ISO 9660 volume");
    }

    /// <summary>The content of a file, or null when there is none of that name.</summary>
    public byte[]? Find(string name) => _files.TryGetValue(name, out var file) ? Read(file.Start, file.Length) : null;

    private byte[] Read(long start, int length)
    {
        if (length is < 0 or > Largest || start < 0 || start + length > _size) throw new InvalidDataException("the volume points outside of the disk");
        var bytes = new byte[length];
        Fill(_content, start, bytes);
        return bytes;
    }

    private static Dictionary<string, (long, int)> Directory(ReadOnlySpan<byte> records)
    {
        var files = new Dictionary<string, (long, int)>(StringComparer.OrdinalIgnoreCase);
        for (var position = 0; position < records.Length;)
        {
            int length = records[position];
            if (length == 0)
            {
                // Records do not cross sectors: the rest of this one is empty.
                position = ((position / Sector) + 1) * Sector;
                continue;
            }

            if (length < 34 || position + length > records.Length || 33 + records[position + 32] > length) throw new InvalidDataException("a directory record is cut");
            var record = records.Slice(position, length);
            var isFile = (record[25] & 2) == 0;
            if (isFile) files[Encoding.ASCII.GetString(record.Slice(33, record[32])).Split(';')[0].TrimEnd('.')] = Extent(record);
            position += length;
        }

        return files;
    }

    private static (long Start, int Length) Extent(ReadOnlySpan<byte> record) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(record[2..]) * (long)Sector, BinaryPrimitives.ReadInt32LittleEndian(record[10..]));

    private static void Fill(DiskContent content, long start, Span<byte> buffer)
    {
        var block = new byte[DiskBlock.Size];
        for (var done = 0; done < buffer.Length;)
        {
            var (number, offset) = Math.DivRem(start + done, DiskBlock.Size);
            var count = (int)Math.Min(DiskBlock.Size - offset, buffer.Length - done);
            content.Read(number, block.AsSpan(0, (int)offset + count));
            block.AsSpan((int)offset, count).CopyTo(buffer[done..]);
            done += count;
        }
    }
}
