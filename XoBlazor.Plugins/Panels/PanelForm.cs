using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>Fields to fill in: sent, the plugin is asked to act with what was filled in, which fits the schema then.</summary>
/// <param name="Action">What it is told then: letters, digits, dots and dashes.</param>
/// <param name="Title">The word on its button.</param>
/// <param name="Schema">As that of a configuration.</param>
public sealed record PanelForm(string Action, string Title, JsonObject Schema) : PanelBlock
{
    /// <summary>What stands in the fields to begin with.</summary>
    public JsonObject? Values { get; init; }

    /// <summary>Asked before; null to ask nothing.</summary>
    public string? Confirm { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["type"] = "form",
        ["action"] = Action,
        ["title"] = Title,
        ["schema"] = Schema.DeepClone(),
        ["values"] = Values?.DeepClone(),
        ["confirm"] = Confirm,
    };
}
