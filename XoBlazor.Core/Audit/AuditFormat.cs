using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace XoBlazor.Core.Audit;

/// <summary>
/// A record as UTF-8 JSON: always the same bytes for the same record, since the chain is made of them. Absent values are left out.
/// Times are UTC to the millisecond, durations whole milliseconds.
/// </summary>
internal static class AuditFormat
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>What <see cref="Text"/> wrote; fails with a <see cref="FormatException"/> for anything else.</summary>
    public static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static byte[] Write(AuditRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, s_options);
        json.WriteStartObject();
        json.WriteString("time", Text(record.Time));
        json.WriteString("category", record.Category.ToString());
        json.WriteString("action", Short(record.Action));
        json.WriteString("outcome", record.Outcome.ToString());
        json.WriteString("actorId", Short(record.Actor.Id));
        json.WriteString("actor", Short(record.Actor.Name));
        WriteOptional(json, "role", record.Actor.Role);
        WriteOptional(json, "address", record.Address);
        WriteOptional(json, "face", record.Face);
        if (record.Target is { } target)
        {
            json.WriteString("kind", Short(target.Kind));
            WriteOptional(json, "pool", target.Pool);
            json.WriteString("target", Short(target.Id));
            json.WriteString("targetName", Short(target.Name));
        }
        if (record.Made is { } made)
        {
            json.WriteString("madeKind", Short(made.Kind));
            json.WriteString("made", Short(made.Id));
            json.WriteString("madeName", Short(made.Name));
        }
        if (!record.Parameters.IsDefaultOrEmpty)
        {
            json.WriteStartObject("parameters");
            foreach (var (name, value) in record.Parameters)
                json.WriteString(Short(name), Short(value));
            json.WriteEndObject();
        }
        WriteOptional(json, "message", record.Message);
        if (record.Of is { } of)
            json.WriteNumber("of", of);
        if (record.Duration is { } duration)
            json.WriteNumber("milliseconds", (long)duration.TotalMilliseconds);
        WriteOptional(json, "task", record.Task);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Fails with a <see cref="FormatException"/> when it is something else: somebody changed it.</summary>
    public static AuditRecord Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            return new AuditRecord
            {
                Time = AuditFormat.Time(Needed("time")),
                Category = Enum.Parse<AuditCategory>(Needed("category")),
                Action = Needed("action"),
                Outcome = Enum.Parse<AuditOutcome>(Needed("outcome")),
                Actor = new AuditActor(Needed("actorId"), Needed("actor"), Optional("role")),
                Address = Optional("address"),
                Face = Optional("face"),
                Target = Optional("kind") is { } kind ? new AuditTarget(kind, Optional("pool"), Needed("target"), Needed("targetName")) : null,
                Made = Optional("madeKind") is { } made ? new AuditTarget(made, Optional("pool"), Needed("made"), Needed("madeName")) : null,
                Parameters = root.TryGetProperty("parameters", out var parameters)
                    ? [.. parameters.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.GetString() ?? ""))]
                    : [],
                Message = Optional("message"),
                Of = root.TryGetProperty("of", out var of) ? of.GetInt64() : null,
                Duration = root.TryGetProperty("milliseconds", out var length) ? TimeSpan.FromMilliseconds(length.GetInt64()) : null,
                Task = Optional("task"),
            };

            string Needed(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
            string? Optional(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("This is no audit record.", problem);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, Short(value));
    }

    // What comes from outside may hold half a surrogate pair, which is no text: it is written as a replacement character.
    private static string Short(string text)
    {
        var cut = text.Length <= AuditRecord.LongestText ? text : string.Concat(text.AsSpan(0, AuditRecord.LongestText), "…");
        return string.Concat(cut.EnumerateRunes());
    }
}
