using System.Buffers.Binary;
using System.Text;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>The head of one file in a tar archive, as far as an XVA needs it: names are short, and there are no links.</summary>
internal readonly record struct TarHead(string Name, long Size)
{
    /// <summary>Heads are so long, and files are filled up to a multiple of it.</summary>
    public const int Length = 512;

    private const int NameLength = 100;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int SumAt = 148;
    private const int SumLength = 8;
    private const int KindAt = 156;

    /// <summary>Bytes between the end of a file and the next head.</summary>
    public static int PaddingOf(long size) => (int)(-size & (Length - 1));

    /// <summary>Null for the zeros with which an archive ends. Fails with <see cref="XvaDamagedException"/>.</summary>
    public static TarHead? Read(ReadOnlySpan<byte> head)
    {
        if (!head.ContainsAnyExcept((byte)0))
            return null;
        if (Octal(head.Slice(SumAt, SumLength)) != Sum(head) || head[KindAt] is not ((byte)'0' or 0))
            throw new XvaDamagedException("it is no archive where one should be, or a part of it is missing");
        var name = head[..NameLength];
        var end = name.IndexOf((byte)0);
        return new(Encoding.UTF8.GetString(end < 0 ? name : name[..end]), SizeOf(head.Slice(SizeAt, SizeLength)));
    }

    // Sizes that are too large for octal digits stand there as a number.
    private static long SizeOf(ReadOnlySpan<byte> field) =>
        (field[0] == 0x80 ? BinaryPrimitives.ReadInt64BigEndian(field[4..]) : Octal(field)) is >= 0 and var size
            ? size : throw new XvaDamagedException("a file in it has no size");

    /// <summary>Minus one for what is no number.</summary>
    private static long Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        var number = 0L;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return -1;
            number = (number << 3) | (uint)(digit - '0');
        }

        return digits.IsEmpty ? -1 : number;
    }

    /// <summary>Of all bytes of the head, with blanks in the place of the sum itself.</summary>
    private static int Sum(ReadOnlySpan<byte> head)
    {
        var sum = SumLength * ' ';
        foreach (var value in head[..SumAt])
            sum += value;
        foreach (var value in head[(SumAt + SumLength)..])
            sum += value;
        return sum;
    }
}
