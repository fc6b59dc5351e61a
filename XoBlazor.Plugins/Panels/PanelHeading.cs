using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A heading over what follows.</summary>
public sealed record PanelHeading(string Text) : PanelBlock
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["type"] = "heading", ["text"] = Text };
}
