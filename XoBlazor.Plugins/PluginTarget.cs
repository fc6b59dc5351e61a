using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>The object that an operation works on.</summary>
/// <param name="Pool">The pool's uuid.</param>
/// <param name="Class">XAPI's name of its class, such as <c>VM</c>.</param>
/// <param name="Uuid">Its uuid.</param>
/// <param name="Name">Its name then.</param>
public sealed record PluginTarget(string Pool, string Class, string Uuid, string Name)
{
    internal static PluginTarget Of(JsonElement shape) =>
        new(shape.GetProperty("pool").GetString()!, shape.GetProperty("class").GetString()!, shape.GetProperty("uuid").GetString()!, shape.GetProperty("name").GetString()!);
}
