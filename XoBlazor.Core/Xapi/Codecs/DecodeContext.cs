using System.Text;
using System.Text.Json;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>
/// What decoding shares between records of one pool, so that equal texts, references, maps and sets are one object in memory: the
/// texts already seen and the last few values of each field. Belongs to the pool's one writer; not safe from several threads at once.
/// Bounded: what an answer has brought beyond a limit is let go at its end, for the records themselves keep what they use. Letting go of what
/// was not met for some minutes costs more than it saves: records that change then hold copies of references that others hold, too.
/// </summary>
public sealed class DecodeContext
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

    /// <summary>Reads the name of the member the reader was moved to.</summary>
    internal string Key(ref WireReader reader)
    {
        var raw = reader.Name(out var escaped);
        return escaped ? WireReader.Unescape(raw) : Share(raw);
    }

    internal string Share(ReadOnlySpan<byte> utf8) => utf8.Length switch
    {
        0 => "",
        > LongestShared => Encoding.UTF8.GetString(utf8),
        _ => _texts.Get(utf8),
    };

    internal string Share(string text) => Share(Encoding.UTF8.GetBytes(text));

    internal TMemo Memo<TMemo>(int type) where TMemo : class, new() => (TMemo)(_memos[type] ??= new TMemo());

    /// <summary>To be called between answers.</summary>
    internal void Trim()
    {
        if (_texts.Count > MostKept)
            _texts.Clear();
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
