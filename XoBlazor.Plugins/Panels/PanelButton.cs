using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A button: pressed, the plugin is asked to act.</summary>
/// <param name="Action">What it is told then: letters, digits, dots and dashes.</param>
public sealed record PanelButton(string Action, string Title) : PanelBlock
{
    /// <summary>Asked before; null to ask nothing.</summary>
    public string? Confirm { get; init; }

    /// <summary>Something is lost by it.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>Told with it.</summary>
    public JsonObject? Values { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["type"] = "button",
        ["action"] = Action,
        ["title"] = Title,
        ["confirm"] = Confirm,
        ["danger"] = IsDangerous,
        ["values"] = Values?.DeepClone(),
    };
}
