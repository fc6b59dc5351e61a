using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Methods;

/// <summary>Partial equality: an object matches a pattern whose members it has, an array one whose members are all among its own.</summary>
internal static class JsonMatch
{
    public static bool Matches(JsonNode? value, JsonElement pattern) => pattern.ValueKind switch
    {
        JsonValueKind.Object => value is JsonObject members
            && pattern.EnumerateObject().All(wanted => members.TryGetPropertyValue(wanted.Name, out var member) && Matches(member, wanted.Value)),
        JsonValueKind.Array => value is JsonArray items && pattern.EnumerateArray().All(wanted => items.Any(item => Matches(item, wanted))),
        _ => JsonNode.DeepEquals(value, JsonValue.Create(pattern)),
    };
}
