using System.Text;
using System.Text.Json;

namespace XoBlazor.Simulator.Faults;

/// <summary>Reads which call a request makes, and leaves the request as it was.</summary>
internal static class RequestPeek
{
    private const int LongestBody = 512 * 1024;

    /// <summary>The method of a JSON-RPC or XML-RPC call; the HTTP method and path of anything else.</summary>
    public static async Task<string> MethodAsync(HttpContext http)
    {
        var other = NameOf(http);
        if (http.Request.Method != "POST" || http.Request.ContentLength is not (> 0 and <= LongestBody)) return other;
        var body = new byte[http.Request.ContentLength.Value];
        var read = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        http.Request.Body = new MemoryStream(body, 0, read, writable: false);
        return (body[0] == '<' ? XmlMethod(body) : JsonMethod(body.AsSpan(0, read))) ?? other;
    }

    /// <summary>What a request that is no call goes by: <c>GET /export</c>, with or without a slash behind.</summary>
    public static string NameOf(HttpContext http) => $"{http.Request.Method} /{http.Request.Path.Value!.Trim('/')}";

    private static string? JsonMethod(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                var isMethod = reader.ValueTextEquals("method");
                reader.Read();
                if (isMethod) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Not JSON: the pool will say so.
        }

        return null;
    }

    private static string? XmlMethod(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 1024));
        var start = text.IndexOf("<methodName>", StringComparison.Ordinal);
        var end = text.IndexOf("</methodName>", StringComparison.Ordinal);
        return start >= 0 && end > start ? text[(start + "<methodName>".Length)..end].Trim() : null;
    }
}
