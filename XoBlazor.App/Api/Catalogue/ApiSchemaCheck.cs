using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>
/// Judges values by their schema and says what is wrong in the words of Ajv 8, all of it at once, in its order: what is missing, what is too much,
/// then the members one by one (recorded: a method called with bad parameters). The errors are bounded.
/// </summary>
internal static class ApiSchemaCheck
{
    private const int MostErrors = 50;

    /// <summary>Null when <paramref name="given"/> fits, else the list of errors.</summary>
    public static JsonArray? Errors(ImmutableArray<ApiParameter> parameters, IReadOnlyDictionary<string, JsonElement> given)
    {
        var errors = new JsonArray();
        CheckMembers(parameters, others: null, isClosed: parameters.All(one => one.Name != ApiParameter.Others), given, "", "#", errors);
        return errors.Count == 0 ? null : errors;
    }

    private static void Check(ApiSchema schema, JsonElement value, string at, string rule, JsonArray errors)
    {
        if (schema.IsNullable && value.ValueKind == JsonValueKind.Null)
            return;
        if (!schema.Types.IsEmpty && !schema.Types.Any(type => IsOf(type, value)))
            Add(errors, at, $"{rule}/type", "type", new() { ["type"] = schema.Types.Length == 1 ? schema.Types[0] : List(schema.Types) }, $"must be {string.Join(',', schema.Types)}");
        else if (value.ValueKind == JsonValueKind.String)
            CheckText(schema, value.GetString()!, at, rule, errors);
        else if (value.ValueKind == JsonValueKind.Number && schema.Minimum is { } least && value.GetDouble() < least)
            Add(errors, at, $"{rule}/minimum", "minimum", new() { ["comparison"] = ">=", ["limit"] = least }, string.Create(CultureInfo.InvariantCulture, $"must be >= {least}"));
        else if (value.ValueKind == JsonValueKind.Array)
            CheckItems(schema, value, at, rule, errors);
        else if (value.ValueKind == JsonValueKind.Object && (!schema.Properties.IsEmpty || schema.Others is not null))
            CheckMembers(schema.Properties, schema.Others, isClosed: false, value.EnumerateObject().ToDictionary(one => one.Name, one => one.Value), at, rule, errors);

        if (!schema.Choices.IsEmpty && !(value.ValueKind == JsonValueKind.String && schema.Choices.Contains(value.GetString()!)))
            Add(errors, at, $"{rule}/enum", "enum", new() { ["allowedValues"] = List(schema.Choices) }, "must be equal to one of the allowed values");
    }

    private static void CheckText(ApiSchema schema, string text, string at, string rule, JsonArray errors)
    {
        // Ajv counts code points.
        var length = text.EnumerateRunes().Count();
        // A list of values says itself whether an empty one does.
        var shortest = schema.MinLength ?? (schema.Choices.IsEmpty ? 1 : 0);
        if (length < shortest)
            Add(errors, at, $"{rule}/minLength", "minLength", new() { ["limit"] = shortest }, $"must NOT have fewer than {shortest} characters");
        if (schema.MaxLength is { } longest && length > longest)
            Add(errors, at, $"{rule}/maxLength", "maxLength", new() { ["limit"] = longest }, $"must NOT have more than {longest} characters");
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            Add(errors, at, $"{rule}/pattern", "pattern", new() { ["pattern"] = pattern.ToString() }, $"must match pattern \"{pattern}\"");
    }

    private static void CheckItems(ApiSchema schema, JsonElement value, string at, string rule, JsonArray errors)
    {
        if (schema.MinItems is { } few && value.GetArrayLength() < few)
            Add(errors, at, $"{rule}/minItems", "minItems", new() { ["limit"] = few }, $"must NOT have fewer than {few} items");
        if (schema.Items is not { } items)
            return;
        var index = 0;
        foreach (var item in value.EnumerateArray())
            Check(items, item, $"{at}/{index++}", $"{rule}/items", errors);
    }

    private static void CheckMembers(
        ImmutableArray<ApiParameter> known, ApiSchema? others, bool isClosed, IReadOnlyDictionary<string, JsonElement> given, string at, string rule, JsonArray errors)
    {
        foreach (var one in known)
            if (one.Name != ApiParameter.Others && one.Schema.IsRequired && !given.ContainsKey(one.Name))
                Add(errors, at, $"{rule}/required", "required", new() { ["missingProperty"] = one.Name }, $"must have required property '{one.Name}'");
        foreach (var (name, value) in given)
        {
            if (known.Any(one => one.Name == name))
                continue;
            if (others is not null)
                Check(others, value, $"{at}/{Pointer(name)}", $"{rule}/additionalProperties", errors);
            else if (isClosed)
                Add(errors, at, $"{rule}/additionalProperties", "additionalProperties", new() { ["additionalProperty"] = name }, "must NOT have additional properties");
        }
        foreach (var one in known)
            if (given.TryGetValue(one.Name, out var value))
                Check(one.Schema, value, $"{at}/{Pointer(one.Name)}", $"{rule}/properties/{Pointer(one.Name)}", errors);
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()),
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && double.IsInteger(number),
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };

    private static void Add(JsonArray errors, string at, string rule, string keyword, JsonObject details, string message)
    {
        if (errors.Count < MostErrors)
            errors.Add(new JsonObject { ["instancePath"] = at, ["schemaPath"] = rule, ["keyword"] = keyword, ["params"] = details, ["message"] = message });
    }

    private static JsonArray List(ImmutableArray<string> values) => [.. values.Select(value => (JsonNode)value)];

    // A JSON pointer's own signs.
    private static string Pointer(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
