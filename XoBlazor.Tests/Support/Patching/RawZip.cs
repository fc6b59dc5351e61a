using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace XoBlazor.Tests.Support.Patching;

/// <summary>Zip files byte by byte, so that they can lie wherever a test wants.</summary>
internal sealed class RawZip
{
    private readonly MemoryStream _archive = new();
    private readonly MemoryStream _directory = new();
    private int _count;

    /// <summary>Puts bytes that belong to nothing at this place.</summary>
    public RawZip Junk(params byte[] bytes)
    {
        _archive.Write(bytes);
        return this;
    }

    /// <summary>Adds a file as it is told.</summary>
    public RawZip Add(RawEntry entry)
    {
        var at = _archive.Position;
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var (packed, size) = (entry.ToldPacked ?? entry.Packed.Length, entry.ToldSize ?? entry.Content.Length);
        var isUnknown = entry.IsSizeUnknown;
        _archive.Write(Numbers(0x04034b50u, (ushort)(entry.IsLarge ? 45 : 20), entry.Flags, entry.Method, 0u, isUnknown ? 0u : entry.ToldCrc ?? entry.Crc,
            entry.IsLarge ? uint.MaxValue : isUnknown ? 0u : (uint)packed, entry.IsLarge ? uint.MaxValue : isUnknown ? 0u : (uint)size, (ushort)name.Length, (ushort)(entry.IsLarge ? 20 : 0)));
        _archive.Write(name);
        if (entry.IsLarge)
            _archive.Write(Numbers((ushort)1, (ushort)16, size, packed));
        _archive.Write(entry.Packed);
        if ((entry.Flags & 8) != 0)
            _archive.Write(entry.IsLarge ? Numbers(0x08074b50u, entry.Crc, packed, entry.BehindSize ?? size) : Numbers(0x08074b50u, entry.Crc, (uint)packed, (uint)(entry.BehindSize ?? size)));
        if (entry.IsListed)
            List(entry, at);
        return this;
    }

    /// <summary>Adds to the list only.</summary>
    public RawZip List(RawEntry entry, long at)
    {
        var name = Encoding.UTF8.GetBytes(entry.ListedName ?? entry.Name);
        _directory.Write(Numbers(0x02014b50u, (ushort)20, (ushort)20, entry.Flags, entry.Method, 0u, entry.ListedCrc ?? entry.Crc, (uint)(entry.ToldPacked ?? entry.Packed.Length),
            (uint)(entry.ToldSize ?? entry.Content.Length), (ushort)name.Length, (ushort)0, (ushort)0, (ushort)0, (ushort)0, 0u, (uint)at));
        _directory.Write(name);
        _count++;
        return this;
    }

    /// <param name="lie">Added to where the list is said to begin.</param>
    /// <param name="isLarge">With an end that counts in eight bytes, too.</param>
    public byte[] End(int lie = 0, bool isLarge = false, params byte[] behind)
    {
        var (at, length) = (_archive.Position, _directory.Length);
        _archive.Write(_directory.ToArray());
        if (isLarge)
        {
            var end = _archive.Position;
            _archive.Write(Numbers(0x06064b50u, 44L, (ushort)45, (ushort)45, 0u, 0u, (long)_count, (long)_count, length, at + lie));
            _archive.Write(Numbers(0x07064b50u, 0u, end, 1u));
            _archive.Write(Numbers(0x06054b50u, (ushort)0, (ushort)0, ushort.MaxValue, ushort.MaxValue, uint.MaxValue, uint.MaxValue, (ushort)0));
        }
        else
        {
            _archive.Write(Numbers(0x06054b50u, (ushort)0, (ushort)0, (ushort)_count, (ushort)_count, (uint)length, (uint)(at + lie), (ushort)0));
        }

        _archive.Write(behind);
        return _archive.ToArray();
    }

    private static byte[] Numbers(params object[] numbers)
    {
        var bytes = new MemoryStream();
        Span<byte> room = stackalloc byte[8];
        foreach (var number in numbers)
        {
            switch (number)
            {
                case ushort two:
                    BinaryPrimitives.WriteUInt16LittleEndian(room, two);
                    bytes.Write(room[..2]);
                    break;
                case uint four:
                    BinaryPrimitives.WriteUInt32LittleEndian(room, four);
                    bytes.Write(room[..4]);
                    break;
                case long eight:
                    BinaryPrimitives.WriteInt64LittleEndian(room, eight);
                    bytes.Write(room);
                    break;
                default:
                    throw new ArgumentException($"{number.GetType()} is no number of a zip", nameof(numbers));
            }
        }

        return bytes.ToArray();
    }
}

/// <summary>A file of a <see cref="RawZip"/>, and what is said of it.</summary>
internal sealed record RawEntry(string Name, byte[] Content)
{
    private byte[]? _packed;

    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; }

    /// <summary>Sizes in eight bytes.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Checksum and sizes stand behind it only.</summary>
    public bool IsSizeUnknown { get; init; }

    public bool IsListed { get; init; } = true;

    public string? ListedName { get; init; }

    public uint? ListedCrc { get; init; }

    public uint? ToldCrc { get; init; }

    public long? ToldPacked { get; init; }

    public long? ToldSize { get; init; }

    public long? BehindSize { get; init; }

    /// <summary>What stands in the archive.</summary>
    public byte[] Packed
    {
        get => _packed ??= Method == 8 ? Deflate(Content) : Content;
        init => _packed = value;
    }

    /// <summary>Bit by bit, as the standard has it: another way than the product's.</summary>
    public uint Crc
    {
        get
        {
            var sum = uint.MaxValue;
            foreach (var one in Content)
            {
                sum ^= one;
                for (var bit = 0; bit < 8; bit++)
                    sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }

            return ~sum;
        }
    }

    private static byte[] Deflate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(content);
        return packed.ToArray();
    }
}
