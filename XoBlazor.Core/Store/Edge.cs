using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>One reference seen from its target: who holds it and in which field. Ordered by the holder's class first.</summary>
internal readonly record struct Edge(long Bits) : IComparable<Edge>
{
    private const int FieldBits = 7;

    public Edge(Slot source, int field) : this(((long)source.Number << FieldBits) | (uint)field) { }

    public Slot Source => new((int)(Bits >> FieldBits));

    public int Field => (int)(Bits & ((1 << FieldBits) - 1));

    /// <summary>An edge that is not above any edge from the class.</summary>
    public static Edge First(XapiClass type) => new(new Slot(type, 0), 0);

    public int CompareTo(Edge other) => Bits.CompareTo(other.Bits);
}
