using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using XoBlazor.App.Api.Limits;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>JSON that others wrote. Its grammar allows what later surprises: halves of characters behind escapes, names that stand twice, any depth.</summary>
internal static class ForeignJson
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = ApiLimits.MostDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a message so that whoever looks into it later meets no surprise: every text is Unicode, every name stands once, nothing is too deep. Fails with <see cref="JsonException"/>.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span))
            throw new JsonException("the message is not UTF-8");
        JsonDocument message;
        try
        {
            message = JsonDocument.Parse(bytes, s_options);
        }
        catch (InvalidOperationException half)
        {
            throw new JsonException("a name has half of a letter", half);
        }

        // Halves of a letter can only hide in escapes, which the parser leaves as they are.
        if ((bytes.Span.IndexOf("\\ud"u8) < 0 && bytes.Span.IndexOf("\\uD"u8) < 0) || IsReadable(message.RootElement))
            return message;
        message.Dispose();
        throw new JsonException("a text has half of a letter");
    }

    public static bool TryText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>All names and texts in it can be read.</summary>
    public static bool IsReadable(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(p => p.Name is not null && IsReadable(p.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
