using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A sentence that stands out.</summary>
public sealed record PanelNotice(PanelTone Tone, string Text) : PanelBlock
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["type"] = "notice", ["tone"] = Tone.ToString().ToLowerInvariant(), ["text"] = Text };
}
