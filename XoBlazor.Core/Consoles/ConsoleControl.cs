using System.Text.Json.Nodes;

namespace XoBlazor.Core.Consoles;

/// <summary>What the server tells a viewer beside the console's bytes: text messages in JSON (docs/consoles.md).</summary>
internal static class ConsoleControl
{
    public static byte[] Open(string name, ConsoleLeave leave, string resume, IEnumerable<string> viewers) =>
        Bytes(With(leave, new() { ["type"] = "open", ["name"] = name, ["resume"] = resume, ["viewers"] = Names(viewers) }));

    public static byte[] Viewers(IEnumerable<string> viewers) => Bytes(new() { ["type"] = "viewers", ["viewers"] = Names(viewers) });

    public static byte[] State(ConsoleState state, ConsoleLeave leave) =>
        Bytes(new() { ["type"] = "state", ["state"] = state.Name, ["code"] = state.Code, ["text"] = leave.HasFlag(ConsoleLeave.Host) ? state.Text : state.Veiled });

    public static byte[] Rights(ConsoleLeave leave) => Bytes(With(leave, new() { ["type"] = "rights" }));

    public static byte[] End(string code, string text) => Bytes(new() { ["type"] = "end", ["code"] = code, ["text"] = text });

    private static JsonObject With(ConsoleLeave leave, JsonObject message)
    {
        message["viewOnly"] = !leave.HasFlag(ConsoleLeave.Type);
        message["clipboard"] = leave.HasFlag(ConsoleLeave.Clipboard);
        return message;
    }

    private static JsonArray Names(IEnumerable<string> viewers) => [.. viewers.Select(name => (JsonNode)name)];

    private static byte[] Bytes(JsonObject message) => System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
}
