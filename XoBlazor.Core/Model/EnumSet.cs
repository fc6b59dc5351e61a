using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace XoBlazor.Core.Model;

/// <summary>A set of values of one XAPI enumeration (all have fewer than 64), in eight bytes. Unknown texts count as the unrecognised value.</summary>
public readonly record struct EnumSet<T>(ulong Bits) : IReadOnlyCollection<T> where T : struct, Enum
{
    public int Count => BitOperations.PopCount(Bits);

    public static EnumSet<T> Of(params ReadOnlySpan<T> values)
    {
        var bits = 0UL;
        foreach (var value in values)
            bits |= Bit(value);
        return new(bits);
    }

    public bool Contains(T value) => (Bits & Bit(value)) != 0;

    public EnumSet<T> With(T value) => new(Bits | Bit(value));

    public IEnumerator<T> GetEnumerator()
    {
        for (var rest = Bits; rest != 0; rest &= rest - 1)
        {
            var index = BitOperations.TrailingZeroCount(rest);
            yield return Unsafe.As<int, T>(ref index);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", this.Select(EnumText<T>.Wire));

    private static ulong Bit(T value) => 1UL << Unsafe.As<T, int>(ref value);
}
