using System.Text.Json;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>
/// Being like an example, as lodash's <c>matches</c> has it: a value has at least all that the example has, at any depth; a list has at least the example's
/// items, in any order; an absent property is not equal to null.
/// </summary>
internal static class JsonMatch
{
    public static bool IsLike(JsonElement value, JsonElement example)
    {
        switch (example.ValueKind)
        {
            case JsonValueKind.Object:
                if (value.ValueKind != JsonValueKind.Object)
                    return false;
                foreach (var part in example.EnumerateObject())
                    if (!value.TryGetProperty(part.Name, out var there) || !IsLike(there, part.Value))
                        return false;
                return true;
            case JsonValueKind.Array:
                if (value.ValueKind != JsonValueKind.Array)
                    return false;
                foreach (var item in example.EnumerateArray())
                    if (!value.EnumerateArray().Any(there => IsLike(there, item)))
                        return false;
                return true;
            case JsonValueKind.Number:
                return value.ValueKind == JsonValueKind.Number && value.GetDouble().Equals(example.GetDouble());
            case JsonValueKind.String:
                return value.ValueKind == JsonValueKind.String && value.ValueEquals(example.GetString());
            default:
                return value.ValueKind == example.ValueKind;
        }
    }
}
