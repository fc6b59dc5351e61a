using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>
/// What Xen Orchestra notes about a VM in its <c>other_config</c>: notes for people, the resource set it counts for, and, in a JSON object under some
/// key that begins with <c>xo:</c>, who made it from what and when. Anyone who may write there can write anything, so other forms are passed over.
/// </summary>
internal static class VmNotes
{
    private const string Prefix = "xo:";
    private const int LongestNote = 16_384;

    public static void Write(XoShape shape, Vm vm)
    {
        shape.TextOf("notes"u8, vm.OtherConfig, "xo:notes");
        if (vm.OtherConfig.TryGetValue("xo:resource_set", out var set))
            WriteResourceSet(shape.Json, set);
        foreach (var (key, value) in vm.OtherConfig.Entries)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal) || !value.StartsWith('{'))
                continue;
            using var note = Parse(value);
            if (note is not null && ForeignJson.IsReadable(note.RootElement) && WriteCreation(shape.Json, note.RootElement))
                return;
        }
    }

    /// <summary>A text in JSON, as it was noted; seen on the wire also empty, which is no JSON and told as it is.</summary>
    private static void WriteResourceSet(Utf8JsonWriter json, string noted)
    {
        using var set = Parse(noted);
        json.WriteString("resourceSet"u8, set is not null && ForeignJson.TryText(set.RootElement, out var id) ? id : noted);
    }

    private static bool WriteCreation(Utf8JsonWriter json, JsonElement note)
    {
        if (!note.TryGetProperty("creation", out var creation) || creation.ValueKind != JsonValueKind.Object)
            return false;
        json.WriteStartObject("creation"u8);
        foreach (var name in (ReadOnlySpan<string>)["date", "template", "user"])
            if (creation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                json.WriteString(name, value.GetString());
        json.WriteEndObject();
        return true;
    }

    private static JsonDocument? Parse(string text)
    {
        if (text.Length is 0 or > LongestNote)
            return null;
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
