using System.Text;
using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>A request to an address below <c>/plugins/ID/</c>.</summary>
/// <param name="Path">Below that, without a slash at the front.</param>
/// <param name="Query">With its question mark; empty for none.</param>
/// <param name="Headers">Names in lower case. Neither cookies nor tokens are among them.</param>
/// <param name="User">Who is signed in; null at an address that is for everybody.</param>
public sealed record PluginHttpRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, PluginUser? User)
{
    internal static PluginHttpRequest Of(JsonElement parameters) => new(
        parameters.GetProperty("method").GetString()!, parameters.GetProperty("path").GetString()!, parameters.GetProperty("query").GetString()!,
        parameters.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString() ?? "", StringComparer.OrdinalIgnoreCase),
        parameters.TryGetProperty("body", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : parameters.TryGetProperty("base64", out var bytes) ? bytes.GetBytesFromBase64() : default,
        parameters.GetProperty("user") is { ValueKind: JsonValueKind.Object } user ? new(user.GetProperty("id").GetString()!, user.GetProperty("name").GetString()!) : null);
}
