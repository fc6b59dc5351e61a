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
