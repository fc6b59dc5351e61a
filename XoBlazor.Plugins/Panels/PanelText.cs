using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A paragraph; ends of lines stay.</summary>
public sealed record PanelText(string Text) : PanelBlock
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["type"] = "text", ["text"] = Text };
}
