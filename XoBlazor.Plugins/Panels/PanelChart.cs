using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A few figures of one unit beside each other.</summary>
/// <param name="Labels">What stands below, from left to right: names or moments.</param>
public sealed record PanelChart(string Title, IReadOnlyList<string> Labels, IReadOnlyList<PanelSeries> Series) : PanelBlock
{
    /// <summary>What the values are.</summary>
    public PanelUnit Unit { get; init; }

    /// <summary>Bars rather than lines.</summary>
    public bool IsBars { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["type"] = "chart",
        ["title"] = Title,
        ["kind"] = IsBars ? "bar" : "line",
        ["unit"] = Unit.ToString().ToLowerInvariant(),
        ["labels"] = new JsonArray([.. Labels.Select(label => (JsonNode)label)]),
        ["series"] = new JsonArray([.. Series.Select(series => new JsonObject
        {
            ["name"] = series.Name,
            ["values"] = new JsonArray([.. series.Values.Select(value => double.IsFinite(value) ? (JsonNode)value : null)]),
        })]),
    };
}
