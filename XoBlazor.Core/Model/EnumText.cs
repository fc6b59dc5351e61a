using System.Runtime.CompilerServices;
using System.Text;

namespace XoBlazor.Core.Model;

/// <summary>The wire's spelling of an enumeration's values. Reading takes any case, as XAPI does; unknown text is value 0, <c>Unrecognised</c>.</summary>
public static class EnumText<T> where T : struct, Enum
{
    private static readonly string[] s_wire = WireNames.For(typeof(T));
    private static readonly byte[][] s_utf8 = [.. s_wire.Select(Encoding.UTF8.GetBytes)];

    public static string Wire(T value)
    {
        var index = Unsafe.As<T, int>(ref value);
        return (uint)index < (uint)s_wire.Length ? s_wire[index] : s_wire[0];
    }

    public static T Parse(ReadOnlySpan<byte> utf8)
    {
        for (var i = 1; i < s_utf8.Length; i++)
            if (utf8.SequenceEqual(s_utf8[i]))
                return Unsafe.As<int, T>(ref i);
        return Parse(Encoding.UTF8.GetString(utf8));
    }

    public static T Parse(string text)
    {
        for (var i = 1; i < s_wire.Length; i++)
            if (text.Equals(s_wire[i], StringComparison.OrdinalIgnoreCase))
                return Unsafe.As<int, T>(ref i);
        return default;
    }
}
