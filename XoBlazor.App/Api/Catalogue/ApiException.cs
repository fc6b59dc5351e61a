using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>
/// A call that failed, as clients are told: a code of <see cref="ApiErrorCode"/>, a text for people, and data that programs look at. Names nothing that
/// the requester may not view.
/// </summary>
internal sealed class ApiException(int code, string message, JsonNode? data = null) : Exception(message)
{
    public int Code => code;

    /// <summary>For programs.</summary>
    public JsonNode? Details => data;

    public static ApiException MethodNotFound(string method) => new(ApiErrorCode.MethodNotFound, $"method not found: {method}", method);

    public static ApiException InvalidRequest(string why) => new(ApiErrorCode.InvalidRequest, $"invalid request: {why}");

    public static ApiException NoSuchObject(string id, params ReadOnlySpan<string> types) => new(
        ApiErrorCode.NoSuchObject,
        $"no such {(types.IsEmpty ? "object" : string.Join(',', types.ToArray()))} {id}",
        new JsonObject { ["id"] = id, ["type"] = types.Length switch { 0 => null, 1 => types[0], _ => new JsonArray([.. types.ToArray().Select(type => (JsonNode)type)]) } });

    /// <param name="permission">What is missing, in Xen Orchestra's words (<c>admin</c>, <c>operate</c>); null for being signed in.</param>
    /// <param name="id">The object it is missing on.</param>
    /// <param name="reason">For people.</param>
    public static ApiException Unauthorized(string? permission = null, string? id = null, string? type = null, string? reason = null)
    {
        var about = new JsonObject();
        if (id is not null)
            about["id"] = id;
        if (type is not null)
            about["type"] = type;
        var data = new JsonObject();
        if (permission is not null)
            data["permission"] = permission;
        data["object"] = about;
        if (reason is not null)
            data["reason"] = reason;
        return new(ApiErrorCode.Unauthorized, "not enough permissions", data);
    }

    public static ApiException InvalidCredentials(string? why = null, JsonObject? data = null) => new(ApiErrorCode.InvalidCredentials, why ?? "invalid credentials", data);

    /// <param name="reason">For people: what is in the way, and the next step.</param>
    public static ApiException Forbidden(string operation, string reason) => new(
        ApiErrorCode.ForbiddenOperation, reason, new JsonObject { ["operation"] = operation, ["reason"] = reason });

    /// <summary>What is wrong with the parameters, as <see cref="ApiSchemaCheck"/> says.</summary>
    public static ApiException InvalidParameters(JsonArray errors) => new(ApiErrorCode.InvalidParameters, "invalid parameters", new JsonObject { ["errors"] = errors });

    /// <summary>A parameter of the right form that cannot be used.</summary>
    public static ApiException InvalidParameter(string name, string why) => new(
        ApiErrorCode.InvalidParameters,
        $"invalid parameters: {why}",
        new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject
            {
                ["instancePath"] = $"/{name}",
                ["schemaPath"] = $"#/properties/{name}",
                ["keyword"] = "value",
                ["params"] = new JsonObject(),
                ["message"] = why,
            }),
        });

    public static ApiException NotImplemented(string what) => new(ApiErrorCode.NotImplemented, what);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("message", Message);
        writer.WriteNumber("code", code);
        if (data is not null)
        {
            writer.WritePropertyName("data");
            data.WriteTo(writer);
        }
        writer.WriteEndObject();
    }
}
