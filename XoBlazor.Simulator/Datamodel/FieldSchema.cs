using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Datamodel;

/// <summary>A field of one release with its place in the row, its default, and the other end of its relation.</summary>
internal sealed class FieldSchema(FieldFact fact, ClassSchema type, int index, XapiValue defaultValue)
{
    public FieldFact Fact { get; } = fact;

    public ClassSchema Class { get; } = type;

    public int Index { get; } = index;

    public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(fact.Name);

    public XapiValue Default { get; } = defaultValue;

    public FieldSchema? Inverse { get; set; }

    /// <summary>A set that mirrors references stored elsewhere; nobody writes it directly.</summary>
    public bool IsMaintained => !Fact.IsRef && Inverse is { Fact.IsRef: true };
}
