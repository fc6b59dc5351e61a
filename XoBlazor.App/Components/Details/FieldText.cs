using System.Globalization;
using System.Text.Json;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Components.Details;

/// <summary>Fields and their values, kept as XAPI writes them, in words: names instead of references, sizes instead of bytes.</summary>
/// <param name="Picture">Where references are looked up; null when there is no picture any more.</param>
/// <param name="Zone">The reader's time zone.</param>
public sealed record FieldText(PoolPicture? Picture, UserZone Zone)
{
    private const int Longest = 400;

    /// <summary>The field's name for people: <c>name_label</c> reads "Name", <c>power_state</c> "Power state".</summary>
    public static string Label(string wireName) => wireName switch
    {
        "name_label" => "Name",
        "name_description" => "Description",
        "VCPUs_at_startup" => "vCPUs at start",
        "VCPUs_max" => "Most vCPUs",
        "resident_on" => "Runs on",
        "affinity" => "Home host",
        "currently_attached" => "Attached",
        "is_a_template" => "Is a template",
        "is_a_snapshot" => "Is a snapshot",
        _ => Sentence(wireName),
    };

    /// <summary>What changed in one field, one line a value: of sets what came and went, of maps only the keys that differ.</summary>
    public IEnumerable<ChangeLine> Lines(XapiField? field, string wireName, string? before, string? after)
    {
        var label = Label(wireName);
        using var old = Parse(before);
        using var now = Parse(after);
        var kind = (old ?? now)?.RootElement.ValueKind;
        List<ChangeLine> lines = (old, now) switch
        {
            (null, null) => [],
            ({ } a, { } b) when kind == JsonValueKind.Array && b.RootElement.ValueKind == kind => [.. SetLines(field, label, a.RootElement, b.RootElement)],
            ({ } a, { } b) when kind == JsonValueKind.Object && b.RootElement.ValueKind == kind => [.. MapLines(field, label, a.RootElement, b.RootElement)],
            _ => [new(label, old is null ? null : Value(field, old.RootElement), now is null ? null : Value(field, now.RootElement))],
        };
        return lines;
    }

    public string Value(XapiField? field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : Cut(string.Join(", ", value.EnumerateArray().Select(v => Scalar(field, v)))),
        JsonValueKind.Object => !value.EnumerateObject().Any() ? "none"
            : Cut(string.Join(", ", value.EnumerateObject().Select(p => $"{Key(field, p.Name)}: {Scalar(field, p.Value)}"))),
        _ => Scalar(field, value),
    };

    private static string Sentence(string wireName)
    {
        var words = wireName.Replace('_', ' ').Trim();
        return words.Length == 0 ? wireName : SentenceText.Capital(words);
    }

    private static JsonDocument? Parse(string? json)
    {
        if (json is null)
            return null;
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse(JsonSerializer.Serialize(json));
        }
    }

    private IEnumerable<ChangeLine> SetLines(XapiField? field, string label, JsonElement before, JsonElement after)
    {
        var old = before.EnumerateArray().Select(v => Scalar(field, v)).ToList();
        var now = after.EnumerateArray().Select(v => Scalar(field, v)).ToList();
        var gone = old.Except(now).ToList();
        var come = now.Except(old).ToList();
        if (gone.Count + come.Count == 0)
            yield return new(label, Cut(string.Join(", ", old)), Cut(string.Join(", ", now)));
        if (gone.Count > 0)
            yield return new(label, Cut(string.Join(", ", gone)), null) { IsPart = true };
        if (come.Count > 0)
            yield return new(label, null, Cut(string.Join(", ", come))) { IsPart = true };
    }

    private IEnumerable<ChangeLine> MapLines(XapiField? field, string label, JsonElement before, JsonElement after)
    {
        foreach (var entry in before.EnumerateObject())
            if (!after.TryGetProperty(entry.Name, out var now))
                yield return new($"{label} · {Key(field, entry.Name)}", Scalar(field, entry.Value), null) { IsPart = true };
            else if (now.GetRawText() != entry.Value.GetRawText())
                yield return new($"{label} · {Key(field, entry.Name)}", Scalar(field, entry.Value), Scalar(field, now));
        foreach (var entry in after.EnumerateObject())
            if (!before.TryGetProperty(entry.Name, out _))
                yield return new($"{label} · {Key(field, entry.Name)}", null, Scalar(field, entry.Value)) { IsPart = true };
    }

    private string Key(XapiField? field, string key) => field?.Type.StartsWith('(') == true && XenRefText.NamesObject(key) ? Reference(key) : ForeignText.Shown(key);

    private string Scalar(XapiField? field, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return "yes";
            case JsonValueKind.False:
                return "no";
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return "nothing";
            case JsonValueKind.Number when field is not null && FieldMeaning.IsBytes(field) && value.TryGetInt64(out var bytes):
                return Format.Bytes(bytes);
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.Array or JsonValueKind.Object:
                return ForeignText.Shown(Cut(value.GetRawText()));
        }

        var text = value.GetString()!;
        if (field is not null && FieldMeaning.IsBytes(field) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size))
            return Format.Bytes(size);
        if (text is XenRefText.Null)
            return "nothing";
        if (XenRefText.NamesObject(text))
            return Reference(text);
        if (field?.Type == "datetime" && DateTimeOffset.TryParseExact(text, ["yyyyMMdd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment <= DateTimeOffset.UnixEpoch ? "never" : Zone.Exact(moment);
        return text.Length == 0 ? "(empty)" : ForeignText.Shown(Cut(text));
    }

    private string Reference(string reference) => Picture?.Get(reference) is { } there ? ObjectLooks.Name(there) : "(gone)";

    private static string Cut(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}
