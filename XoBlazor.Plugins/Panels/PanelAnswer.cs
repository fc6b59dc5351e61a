using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>What came of an act.</summary>
/// <param name="Message">In a sentence.</param>
public sealed record PanelAnswer(string Message, PanelTone Tone = PanelTone.Good)
{
    /// <summary>As it goes to the server.</summary>
    public JsonObject ToJson() => new() { ["message"] = Message, ["tone"] = Tone.ToString().ToLowerInvariant() };
}
