using System.Collections.Frozen;

namespace XoBlazor.App.Components.Lists;

/// <summary>A list's rows in their order at one moment, the same for everyone who asks the same. Immutable.</summary>
public sealed class ListResult
{
    public static readonly ListResult Empty = new([], 0, FrozenDictionary<string, string>.Empty);

    private readonly Lazy<Dictionary<ListRow, int>> _places;

    public ListResult(ListRow[] rows, int all, IReadOnlyDictionary<string, string> totals)
    {
        Rows = rows;
        All = all;
        Totals = totals;
        _places = new(() => PlacesOf(rows));
    }

    public ListRow[] Rows { get; }

    /// <summary>How many there are before the filter.</summary>
    public int All { get; }

    /// <summary>The footer's figures by column.</summary>
    public IReadOnlyDictionary<string, string> Totals { get; }

    public int IndexOf(ListRow row) => _places.Value.GetValueOrDefault(row, -1);

    /// <summary>Nothing but the moment differs.</summary>
    public bool LooksLike(ListResult other) =>
        HasSameOrder(other) && All == other.All && Totals.All(total => other.Totals.GetValueOrDefault(total.Key) == total.Value);

    public bool HasSameOrder(ListResult other) => ReferenceEquals(Rows, other.Rows) || Rows.AsSpan().SequenceEqual(other.Rows);

    private static Dictionary<ListRow, int> PlacesOf(ListRow[] rows)
    {
        var places = new Dictionary<ListRow, int>(rows.Length);
        for (var i = 0; i < rows.Length; i++)
            places[rows[i]] = i;
        return places;
    }
}
