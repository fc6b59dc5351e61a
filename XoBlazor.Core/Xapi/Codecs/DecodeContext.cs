using System.Buffers;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>
/// What decoding shares between records of one pool, so that equal texts, references, maps and sets are one object in memory: the
/// texts already seen and the last few values of each field. Belongs to the pool's one writer; not safe from several threads at once.
/// Bounded: what an answer has brought beyond a limit is let go at its end, for the records themselves keep what they use.
/// </summary>
/// <param name="known">The string by which the pool's picture holds a reference, null for one that it does not know; called by the one who decodes.</param>
public sealed class DecodeContext(Func<ReadOnlySpan<char>, string?>? known = null)
{
    private const int LongestShared = 128;
    private const int MostKept = 32 * 1024;

    private readonly Utf8Texts _texts = new();
    private readonly object?[] _memos = new object?[XapiCodec.All.Length];

    /// <summary>Texts held for sharing.</summary>
    internal int SharedTexts => _texts.Count;

    /// <summary>Reads a text, preferring <paramref name="old"/> and then a text seen before over a new string.</summary>
    internal string Text(ref WireReader reader, string? old)
    {
        if (reader.Rest is not [(byte)'"', ..] && reader.Peek() != WireKind.Text)
            return Scalar(ref reader);
        var raw = reader.RawText(out var escaped);
        if (raw.IsEmpty)
            return "";
        if (old is not null && old.Length == raw.Length && Ascii.Equals(raw, old))
            return old;
        if (!escaped)
            return Share(raw);
        var text = WireReader.Unescape(raw);
        return text == old ? old : text;
    }

    /// <summary>Reads the name of the member the reader was moved to, preferring <paramref name="old"/>.</summary>
    internal string Key(ref WireReader reader, string? old)
    {
        var raw = reader.Name(out var escaped);
        return escaped ? WireReader.Unescape(raw) : old is not null && Ascii.Equals(raw, old) ? old : Share(raw);
    }

    internal string Share(ReadOnlySpan<byte> utf8) => utf8.Length switch
    {
        0 => "",
        > LongestShared => Encoding.UTF8.GetString(utf8),
        _ => Known(utf8) ?? _texts.Get(utf8),
    };

    internal string Share(string text) => Share(Encoding.UTF8.GetBytes(text));

    internal TMemo Memo<TMemo>(int type) where TMemo : class, new() => (TMemo)(_memos[type] ??= new TMemo());

    /// <summary>To be called between answers.</summary>
    internal void Trim()
    {
        if (_texts.Count > MostKept)
            _texts.Clear();
    }

    /// <summary>
    /// An object keeps its reference for life, and others name it again long after a text was last met here: records that change would
    /// come to hold copies of their own, one after the other.
    /// </summary>
    private string? Known(ReadOnlySpan<byte> utf8)
    {
        if (known is null || !utf8.StartsWith("OpaqueRef:"u8))
            return null;
        Span<char> text = stackalloc char[LongestShared];
        return Ascii.ToUtf16(utf8, text, out var length) == OperationStatus.Done ? known(text[..length]) : null;
    }

    /// <summary>Hosts of several ages send numbers and booleans where a later datamodel says text.</summary>
    private static string Scalar(ref WireReader reader) => reader.Peek() switch
    {
        WireKind.Null => Nothing(ref reader),
        WireKind.Truth or WireKind.Number => Encoding.UTF8.GetString(reader.Scalar()),
        var kind => throw new JsonException($"a text was expected where the host sent {kind}"),
    };

    private static string Nothing(ref WireReader reader)
    {
        reader.Scalar();
        return "";
    }
}
