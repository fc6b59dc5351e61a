using System.Globalization;
using System.Text;

namespace XoBlazor.Simulator.Streams;

/// <summary>The 512 bytes before each file of a tar archive, in the old form that xapi writes: name, size and sum, nothing else of use.</summary>
internal readonly record struct TarHeader(string Name, long Size)
{
    /// <summary>The size of a header, and what contents are padded to.</summary>
    public const int Block = 512;

    private const int SumAt = 148;
    private const int SumLength = 8;

    /// <summary>The bytes that pad contents of this size.</summary>
    public static int PaddingOf(long size) => (int)(-size & (Block - 1));

    public void Write(Span<byte> header)
    {
        header[..Block].Clear();
        Encoding.ASCII.GetBytes(Name, header[..100]);
        Octal(header.Slice(100, 8), 0x100);
        Octal(header.Slice(108, 8), 0);
        Octal(header.Slice(116, 8), 0);
        Octal(header.Slice(124, 12), Size);
        Octal(header.Slice(136, 12), 0);
        Octal(header.Slice(SumAt, SumLength), Sum(header));
    }

    /// <summary>Null for the zeros that end an archive.</summary>
    /// <exception cref="InvalidDataException">The bytes are no header.</exception>
    public static TarHeader? Read(ReadOnlySpan<byte> header)
    {
        if (!header.ContainsAnyExcept((byte)0)) return null;
        if (ReadOctal(header.Slice(SumAt, SumLength)) != Sum(header)) throw new InvalidDataException("no tar header");
        var name = header[..100];
        var end = name.IndexOf((byte)0);
        return new(Encoding.UTF8.GetString(end < 0 ? name : name[..end]), ReadOctal(header.Slice(124, 12)));
    }

    /// <summary>The sum of all bytes, its own place counted as blanks.</summary>
    private static long Sum(ReadOnlySpan<byte> header)
    {
        long sum = SumLength * ' ';
        for (var index = 0; index < Block; index++)
            if (index is < SumAt or >= SumAt + SumLength) sum += header[index];
        return sum;
    }

    private static void Octal(Span<byte> field, long number) =>
        Encoding.ASCII.GetBytes(Convert.ToString(number, 8).PadLeft(field.Length - 1, '0'), field);

    private static long ReadOctal(ReadOnlySpan<byte> field)
    {
        var text = Encoding.ASCII.GetString(field).Trim('\0', ' ');
        var number = 0L;
        foreach (var digit in text)
            number = digit is >= '0' and <= '7' ? (number << 3) | (uint)(digit - '0')
                : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number of a tar header"));
        return number;
    }
}
