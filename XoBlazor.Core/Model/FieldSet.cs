using System.Numerics;

namespace XoBlazor.Core.Model;

/// <summary>A set of a class's fields by their index in the class (at most 128; the largest class, VM, has about 100).</summary>
public readonly record struct FieldSet(UInt128 Bits)
{
    public static FieldSet None => default;

    public static FieldSet All => new(UInt128.MaxValue);

    public bool IsEmpty => Bits == UInt128.Zero;

    public int Count => (int)UInt128.PopCount(Bits);

    public static FieldSet Of(params ReadOnlySpan<int> fields)
    {
        var set = None;
        foreach (var field in fields)
            set = set.With(field);
        return set;
    }

    public bool Contains(int field) => (Bits & (UInt128.One << field)) != UInt128.Zero;

    public bool Overlaps(FieldSet other) => (Bits & other.Bits) != UInt128.Zero;

    public FieldSet With(int field) => new(Bits | (UInt128.One << field));

    public FieldSet Without(FieldSet other) => new(Bits & ~other.Bits);

    public static FieldSet operator |(FieldSet a, FieldSet b) => new(a.Bits | b.Bits);

    public static FieldSet operator &(FieldSet a, FieldSet b) => new(a.Bits & b.Bits);

    public Enumerator GetEnumerator() => new(Bits);

    /// <summary>Yields the indexes in ascending order.</summary>
    public struct Enumerator(UInt128 bits)
    {
        private UInt128 _rest = bits;

        public int Current { get; private set; } = -1;

        public bool MoveNext()
        {
            if (_rest == UInt128.Zero)
                return false;
            Current = (int)UInt128.TrailingZeroCount(_rest);
            _rest &= _rest - UInt128.One;
            return true;
        }
    }
}
