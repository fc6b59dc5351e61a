using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A table, which people order by its columns.</summary>
/// <param name="Rows">Each with a value for each column, of the column's kind; null for nothing that is known.</param>
public sealed record PanelTable(IReadOnlyList<PanelColumn> Columns, IReadOnlyList<IReadOnlyList<PanelValue?>> Rows) : PanelBlock
{
    /// <summary>Over it; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>What stands there when there are no rows.</summary>
    public string Empty { get; init; } = "";

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["type"] = "table",
        ["title"] = Title,
        ["empty"] = Empty,
        ["columns"] = new JsonArray([.. Columns.Select(column => new JsonObject { ["title"] = column.Title, ["type"] = column.Kind.ToString().ToLowerInvariant() })]),
        ["rows"] = new JsonArray([.. Rows.Select(row => new JsonArray([.. row.Select(value => value?.ToJson())]))]),
    };
}
