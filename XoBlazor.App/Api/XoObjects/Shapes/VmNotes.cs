using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>
/// What Xen Orchestra notes about a VM in its <c>other_config</c>: a JSON object under a key that begins with <c>xo:</c> says who made the VM
/// from what and when, and which resource set it counts for. Anyone who may write there can write anything, so other shapes are passed over.
/// </summary>
internal static class VmNotes
{
    private const string Prefix = "xo:";
    private const int LongestNote = 16_384;

    public static void Write(XoShape shape, Vm vm)
    {
        shape.TextOf("notes"u8, vm.OtherConfig, "xo:notes");
        var (hasCreation, hasSet) = (false, false);
        foreach (var (key, value) in vm.OtherConfig.Entries)
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal) || !value.StartsWith('{') || value.Length > LongestNote || Parse(value) is not { } note)
                continue;
            using (note)
            {
                hasCreation = hasCreation || WriteCreation(shape.Json, note.RootElement);
                if (!hasSet && note.RootElement.TryGetProperty("resourceSet", out var set) && set.ValueKind == JsonValueKind.String)
                {
                    shape.Json.WriteString("resourceSet"u8, set.GetString());
                    hasSet = true;
                }
            }
        }
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
