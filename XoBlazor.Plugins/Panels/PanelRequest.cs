using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>Somebody looks at a panel.</summary>
/// <param name="Panel">The id of the page, tab, tile or action in <c>plugin.json</c>.</param>
/// <param name="Object">What it is about, which they may view, without its fields; null for pages and tiles.</param>
/// <param name="ObjectName">Its name.</param>
/// <param name="User">Who looks: a panel shows them nothing that they may not see.</param>
public sealed record PanelRequest(string Panel, PluginObject? Object, string ObjectName, PluginUser User)
{
    internal static PanelRequest Of(JsonElement parameters)
    {
        var (about, user) = (parameters.TryGetProperty("object", out var given) && given.ValueKind == JsonValueKind.Object ? given : (JsonElement?)null, parameters.GetProperty("user"));
        return new(parameters.GetProperty("panel").GetString()!, about is { } shape ? PluginObject.Of(shape) : null, about?.GetProperty("name").GetString() ?? "", new(user.GetProperty("id").GetString()!, user.GetProperty("name").GetString()!));
    }
}
