using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Finds where a JSON value ends without looking into it, so that whole values can be cut from a stream.</summary>
internal static class JsonScan
{
    /// <summary>XAPI's deepest record has four levels; more than this is hostile.</summary>
    private const int MaxDepth = 64;

    private const int Block = 64;

    private static readonly SearchValues<byte> s_scalarEnd = SearchValues.Create(" \t\r\n,:\"{}[]"u8);

    /// <summary>The length of the value that <paramref name="data"/> starts with, or 0 when its end is not in there yet.</summary>
    /// <param name="ended">Nothing follows, so that a number at the very end is complete.</param>
    public static int ValueLength(ReadOnlySpan<byte> data, bool ended)
    {
        switch (data[0])
        {
            case (byte)'"':
                return TextLength(data);
            case (byte)'{' or (byte)'[':
                return ContainerLength(data);
            case (byte)'}' or (byte)']' or (byte)',' or (byte)':':
                throw new JsonException($"a value was expected where the host sent '{(char)data[0]}'");
            default:
                var end = data.IndexOfAny(s_scalarEnd);
                return end > 0 ? end : ended ? data.Length : 0;
        }
    }

    /// <summary>The length of the string that <paramref name="data"/> starts with, quotes included, or 0.</summary>
    public static int TextLength(ReadOnlySpan<byte> data)
    {
        for (var at = 1; at < data.Length;)
        {
            var found = data[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
                return 0;
            at += found;
            if (data[at] == '"')
                return at + 1;
            at += 2;
        }

        return 0;
    }

    /// <summary>
    /// Counts brackets outside of texts, 64 bytes at a time: the quotes' bits, summed without carry, tell which bytes are inside a text.
    /// </summary>
    private static int ContainerLength(ReadOnlySpan<byte> data)
    {
        Span<byte> last = stackalloc byte[Block];
        var depth = 0;
        var (isInText, isEscaped) = (false, false);
        for (var at = 0; at < data.Length; at += Block)
        {
            Vector512<byte> bytes;
            if (data.Length - at >= Block)
            {
                bytes = Vector512.Create(data[at..]);
            }
            else
            {
                last.Clear();
                data[at..].CopyTo(last);
                bytes = Vector512.Create<byte>(last);
            }

            var quotes = Where(bytes, (byte)'"');
            var slashes = Where(bytes, (byte)'\\');
            if (slashes != 0 || isEscaped)
                quotes &= ~Escaped(slashes, ref isEscaped);
            var inside = SumWithoutCarry(quotes) ^ (isInText ? ulong.MaxValue : 0);
            isInText = (long)inside < 0;

            // Square and curly brackets differ in one bit, which is set here.
            var folded = bytes | Vector512.Create((byte)0x20);
            var opens = Where(folded, (byte)'{') & ~inside;
            var closes = Where(folded, (byte)'}') & ~inside;
            if (BitOperations.PopCount(closes) >= depth && End(opens, closes, depth) is var end and >= 0)
                return at + end + 1;
            depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
            if (depth > MaxDepth)
                throw new JsonException($"the host sent values nested deeper than {MaxDepth} levels");
        }

        return 0;
    }

    /// <summary>The place of the bracket that closes the outermost one, or -1.</summary>
    private static int End(ulong opens, ulong closes, int depth)
    {
        for (var brackets = opens | closes; brackets != 0; brackets &= brackets - 1)
        {
            var bracket = brackets & (~brackets + 1);
            depth += (opens & bracket) != 0 ? 1 : -1;
            if (depth <= 0)
                return BitOperations.TrailingZeroCount(bracket);
        }

        return -1;
    }

    private static ulong Where(Vector512<byte> bytes, byte wanted) => Vector512.Equals(bytes, Vector512.Create(wanted)).ExtractMostSignificantBits();

    private static ulong SumWithoutCarry(ulong bits)
    {
        for (var shift = 1; shift < Block; shift <<= 1)
            bits ^= bits << shift;
        return bits;
    }

    /// <summary>The bytes that follow an effective backslash; <paramref name="isNext"/> carries it over the end of the block.</summary>
    private static ulong Escaped(ulong slashes, ref bool isNext)
    {
        var escaped = isNext ? 1UL : 0;
        isNext = false;
        for (; slashes != 0; slashes &= slashes - 1)
        {
            var place = BitOperations.TrailingZeroCount(slashes);
            if ((escaped >> place & 1) != 0)
                continue;
            if (place == Block - 1)
                isNext = true;
            else
                escaped |= 1UL << (place + 1);
        }

        return escaped;
    }
}
