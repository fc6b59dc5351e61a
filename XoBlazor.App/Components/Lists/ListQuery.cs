using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace XoBlazor.App.Components.Lists;

/// <summary>
/// All that a person chose about a list, as it stands in the address: <c>?q=web&amp;sort=-memory,name&amp;cols=name,host:220&amp;sel=…</c>.
/// What is not chosen is not there. Anything in an address that makes no sense is left out, never an error.
/// </summary>
public sealed record ListQuery
{
    private const int MostSelected = 100;
    private static readonly string[] s_names = ["q", "sort", "cols", "sel"];

    public string Filter { get; init; } = "";

    public ImmutableArray<Order> Order { get; init; } = [];

    /// <summary>The columns shown, in their order, with their widths where changed; empty for the list's own.</summary>
    public ImmutableArray<ShownColumn> Columns { get; init; } = [];

    /// <summary>The chosen objects' uuids.</summary>
    public ImmutableArray<string> Selected { get; init; } = [];

    public static ListQuery Parse(string address)
    {
        var at = address.IndexOf('?', StringComparison.Ordinal);
        var values = QueryHelpers.ParseQuery(at < 0 ? "" : address[at..].Split('#')[0]);
        string Value(string name) => values.TryGetValue(name, out var found) ? found.ToString() : "";
        return new()
        {
            Filter = Value("q"),
            Order = [.. Parts(Value("sort")).Select(part => part[0] == '-' ? new Order(part[1..], Descending: true) : new Order(part)).Where(order => order.Column.Length > 0).DistinctBy(order => order.Column)],
            Columns = [.. Parts(Value("cols")).Select(ShownColumn.Parse).DistinctBy(column => column.Key)],
            Selected = [.. Parts(Value("sel")).Take(MostSelected)],
        };
    }

    /// <summary>The address with these choices; what else stands in it stays.</summary>
    public string Write(string address)
    {
        var path = address.Split('?', '#')[0];
        var at = address.IndexOf('?', StringComparison.Ordinal);
        var others = QueryHelpers.ParseQuery(at < 0 ? "" : address[at..].Split('#')[0]).Where(pair => !s_names.Contains(pair.Key));

        var written = new StringBuilder(path);
        foreach (var (name, value) in others)
            Add(name, value.ToString());
        Add("q", Filter);
        Add("sort", string.Join(',', Order.Select(order => (order.Descending ? "-" : "") + order.Column)));
        Add("cols", string.Join(',', Columns.Select(column => column.Write())));
        Add("sel", string.Join(',', Selected.Take(MostSelected)));
        return written.ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
                written.Append(written.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal));
        }
    }

    private static string[] Parts(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool Equals(ListQuery? other) =>
        other is not null && Filter == other.Filter && Order.SequenceEqual(other.Order) && Columns.SequenceEqual(other.Columns) && Selected.SequenceEqual(other.Selected);

    public override int GetHashCode() => HashCode.Combine(Filter, Order.Length, Columns.Length, Selected.Length);
}

/// <summary>A column that a person chose to see, and how wide.</summary>
public readonly record struct ShownColumn(string Key, int? Width = null)
{
    private const int Narrowest = 40;
    private const int Widest = 1200;

    public static ShownColumn Parse(string text)
    {
        var parts = text.Split(':', 2);
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            ? new(parts[0], Math.Clamp(width, Narrowest, Widest))
            : new(parts[0]);
    }

    public string Write() => Width is { } width ? string.Create(CultureInfo.InvariantCulture, $"{Key}:{width}") : Key;
}
