using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Actions;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Rest.Docs;

/// <summary>The routes as an OpenAPI 3.1 document. Made of the same declarations that route and check.</summary>
internal static partial class OpenApiDocument
{
    private const string Error = "#/components/schemas/Error";
    private const string Json = "application/json";

    /// <param name="provided">The operations that plugins add, each with an address of its own.</param>
    /// <param name="version">Of the operations, as <c>operation.getVersion</c> tells it; null for nobody's.</param>
    public static JsonObject Of(RestRoutes routes, IEnumerable<Operation>? provided = null, string? version = null)
    {
        var paths = new JsonObject();
        foreach (var address in routes.All.GroupBy(route => PathOf(route)))
            paths[address.Key] = new JsonObject(address.Select(route => KeyValuePair.Create(route.Verb.ToLowerInvariant(), (JsonNode?)Operation(route))));
        var any = routes.All.Single(route => route is { Verb: "POST", Path: OperationRoutes.Path });
        foreach (var operation in provided ?? [])
            paths[OperationRoutes.PathOf(operation)] = new JsonObject { ["post"] = OperationSchema.Describe(Operation(any with { Path = OperationRoutes.PathOf(operation) }), operation) };
        var document = Of(paths);
        if (version is not null)
            document["info"]!["x-operations"] = version;
        return document;
    }

    /// <summary>The path without what only routing needs.</summary>
    public static string PathOf(RestRoute route) => Constraint().Replace(route.Path, "{$1}");

    private static JsonObject Of(JsonObject paths) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "XoBlazor",
            ["version"] = ProductVersion.Text.Split('+')[0],
            ["description"] = "XCP-ng and XenServer pools by REST, as clients of Xen Orchestra know it. What you may not view does not exist for you.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = RestEndpoints.Root }),
        ["security"] = new JsonArray(Needs("bearer"), Needs("cookie"), Needs("basic")),
        ["paths"] = paths,
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API token." },
                ["cookie"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "authenticationToken", ["description"] = "An API token." },
                ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "Name and password, with ?otp= where the account has a second factor." },
            },
            ["schemas"] = Schemas(),
        },
    };

    private static JsonObject Operation(RestRoute route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = OperationId(route),
            ["summary"] = route.Summary,
            ["tags"] = new JsonArray(route.Area.Length > 0 ? route.Area : "about"),
        };
        if (route.IsOpen)
            operation["security"] = new JsonArray();
        var parameters = new JsonArray();
        foreach (Match part in Part().Matches(PathOf(route)))
            parameters.Add((JsonNode)new JsonObject { ["name"] = part.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        foreach (var (name, schema) in route.Query)
            parameters.Add((JsonNode)new JsonObject { ["name"] = name, ["in"] = "query", ["required"] = false, ["schema"] = Schema(schema) });
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (route.Body is { } body)
            operation["requestBody"] = new JsonObject
            {
                ["required"] = body.Any(one => one.Schema.IsRequired),
                ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = Body(body, route.IsStrict) } },
            };
        if (route.TakesBytes)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Bytes };
        operation["responses"] = Responses(route);
        return operation;
    }

    private static JsonObject Bytes => new() { ["application/octet-stream"] = Typed(new JsonObject { ["type"] = "string", ["format"] = "binary" }) };

    private static JsonObject Responses(RestRoute route)
    {
        var responses = new JsonObject();
        foreach (var outcome in route.Outcomes)
        {
            var (status, words, content) = Answer(outcome, route);
            responses[status] = content is null ? new JsonObject { ["description"] = words } : new JsonObject { ["description"] = words, ["content"] = content };
        }
        responses["default"] = new JsonObject
        {
            ["description"] = "What went wrong: 400, 401, 403, 404, 409, 412, 422, 429, 500, 501 or 503.",
            ["content"] = new JsonObject { [Json] = Ref(Error), ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } },
        };
        return responses;
    }

    /// <summary>How an outcome is told: the status, in words, and the content.</summary>
    public static (string Status, string Words, JsonObject? Content) Answer(RestOutcome outcome, RestRoute route) => outcome switch
    {
        RestOutcome.Document => ("200", "The object.", new() { [Json] = Ref(SchemaOf(route)) }),
        RestOutcome.List => ("200", "Addresses, or objects where fields were asked for.", new()
        {
            [Json] = Typed(new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "object" }) } }),
            ["application/x-ndjson"] = Typed(new JsonObject { ["type"] = "string" }),
            ["text/markdown"] = Typed(new JsonObject { ["type"] = "string" }),
        }),
        RestOutcome.Made => ("201", "It was made.", new() { [Json] = Typed(Record("id")) }),
        RestOutcome.Nothing => ("204", "Done.", null),
        RestOutcome.Task => ("202", "It was begun; the task tells the rest.", new() { [Json] = Typed(Record("taskId")) }),
        RestOutcome.NotModified => ("304", "You have it already (If-None-Match).", null),
        RestOutcome.Bytes => ("200", "The bytes.", Bytes),
        RestOutcome.Events => ("200", "Server-sent events.", new() { ["text/event-stream"] = Typed(new JsonObject { ["type"] = "string" }) }),
        RestOutcome.Page => ("200", "A page for people.", new() { ["text/html"] = Typed(new JsonObject { ["type"] = "string" }) }),
        RestOutcome.Redirect => ("302", "It is somewhere else.", null),
    };

    private static string SchemaOf(RestRoute route) => route.Path == $"/{route.Area}/{{id}}" && RestCollection.All.Any(one => one.Name == route.Area)
        ? $"#/components/schemas/{RestCollection.Of(route.Area).Type}" : route.Area == "tasks" ? "#/components/schemas/restTask" : "#/components/schemas/Anything";

    private static JsonObject Schemas()
    {
        var schemas = new JsonObject
        {
            ["Anything"] = new JsonObject { ["type"] = "object" },
            ["Error"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("error"),
                ["properties"] = new JsonObject
                {
                    ["error"] = new JsonObject { ["description"] = "Words, or what is wrong with each thing that was sent." },
                    ["data"] = new JsonObject { ["type"] = "object" },
                },
            },
            ["restTask"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("id", "properties", "start", "status"),
                ["properties"] = new JsonObject
                {
                    ["id"] = new JsonObject { ["type"] = "string" },
                    ["properties"] = new JsonObject { ["type"] = "object" },
                    ["start"] = new JsonObject { ["type"] = "number" },
                    ["end"] = new JsonObject { ["type"] = "number" },
                    ["updatedAt"] = new JsonObject { ["type"] = "number" },
                    ["progress"] = new JsonObject { ["type"] = "number" },
                    ["status"] = new JsonObject { ["enum"] = new JsonArray("pending", "success", "failure") },
                    ["result"] = new JsonObject { ["type"] = "object" },
                },
            },
        };
        foreach (var collection in RestCollection.All)
        {
            var record = Record("id", "type", "$pool", "_xapiRef");
            record["properties"]!["type"]!["const"] = collection.Type;
            record["description"] = $"An object of the type {collection.Type}; docs/api-objects.md of the product tells its fields.";
            schemas[collection.Type] = record;
        }
        return schemas;
    }

    private static JsonObject Schema(ApiSchema schema)
    {
        var written = new JsonObject();
        if (schema.Description is not null)
            written["description"] = schema.Description;
        var types = schema is { IsNullable: true, Types.IsEmpty: false } && !schema.Types.Contains("null") ? schema.Types.Add("null") : schema.Types;
        if (types.Length == 1)
            written["type"] = types[0];
        else if (types.Length > 1)
            written["type"] = new JsonArray([.. types.Select(type => (JsonNode)type)]);
        if (!schema.Choices.IsEmpty)
            written["enum"] = new JsonArray([.. schema.Choices.Select(choice => (JsonNode)choice)]);
        if (schema.Minimum is { } least)
            written["minimum"] = least;
        if (schema.MaxLength is { } longest)
            written["maxLength"] = longest;
        if (schema.Items is { } items)
            written["items"] = Schema(items);
        if (schema.Default is { } fallback)
            written["default"] = fallback.DeepClone();
        if (!schema.Properties.IsEmpty)
            foreach (var (name, value) in Members(schema.Properties))
                written[name] = value?.DeepClone();
        if (schema.Others is { } others)
            written["additionalProperties"] = Schema(others);
        return written;
    }

    private static JsonObject Body(IReadOnlyCollection<ApiParameter> members, bool isStrict)
    {
        var written = Members(members);
        if (isStrict)
            written["additionalProperties"] = false;
        return written;
    }

    private static JsonObject Members(IReadOnlyCollection<ApiParameter> members)
    {
        var written = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(members.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)Schema(one.Schema)))),
        };
        if (members.Where(one => one.Schema.IsRequired).Select(one => (JsonNode)one.Name).ToArray() is { Length: > 0 } required)
            written["required"] = new JsonArray(required);
        return written;
    }

    private static JsonObject Record(params ReadOnlySpan<string> texts)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var text in texts)
        {
            properties[text] = new JsonObject { ["type"] = "string" };
            required.Add((JsonNode)text);
        }
        return new() { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static JsonObject Needs(string scheme) => new() { [scheme] = new JsonArray() };

    private static JsonObject Ref(string schema) => Typed(new JsonObject { ["$ref"] = schema });

    private static JsonObject Typed(JsonObject schema) => new() { ["schema"] = schema };

    // get_vms_id_tasks: what tools name their functions by.
    private static string OperationId(RestRoute route) =>
        route.Verb.ToLowerInvariant() + NoWord().Replace(PathOf(route), "_").TrimEnd('_');

    [GeneratedRegex(@"\{(\w+):[^{}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoWord();
}
