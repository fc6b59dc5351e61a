using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>
/// What a plugin shows in the console, drawn there in the console's own look. Everything in it is text: nothing of it is read as HTML. What is longer than the server shows is refused
/// (docs/plugins.md).
/// </summary>
/// <param name="Blocks">From top to bottom.</param>
public sealed record Panel(IReadOnlyList<PanelBlock> Blocks)
{
    /// <summary>The version of the vocabulary that this is written in.</summary>
    public const int Version = 1;

    /// <summary>A panel of these.</summary>
    public Panel(params PanelBlock[] blocks) : this((IReadOnlyList<PanelBlock>)blocks)
    {
    }

    /// <summary>How often it is asked for again while somebody looks at it; null for only when the plugin says that it changed.</summary>
    public TimeSpan? Refresh { get; init; }

    /// <summary>As it goes to the server.</summary>
    public JsonObject ToJson()
    {
        var panel = new JsonObject { ["version"] = Version, ["blocks"] = new JsonArray([.. Blocks.Select(block => block.ToJson())]) };
        if (Refresh is { } often)
            panel["refresh"] = often.TotalSeconds;
        return panel;
    }
}
