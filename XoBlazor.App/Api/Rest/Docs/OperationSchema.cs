using System.Text.Json.Nodes;
using XoBlazor.App.Api.Methods;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Rest.Docs;

/// <summary>What an operation takes, as JSON Schema.</summary>
internal static class OperationSchema
{
    /// <summary>The description of the address of all operations becomes that of one.</summary>
    public static JsonObject Describe(JsonObject any, Operation operation)
    {
        any["operationId"] = operation.Name;
        any["summary"] = operation.Title;
        any["description"] = operation.Consequence is { } consequence ? $"{operation.Description} {consequence}" : operation.Description;
        var body = any["requestBody"]!["content"]!["application/json"]!["schema"]!;
        var properties = body["properties"]!.AsObject();
        properties["id"]!["description"] = $"of the object it works on: {string.Join(", ", OperationDescriptions.TypesOf(operation))}";
        properties["arguments"] = Record(operation.Parameters);
        if (operation.Parameters.Any(parameter => parameter.IsRequired))
            body["required"]!.AsArray().Add((JsonNode)"arguments");
        return any;
    }

    private static JsonObject Record(IReadOnlyCollection<OperationParameter> fields)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Of(field)))),
            ["additionalProperties"] = false,
        };
        if (fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name).ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    private static JsonObject Of(OperationParameter parameter)
    {
        var schema = parameter.Kind switch
        {
            ParameterKind.Text => new JsonObject { ["type"] = "string", ["maxLength"] = parameter.MaxLength },
            ParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
            ParameterKind.Number => Number(parameter),
            ParameterKind.Size => new JsonObject { ["type"] = new JsonArray("integer", "string") },
            ParameterKind.Choice => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => (JsonNode)choice)]) },
            ParameterKind.Object => new JsonObject { ["type"] = "string" },
            ParameterKind.List => new JsonObject { ["type"] = "array", ["maxItems"] = parameter.MaxLength, ["items"] = Of(parameter.Item!) },
            ParameterKind.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(parameter.Item!) },
            ParameterKind.Record => Record(parameter.Fields),
        };
        schema["title"] = parameter.Title;
        if (parameter.Description is { } description)
            schema["description"] = description;
        if (parameter.Default is { } fallback)
            schema["default"] = fallback.DeepClone();
        if (parameter.IsSecret)
            schema["writeOnly"] = true;
        return parameter.IsClearable ? new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;
    }

    private static JsonObject Number(OperationParameter parameter)
    {
        var schema = new JsonObject { ["type"] = "integer" };
        if (parameter.Minimum != long.MinValue)
            schema["minimum"] = parameter.Minimum;
        if (parameter.Maximum != long.MaxValue)
            schema["maximum"] = parameter.Maximum;
        return schema;
    }
}
