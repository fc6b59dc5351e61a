using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Tests.Journal;

/// <summary>The journal as anyone would write it first: all batches in memory, every question answered by going through all of them.</summary>
internal sealed class NaiveJournal
{
    public sealed record Line(DateTimeOffset Time, string Pool, XapiObject? Before, XapiObject? After)
    {
        public XapiObject Object => After ?? Before!;

        public EntryKind Kind => Before is null ? EntryKind.Added : After is null ? EntryKind.Removed : EntryKind.Modified;

        public IEnumerable<FieldDifference> Fields => Kind == EntryKind.Removed ? [] : Differences(Before, After);
    }

    public List<Line> Lines { get; } = [];

    public void Take(StoreBatch batch)
    {
        foreach (var change in batch.Changes)
            Lines.Add(new(batch.Time, batch.Pool, change.Before, change.After));
    }

    public Dictionary<(XapiClass, string), Line> AsOf(string pool, DateTimeOffset moment)
    {
        var picture = new Dictionary<(XapiClass, string), Line>();
        foreach (var line in Lines.Where(l => l.Pool == pool && l.Time <= moment))
            if (line.After is null)
                picture.Remove((line.Object.Class, line.Object.Uuid));
            else
                picture[(line.Object.Class, line.Object.Uuid)] = line;
        return picture;
    }

    public IEnumerable<Line> Find(ChangesQuery query)
    {
        var parts = (query.Text ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Reverse(Lines).Where(l =>
            (query.Pool is null || l.Pool == query.Pool)
            && (query.Class is null || XapiCodec.For(l.Object.Class).WireName == query.Class)
            && (query.Uuid is null || l.Object.Uuid == query.Uuid)
            && (query.From is null || l.Time >= query.From) && (query.To is null || l.Time <= query.To)
            && parts.All(p => Texts(l).Any(t => HasWord(t.ToLowerInvariant(), p))));
    }

    public static string Json(XapiObject value, int field)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            XapiCodec.For(value.Class).WriteField(writer, value, field);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IEnumerable<FieldDifference> Differences(XapiObject? before, XapiObject? after)
    {
        var value = (after ?? before)!;
        var codec = XapiCodec.For(value.Class);
        var blank = (XapiObject)Activator.CreateInstance(value.GetType())!;
        foreach (var field in codec.Fields)
        {
            var (old, now) = (before is null ? null : Json(before, field.Index), after is null ? null : Json(after, field.Index));
            if ((old ?? Json(blank, field.Index)) != (now ?? Json(blank, field.Index)))
                yield return new(field.Wire, old, now);
        }

        if (before is not null && after is not null && before.Ref != after.Ref)
            yield return new("$ref", $"\"{before.Ref}\"", $"\"{after.Ref}\"");
    }

    private static IEnumerable<string> Texts(Line line)
    {
        yield return XapiCodec.For(line.Object.Class).WireName;
        if (XapiCodec.For(line.Object.Class).FindField("name_label") is { } name)
            yield return JsonSerializer.Deserialize<string>(Json(line.Object, name.Index))!;
        foreach (var field in line.Fields)
        {
            yield return field.Field;
            foreach (var json in new[] { field.Old, field.New }.OfType<string>())
                foreach (var text in Strings(JsonDocument.Parse(json).RootElement))
                    if (!text.StartsWith("OpaqueRef:", StringComparison.Ordinal) && !DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HH:mm:ss'Z'", null, default, out _))
                        yield return text;
        }
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value).Prepend(p.Name)),
        _ => [],
    };

    private static bool HasWord(string text, string part)
    {
        for (var i = 0; i + part.Length <= text.Length; i++)
            if (string.CompareOrdinal(text, i, part, 0, part.Length) == 0
                && (i == 0 || !char.IsLetterOrDigit(text[i - 1]) || !char.IsLetterOrDigit(text[i])))
                return true;
        return false;
    }
}
