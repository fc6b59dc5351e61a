using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Data;

/// <summary>The values of an object at one moment, in the order of its class's fields. Immutable; encoded once and then remembered.</summary>
internal sealed class RowState(ClassSchema schema, XapiValue[] values)
{
    private byte[]? _json;

    public ClassSchema Schema { get; } = schema;

    public XapiValue[] Values { get; } = values;

    /// <summary>The record as clients see it, in UTF-8 JSON.</summary>
    public byte[] Json => _json ??= Wire.JsonText.OfRecord(this);

    /// <summary>The record as clients see it.</summary>
    public MapValue ToValue() => XapiValue.MapOf(
        Schema.Fields.Where(f => !f.Fact.IsInternal).Select(f => (f.Fact.Name, Values[f.Index])));
}
