using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Data;

/// <summary>All rows of a class and the last deletions. Guarded by the database's lock.</summary>
internal sealed class Table(ClassSchema schema)
{
    /// <summary>xapi keeps 256 to 511 deletions of a class; the older half is forgotten silently when the list is full.</summary>
    private const int MostDeletions = 512;

    private readonly Dictionary<string, Row> _rows = [];
    private Row[]? _sorted = [];

    public ClassSchema Schema { get; } = schema;

    public int Count => _rows.Count;

    /// <summary>Oldest first.</summary>
    public List<Deletion> Deletions { get; } = [];

    public IEnumerable<Row> Rows => _rows.Values;

    /// <summary>Ascending by reference; one array serves until a row comes or goes.</summary>
    public Row[] Sorted => _sorted ??= [.. _rows.Values.OrderBy(row => row.Ref, StringComparer.Ordinal)];

    public Row? Find(string reference) => _rows.GetValueOrDefault(reference);

    public void Add(Row row)
    {
        _rows.Add(row.Ref, row);
        _sorted = null;
    }

    public void Remove(Row row, long generation)
    {
        _rows.Remove(row.Ref);
        _sorted = null;
        Deletions.Add(new(row.Ref, row.Created, generation));
        if (Deletions.Count >= MostDeletions)
            Deletions.RemoveRange(0, MostDeletions / 2);
    }
}
