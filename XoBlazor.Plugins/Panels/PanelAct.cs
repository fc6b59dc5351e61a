using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>Somebody pressed a button or sent a form of a panel.</summary>
/// <param name="Request">Which panel, about what, and who.</param>
/// <param name="Action">Which; for an action that runs at once, its own id.</param>
/// <param name="Values">What was filled in or told with it. From a browser: the plugin checks what it means.</param>
public sealed record PanelAct(PanelRequest Request, string Action, JsonObject Values)
{
    internal static PanelAct Of(JsonElement parameters) => new(PanelRequest.Of(parameters), parameters.GetProperty("action").GetString()!,
        parameters.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object ? (JsonObject)JsonNode.Parse(values.GetRawText())! : []);
}
