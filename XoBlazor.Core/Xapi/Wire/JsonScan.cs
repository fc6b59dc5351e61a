using System.Buffers;
using System.Text.Json;

namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Finds where a JSON value ends without looking into it, so that whole values can be cut from a stream.</summary>
internal static class JsonScan
{
    /// <summary>XAPI's deepest record has four levels; more than this is hostile.</summary>
    private const int MaxDepth = 64;

    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[]"u8);
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

    private static int ContainerLength(ReadOnlySpan<byte> data)
    {
        var depth = 0;
        for (var at = 0; at < data.Length;)
        {
            var found = data[at..].IndexOfAny(s_structure);
            if (found < 0)
                return 0;
            at += found;
            switch (data[at])
            {
                case (byte)'"':
                    var text = TextLength(data[at..]);
                    if (text == 0)
                        return 0;
                    at += text;
                    break;
                case (byte)'{' or (byte)'[':
                    if (++depth > MaxDepth)
                        throw new JsonException($"the host sent values nested deeper than {MaxDepth} levels");
                    at++;
                    break;
                default:
                    at++;
                    if (--depth == 0)
                        return at;
                    break;
            }
        }

        return 0;
    }
}
