using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Core.Patching.Zip;

/// <summary>What a zip says of a file, in front of it and again in its directory (APPNOTE.TXT 4.3.7, 4.3.12). Taken only when it is plain: no secrets, no tricks in the name, sizes told beforehand.</summary>
/// <param name="At">Where in the archive it stands.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Size">Bytes of the file.</param>
/// <param name="IsLarge">Its sizes are told in eight bytes.</param>
internal sealed record ZipHead(long At, string Name, ushort Flags, ushort Method, uint Crc, long Packed, long Size, bool IsLarge)
{
    private const int LongestName = 512;
    private const int InFront = 26;
    private const int InDirectory = 42;
    private const ushort Encryptions = 0x0001 | 0x0040 | 0x2000;
    private const ushort EncryptedMethod = 99;
    private const ushort LargeSizes = 1;
    private const long Largest = 1L << 40;

    /// <summary>Checksum and sizes stand behind the file once more, or for the first time.</summary>
    public bool HasDescriptor => (Flags & 8) != 0;

    public bool IsDeflated => Method == 8;

    /// <summary>Reads what stands in front of a file; its signature was read.</summary>
    public static async Task<ZipHead> ReadAsync(ZipBytes bytes, long at, CancellationToken token)
    {
        var fix = new byte[InFront];
        await bytes.FillAsync(fix, token);
        var (name, extra) = (new byte[Short(fix, 22)], new byte[Short(fix, 24)]);
        await bytes.FillAsync(name, token);
        await bytes.FillAsync(extra, token);
        var sizes = new LargeNumbers(extra);
        var size = sizes.Read(Number(fix, 18));
        return Checked(new(at, NameOf(name, Short(fix, 2)), Short(fix, 2), Short(fix, 4), Number(fix, 10), sizes.Read(Number(fix, 14)), size, sizes.Are));
    }

    /// <summary>Reads what the directory says of a file; its signature was read.</summary>
    public static async Task<ZipHead> ReadAgainAsync(ZipBytes bytes, CancellationToken token)
    {
        var fix = new byte[InDirectory];
        await bytes.FillAsync(fix, token);
        var (name, extra) = (new byte[Short(fix, 24)], new byte[Short(fix, 26)]);
        await bytes.FillAsync(name, token);
        await bytes.FillAsync(extra, token);
        await bytes.SkipAsync(Short(fix, 28), token);
        if (Short(fix, 30) is not (0 or ushort.MaxValue))
            throw ZipRefusal.Because("it is one of several parts");
        var sizes = new LargeNumbers(extra);
        var size = sizes.Read(Number(fix, 20));
        var packed = sizes.Read(Number(fix, 16));
        return Checked(new(sizes.Read(Number(fix, 38)), NameOf(name, Short(fix, 4)), Short(fix, 4), Short(fix, 6), Number(fix, 12), packed, size, sizes.Are));
    }

    /// <summary>Both places say the same.</summary>
    public bool IsSameAs(ZipHead other) => (At, Name, Method, Crc, Packed, Size) == (other.At, other.Name, other.Method, other.Crc, other.Packed, other.Size);

    /// <summary>Reads the checksum and sizes behind the file, where there are some; they must be those in front. Returns what holds then.</summary>
    public async Task<ZipHead> BehindAsync(ZipBytes bytes, CancellationToken token)
    {
        if (!HasDescriptor)
            return this;
        var crc = await bytes.NumberAsync(token);
        if (crc == ZipSignature.Descriptor)
            crc = await bytes.NumberAsync(token);
        var sizes = new byte[IsLarge ? 16 : 8];
        await bytes.FillAsync(sizes, token);
        var (packed, size) = IsLarge ? (BinaryPrimitives.ReadInt64LittleEndian(sizes), BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(8))) : (Number(sizes, 0), Number(sizes, 4));
        return (packed, size) == (Packed, Size) && (Crc == 0 || crc == Crc) ? this with { Crc = crc } : throw ZipRefusal.Because($"what it says of {Name} in front of it and behind it differs");
    }

    private static ZipHead Checked(ZipHead head)
    {
        if ((head.Flags & Encryptions) != 0 || head.Method == EncryptedMethod)
            throw ZipRefusal.Because($"{head.Name} is encrypted");
        if (head.Method is not (0 or 8))
            throw ZipRefusal.Because($"{head.Name} is packed in a way that hardly anybody uses (method {head.Method})");
        if (head.Packed is < 0 or > Largest || head.Size is < 0 or > Largest || (head.Method == 0 && head.Packed != head.Size))
            throw ZipRefusal.Because($"the sizes that it tells of {head.Name} cannot be");
        return head.HasDescriptor && head is { Packed: 0, Crc: 0 } && !head.Name.EndsWith('/')
            ? throw ZipRefusal.Because($"it does not say before {head.Name} how large that is, which a host wants to know first; pack it anew into a file, not a pipe") : head;
    }

    /// <summary>Nothing is written under these names; one that tries to be more than a name is no maker's.</summary>
    private static string NameOf(byte[] bytes, ushort flags)
    {
        var name = ((flags & 0x0800) != 0 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        var isPlain = name.Length is > 0 and <= LongestName && !name.Any(c => char.IsControl(c) || c is '\\' or ':' or '\uFFFD')
            && !name.TrimEnd('/').Split('/').Any(part => part is "" or "." or "..") && !name.EndsWith("//", StringComparison.Ordinal);
        return isPlain ? name : throw ZipRefusal.Because("the name of a file in it is none that may be");
    }

    private static ushort Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    /// <summary>Numbers that do not fit into four bytes stand apart, in the order in which they are missed (APPNOTE.TXT 4.5.3).</summary>
    private ref struct LargeNumbers
    {
        private ReadOnlySpan<byte> _numbers;

        public LargeNumbers(ReadOnlySpan<byte> extra)
        {
            while (extra.Length >= 4)
            {
                var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
                if (length > extra.Length - 4)
                    throw ZipRefusal.Because("what it says of a file is cut off");
                if (id == LargeSizes)
                {
                    _numbers = extra.Slice(4, length);
                    Are = true;
                    return;
                }

                extra = extra[(4 + length)..];
            }
        }

        public bool Are { get; }

        public long Read(uint number)
        {
            if (number != uint.MaxValue)
                return number;
            if (_numbers.Length < 8)
                throw ZipRefusal.Because("it says that a file is larger than it then tells");
            var large = BinaryPrimitives.ReadInt64LittleEndian(_numbers);
            _numbers = _numbers[8..];
            return large;
        }
    }
}
