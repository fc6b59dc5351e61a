using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>The journal's entries about tasks and messages, whose words may name what is not seen, as somebody may read them.</summary>
internal sealed class JournalWords(AccessEngine engine, Actor actor)
{
    private static readonly JsonWriterOptions s_asWritten = new() { SkipValidation = true };

    private readonly Dictionary<string, ShownWords> _byPool = new(StringComparer.Ordinal);

    /// <summary>The entry as it may be read; null when it was searched for by words that do not stand in it then.</summary>
    public JournalEntry? Of(JournalEntry entry, string? searchedFor)
    {
        if (!HasWords(entry.Class))
            return entry;
        var words = In(entry.Pool);
        var name = words.Of(entry.Name);
        var fields = entry.Fields.Select(f => f with { Old = OfJson(words, f.Old, entry.Uuid), New = OfJson(words, f.New, entry.Uuid) }).ToImmutableArray();
        if (name == entry.Name && fields.SequenceEqual(entry.Fields))
            return entry;
        var shown = entry with { Name = name, Fields = fields };
        return searchedFor is null || Holds(shown, searchedFor) ? shown : null;
    }

    public ObjectDifference Of(ObjectDifference difference)
    {
        if (!HasWords(difference.Class))
            return difference;
        var words = In(difference.Key.Pool);
        return difference with
        {
            Name = words.Of(difference.Name),
            Fields = [.. difference.Fields.Select(f => f with { Old = OfJson(words, f.Old, difference.Key.Uuid), New = OfJson(words, f.New, difference.Key.Uuid) })],
            State = difference.State is { } state ? words.Of(state) : null,
        };
    }

    public ShownWords In(string pool) => _byPool.TryGetValue(pool, out var words) ? words : _byPool[pool] = engine.WordsFor(actor, pool);

    private static bool HasWords(string type) => XapiCodec.Find(type)?.Class is XapiClass.XapiTask or XapiClass.XapiMessage;

    /// <summary>A search finds nothing that its reader could not see.</summary>
    private static bool Holds(JournalEntry entry, string searchedFor)
    {
        var texts = new List<string> { entry.Class, entry.Name };
        foreach (var field in entry.Fields)
        {
            texts.Add(field.Field);
            JournalText.VisitTexts(Encoding.UTF8.GetBytes(field.Old ?? ""), texts.Add);
            JournalText.VisitTexts(Encoding.UTF8.GetBytes(field.New ?? ""), texts.Add);
        }

        return JournalText.Parts(searchedFor).All(part =>
            texts.Any(text => JournalText.Contains(text, part)) || (JournalText.IsUuidBeginning(part) && entry.Uuid.StartsWith(part, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A field's value as XAPI writes it, with every text in it looked at.</summary>
    private static string? OfJson(ShownWords words, string? json, string own)
    {
        if (json is null or "" || json[0] is not ('"' or '[' or '{'))
            return json;
        var written = new ArrayBufferWriter<byte>();
        using var document = JsonDocument.Parse(json);
        var isSame = true;
        using var writer = new Utf8JsonWriter(written, s_asWritten);
        Write(document.RootElement);
        writer.Flush();
        return isSame ? json : Encoding.UTF8.GetString(written.WrittenSpan);

        void Write(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    writer.WriteStringValue(Shown(value.GetString()!));
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    foreach (var element in value.EnumerateArray())
                        Write(element);
                    writer.WriteEndArray();
                    break;
                case JsonValueKind.Object:
                    writer.WriteStartObject();
                    foreach (var entry in value.EnumerateObject())
                    {
                        writer.WritePropertyName(Shown(entry.Name));
                        Write(entry.Value);
                    }

                    writer.WriteEndObject();
                    break;
                default:
                    value.WriteTo(writer);
                    break;
            }
        }

        string Shown(string text)
        {
            var shown = text == own ? text : words.OfValue(text);
            isSame &= shown == text;
            return shown;
        }
    }
}
