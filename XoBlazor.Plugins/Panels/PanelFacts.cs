using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>Values with their names, below each other.</summary>
public sealed record PanelFacts(IReadOnlyList<PanelFact> Items) : PanelBlock
{
    /// <summary>Over them; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["type"] = "facts",
        ["title"] = Title,
        ["items"] = new JsonArray([.. Items.Select(item => new JsonObject { ["name"] = item.Name, ["type"] = (item.Value?.Kind ?? PanelValueKind.Text).ToString().ToLowerInvariant(), ["value"] = item.Value?.ToJson() })]),
    };
}
