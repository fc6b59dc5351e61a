using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>How far something has come.</summary>
/// <param name="Share">From 0 to 1; null when it is not known.</param>
public sealed record PanelProgress(string Title, double? Share) : PanelBlock
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["type"] = "progress", ["title"] = Title, ["share"] = Share };
}
