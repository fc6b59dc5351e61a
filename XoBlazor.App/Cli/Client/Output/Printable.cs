using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Cli.Client.Output;

/// <summary>Foreign words on a terminal: what a name holds must not move the cursor, hide a line or take one of its own.</summary>
internal static class Printable
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_indented = new(s_plain) { WriteIndented = true };

    /// <summary>The text on one line.</summary>
    public static string Line(string text) => ForeignText.Shown(text).ReplaceLineEndings(" ").Replace('\t', ' ').Replace('\v', ' ').Replace('\f', ' ');

    /// <summary>JSON for people and programs. Control characters are escaped in it by themselves.</summary>
    public static string Json(JsonNode? value, bool isIndented = true) => value?.ToJsonString(isIndented ? s_indented : s_plain) ?? "null";

    /// <summary>A value as a word: texts without quotes, nothing for null.</summary>
    public static string Value(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Line(text.GetValue<string>()),
        JsonArray list when list.All(one => one is JsonValue) => string.Join(", ", list.Select(Value)),
        _ => Line(Json(value, isIndented: false)),
    };
}
