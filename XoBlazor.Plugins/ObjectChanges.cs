using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>What changed among the objects that a plugin may see.</summary>
/// <param name="Changes">In the order in which it happened.</param>
/// <param name="IsComplete">With these all that was there when the plugin was loaded has been told.</param>
public sealed record ObjectChanges(IReadOnlyList<ObjectChange> Changes, bool IsComplete)
{
    internal static ObjectChanges Of(JsonElement message) =>
        new([.. message.GetProperty("changes").EnumerateArray().Select(ObjectChange.Of)], message.TryGetProperty("isComplete", out var flag) && flag.ValueKind == JsonValueKind.True);
}
