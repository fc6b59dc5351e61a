using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Data;

/// <summary>One object of the database. Only the database changes a row, and only under its lock; its state may be kept by anyone.</summary>
internal sealed class Row(Table table, string reference, XapiValue[] values)
{
    public Table Table { get; } = table;

    public string Ref { get; } = reference;

    public RowState State { get; private set; } = new(table.Schema, values);

    public XapiValue[] Values => State.Values;

    /// <summary>The generation that created the row.</summary>
    public long Created { get; set; }

    /// <summary>The generation that changed the row last.</summary>
    public long Modified { get; set; }

    /// <summary>The neighbours in the list of all rows by <see cref="Modified"/>.</summary>
    public Row? Older { get; set; }

    public Row? Newer { get; set; }

    public void Set(FieldSchema field, XapiValue value)
    {
        var values = (XapiValue[])State.Values.Clone();
        values[field.Index] = value;
        State = new(Table.Schema, values);
    }
}

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

/// <summary>What is remembered of a deleted row.</summary>
internal readonly record struct Deletion(string Ref, long Created, long Deleted);
