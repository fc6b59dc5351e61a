using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>An answer to a request. The browser shuts it into a sandbox: scripts in it do not run.</summary>
public sealed record PluginHttpResponse(int Status, ReadOnlyMemory<byte> Body = default)
{
    /// <summary>Of the body.</summary>
    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    /// <summary>More headers: those about the content and its caching; others are left out.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>As it goes to the server.</summary>
    public JsonObject ToJson()
    {
        var headers = new JsonObject(Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))) { ["content-type"] = ContentType };
        return new() { ["status"] = Status, ["headers"] = headers, ["base64"] = Convert.ToBase64String(Body.Span) };
    }
}
