using System.Buffers;
using System.Text;
using System.Text.Json;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>
/// What decoding shares between records of one pool: the texts already seen, so that equal strings and references are one
/// object in memory. Belongs to the pool's one writer; not safe from several threads at once.
/// </summary>
public sealed class DecodeContext
{
    private const int LongestShared = 128;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads a text, preferring <paramref name="old"/> and then a text seen before over a new string.</summary>
    public string Text(ref Utf8JsonReader reader, string? old)
    {
        if (reader.TokenType != JsonTokenType.String)
            return Scalar(ref reader);
        if (old is not null && reader.ValueTextEquals(old))
            return old;
        return Shared(reader.GetString()!);
    }

    /// <summary>Reads the property name the reader stands on.</summary>
    public string Key(ref Utf8JsonReader reader) => Shared(reader.GetString()!);

    /// <summary>The text seen before that equals this one, or this one from now on.</summary>
    public string Share(string text) => Shared(text);

    private string Shared(string text)
    {
        if (text.Length is 0 or > LongestShared)
            return text;
        if (_texts.TryGetValue(text, out var shared))
            return shared;
        _texts[text] = text;
        return text;
    }

    /// <summary>Hosts of several ages send numbers and booleans where a later datamodel says text.</summary>
    private static string Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => "",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => throw new JsonException($"a text was expected where the host sent {reader.TokenType}"),
    };
}
