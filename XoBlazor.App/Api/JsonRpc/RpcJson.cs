using System.Text.Json;
using System.Text.Unicode;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>Reads messages so that whoever looks into them later meets no surprise: every text is Unicode, every name stands once, nothing is too deep.</summary>
internal static class RpcJson
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = RpcLimits.MostDepth, AllowDuplicateProperties = false };

    /// <summary>Fails with <see cref="JsonException"/>.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span))
            throw new JsonException("the message is not UTF-8");
        try
        {
            var message = JsonDocument.Parse(bytes, s_options);
            // Halves of a letter can only hide in escapes, which the parser leaves as they are.
            if (bytes.Span.IndexOf("\\ud"u8) >= 0 || bytes.Span.IndexOf("\\uD"u8) >= 0)
                Look(message.RootElement);
            return message;
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("a text has half of a letter", half);
        }
    }

    private static void Look(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Look(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Look(member.Value);
                }
                break;
        }
    }
}
