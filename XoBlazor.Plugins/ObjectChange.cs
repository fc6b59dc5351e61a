using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>One object that came, changed or went.</summary>
/// <param name="Kind">How.</param>
/// <param name="Object">As it is now; without fields when it is gone.</param>
/// <param name="Changed">The names of the fields that differ, where that is known.</param>
public sealed record ObjectChange(ObjectChangeKind Kind, PluginObject Object, IReadOnlyList<string> Changed)
{
    internal static ObjectChange Of(JsonElement change) => new(
        change.GetProperty("kind").GetString() switch { "added" => ObjectChangeKind.Added, "removed" => ObjectChangeKind.Removed, _ => ObjectChangeKind.Changed },
        PluginObject.Of(change),
        change.TryGetProperty("changed", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : []);
}
