using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

internal enum JsonRpcVersion { One, Two }

/// <summary>A JSON-RPC call with what its answer must repeat.</summary>
internal sealed record JsonRpcRequest(JsonRpcVersion Version, string Id, RpcRequest Call)
{
    /// <summary>Reads a request; no batches, no notifications, an identifier that is a number or a text.</summary>
    public static JsonRpcRequest Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            throw new MalformedRequestException("Yojson.Json_error(\"Blank input data\")");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw new MalformedRequestException($"Yojson.Json_error(\"Line {e.LineNumber + 1}, bytes {e.BytePositionInLine}: invalid JSON\")");
        }

        using (document)
            try
            {
                return Read(document.RootElement);
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair, or bytes that are no UTF-8, in a text.
                throw new MalformedRequestException("Yojson.Json_error(\"Invalid UTF-8\")");
            }
    }

    private static JsonRpcRequest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Malformed("Invalid request body");
        var version = !root.TryGetProperty("jsonrpc", out var named) ? JsonRpcVersion.One
            : named.ValueKind == JsonValueKind.String && named.GetString() == "2.0" ? JsonRpcVersion.Two
            : throw Malformed("Invalid field 'jsonrpc' in request body");
        if (!root.TryGetProperty("method", out var method))
            throw Malformed("Required field method is missing");
        if (method.ValueKind != JsonValueKind.String)
            throw Malformed("Invalid field 'method' in request body");
        if (!root.TryGetProperty("id", out var id) || !(id.ValueKind == JsonValueKind.String || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _))))
            throw Malformed("Invalid field 'id' in request body");
        root.TryGetProperty("params", out var parameters);
        IReadOnlyList<XapiValue> values = parameters.ValueKind switch
        {
            JsonValueKind.Array => [.. parameters.EnumerateArray().Select(ToValue)],
            JsonValueKind.Object when version == JsonRpcVersion.Two => [ToValue(parameters)],
            JsonValueKind.Null or JsonValueKind.Undefined when version == JsonRpcVersion.Two => [],
            _ => throw Malformed("Invalid field 'params' in request body"),
        };
        return new(version, id.GetRawText(), new(method.GetString()!, values));
    }

    private static XapiValue ToValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var number) && !json.GetRawText().AsSpan().ContainsAny('.', 'e', 'E')
            ? number : (XapiValue)json.GetDouble(),
        JsonValueKind.Array => new SetValue([.. json.EnumerateArray().Select(ToValue)]),
        JsonValueKind.Object => new MapValue(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ToValue(p.Value))).ToImmutableArray()),
        _ => NullValue.Instance,
    };

    private static MalformedRequestException Malformed(string text) => new($"Jsonrpc.Malformed_method_request(\"{text}\")");
}
