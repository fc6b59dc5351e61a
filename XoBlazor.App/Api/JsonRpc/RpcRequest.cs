using System.Text.Json;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>One call within a message. What is wrong with its form is a <see cref="Problem"/>, which is answered in place of the call.</summary>
/// <param name="Id">As it was sent, to be sent back; null for a notification, which gets no answer.</param>
/// <param name="Method">Empty where there is a problem.</param>
internal readonly record struct RpcRequest(JsonElement? Id, string Method, JsonElement? Parameters, ApiException? Problem)
{
    // What is said about a message that has no id of its own.
    private static readonly JsonElement s_null = JsonDocument.Parse("null").RootElement;

    /// <summary>The call that an element of JSON is; null for an answer to something nobody asked, which is nothing to answer.</summary>
    public static RpcRequest? Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return Wrong(null, "a call is a JSON object");
        var hasId = message.TryGetProperty("id", out var id);
        if (hasId && id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
            return Wrong(null, "id has to be a string, a number or null");
        var hasMethod = message.TryGetProperty("method", out var method);
        if (!hasMethod && (message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _)))
            return null;
        if (!message.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
            return Wrong(hasId ? id : null, "jsonrpc has to be \"2.0\"");
        if (!hasMethod || method.ValueKind != JsonValueKind.String)
            return Wrong(hasId ? id : null, "method has to be a string");
        if (message.TryGetProperty("params", out var parameters) && parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
            return Wrong(hasId ? id : null, "params has to be an object");
        return new(hasId ? id : null, method.GetString()!, parameters.ValueKind == JsonValueKind.Undefined ? null : parameters, null);
    }

    /// <summary>Something that is no call, answered under the id null.</summary>
    public static RpcRequest Failed(ApiException problem) => new(s_null, "", null, problem);

    private static RpcRequest Wrong(JsonElement? id, string why) => new(id ?? s_null, "", null, ApiException.InvalidRequest(why));
}
