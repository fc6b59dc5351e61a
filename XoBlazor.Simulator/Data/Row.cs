namespace XoBlazor.Simulator.Data;

/// <summary>One object as the database holds it. Only the database touches a row, and only under its lock.</summary>
internal sealed class Row(Table table, string reference, XapiValue[] values)
{
    public Table Table { get; } = table;

    public string Ref { get; } = reference;

    public XapiValue[] Values { get; } = values;

    /// <summary>The generation that created the row.</summary>
    public long Created { get; set; }

    /// <summary>The generation that changed the row last.</summary>
    public long Modified { get; set; }

    /// <summary>The row as JSON; null after a change until somebody asks again.</summary>
    public byte[]? Json { get; set; }

    /// <summary>The neighbours in the list of all rows by <see cref="Modified"/>.</summary>
    public Row? Older { get; set; }

    public Row? Newer { get; set; }
}

/// <summary>What is remembered of a deleted row.</summary>
internal readonly record struct Deletion(string Ref, long Created, long Deleted);
