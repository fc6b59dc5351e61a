using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>Somebody who does something: a person, a plugin, or the server itself.</summary>
/// <param name="Id">Their lasting identifier; empty for the server.</param>
/// <param name="Name">Their name then.</param>
public sealed record PluginPerson(string Id, string Name)
{
    internal static PluginPerson Of(JsonElement shape) => new(shape.GetProperty("id").GetString()!, shape.GetProperty("name").GetString()!);
}
