using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>An object of a pool.</summary>
/// <param name="Pool">The pool's uuid.</param>
/// <param name="Class">XAPI's name of its class, such as <c>VM</c>.</param>
/// <param name="Uuid">Its uuid; the same in two pools for default templates.</param>
/// <param name="Ref">Its reference: what fields of others name it by.</param>
/// <param name="Fields">XAPI's fields under their names, as XAPI has them; <see cref="JsonValueKind.Undefined"/> when it is gone. Values that tell of passwords are masked.</param>
public sealed record PluginObject(string Pool, string Class, string Uuid, string Ref, JsonElement Fields)
{
    internal static PluginObject Of(JsonElement shape) => new(
        shape.GetProperty("pool").GetString()!, shape.GetProperty("class").GetString()!, shape.GetProperty("uuid").GetString()!, shape.GetProperty("ref").GetString()!,
        shape.TryGetProperty("fields", out var fields) ? fields : default);
}
