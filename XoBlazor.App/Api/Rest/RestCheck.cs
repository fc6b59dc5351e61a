using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.Rest;

/// <summary>Reads what stands behind the question mark and in the body, and says what does not fit, all of it, in the words of XO's own REST API (recorded).</summary>
internal static class RestCheck
{
    /// <summary>The values of the declared names, converted to their types.</summary>
    public static Dictionary<string, JsonElement> ReadQuery(ImmutableArray<ApiParameter> declared, IQueryCollection sent, JsonObject wrong)
    {
        var read = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, schema) in declared)
        {
            if (!sent.TryGetValue(name, out var values))
                continue;
            var text = values[^1] ?? "";
            if (schema.Choices.Length > 0 && !schema.Choices.Contains(text))
                wrong[name] = Wrong($"should be one of the following; [{string.Join(',', schema.Choices.Select(choice => $"'{choice}'"))}]", text);
            else if (Value(schema, text) is { } value)
                read[name] = JsonSerializer.SerializeToElement(value);
            else
                wrong[name] = Wrong($"invalid {Words(schema.Types[0])}", text);
        }
        return read;
    }

    /// <summary>The members of the object that was sent.</summary>
    /// <param name="isStrict">Those that are not declared are wrong.</param>
    public static Dictionary<string, JsonElement> ReadBody(ImmutableArray<ApiParameter> declared, bool isStrict, JsonElement? sent, JsonObject wrong)
    {
        var read = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (sent is { ValueKind: JsonValueKind.Object } body)
            foreach (var member in body.EnumerateObject())
                read[member.Name] = member.Value;
        else if (sent is { } other)
            wrong["body"] = Wrong("invalid object", ApiCall.Node(other));
        if (ApiSchemaCheck.Errors(isStrict ? declared : declared.Add(ApiParameter.Any(ApiParameter.Others)), read) is { } errors)
            foreach (var error in errors)
                Add(error!.AsObject(), sent, wrong);
        return read;
    }

    /// <summary>By the first of its types that it can be.</summary>
    private static JsonNode? Value(ApiSchema schema, string text) => schema.Types.Select(type => Value(type, text)).FirstOrDefault(value => value is not null);

    private static JsonNode? Value(string type, string text) => type switch
    {
        "boolean" => text switch { "true" => true, "false" => false, _ => null },
        "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        _ => text,
    };

    private static void Add(JsonObject error, JsonElement? body, JsonObject wrong)
    {
        var (at, details) = ("body" + ((string)error["instancePath"]!).Replace('/', '.'), error["params"]!.AsObject());
        switch ((string)error["keyword"]!)
        {
            case "required":
                var missing = (string)details["missingProperty"]!;
                wrong[$"{at}.{missing}"] = new JsonObject { ["message"] = $"'{missing}' is required" };
                break;
            case "additionalProperties":
                var excess = (string)details["additionalProperty"]!;
                wrong[$"{at}.{excess}"] = Wrong($"\"{excess}\" is an excess property and therefore is not allowed", excess);
                break;
            case "type":
                wrong[at] = Wrong(details["type"] is JsonValue type ? $"invalid {Words((string)type!)}" : (string)error["message"]!, Find(body, (string)error["instancePath"]!));
                break;
            default:
                wrong[at] = Wrong((string)error["message"]!, Find(body, (string)error["instancePath"]!));
                break;
        }
    }

    private static JsonObject Wrong(string message, JsonNode? value) => new() { ["message"] = message, ["value"] = value };

    private static JsonNode? Find(JsonElement? body, string pointer)
    {
        if (body is not { } value)
            return null;
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var member))
                value = member;
            else if (value.ValueKind == JsonValueKind.Array && int.TryParse(part, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength())
                value = value[index];
            else
                return null;
        return ApiCall.Node(value);
    }

    private static string Words(string type) => type switch
    {
        "boolean" => "boolean value",
        "number" => "float number",
        "integer" => "integer number",
        "string" => "string value",
        _ => type,
    };
}
