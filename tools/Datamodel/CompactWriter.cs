using System.Text;
using System.Text.Json;

namespace XoBlazor.Datamodel;

/// <summary>
/// Writes the compact form of the XenAPI: one fact a line, tab-separated, the first column naming the kind of fact.
/// The format is described in <c>docs/datamodel.md</c>.
/// </summary>
internal static class CompactWriter
{
    public static void Write(string jsonPath, string tsvPath)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(jsonPath));
        var root = document.RootElement;
        var lines = new StringBuilder();

        Line("datamodel", "1", Text(root, "source"));
        Line("api", Text(root, "api_version"));
        Line("schema", root.GetProperty("schema_version")[0].ToString(), root.GetProperty("schema_version")[1].ToString());
        foreach (var release in root.GetProperty("releases").EnumerateArray())
            if (Text(release, "code_name") is { Length: > 0 } name)
                Line("release", name, Text(release, "api_version"), Text(release, "branding"));
        foreach (var role in root.GetProperty("roles").EnumerateArray())
            Line("role", Text(role, "name"), Flag(role, "internal") ? "internal" : "public");
        foreach (var call in root.GetProperty("whitelist_slave").EnumerateArray())
            Line("on-member", call.GetString()!);
        foreach (var call in root.GetProperty("emergency_calls").EnumerateArray())
            Line("emergency", call.GetString()!);
        foreach (var name in root.GetProperty("no_task_id_for").EnumerateArray())
            Line("no-task", name.GetString()!);
        foreach (var relation in root.GetProperty("relations").EnumerateArray())
            Line("relation", relation[0].GetString()!, relation[1].GetString()!);
        foreach (var error in root.GetProperty("errors").EnumerateArray())
            Line(["error", Text(error, "name"), .. error.GetProperty("params").EnumerateArray().Select(p => p.GetString()!)]);
        foreach (var code in root.GetProperty("error_codes_without_param_spec").EnumerateArray())
            Line("error-code", code.GetString()!);
        foreach (var name in root.GetProperty("message_names").EnumerateArray())
            Line("message-name", Text(name, "name"), name.GetProperty("priority").ToString());
        foreach (var action in root.GetProperty("http_actions").EnumerateArray())
            Line("http", Text(action, "name"), Text(action, "method"), Text(action, "uri"), Roles(action));

        var enums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in root.GetProperty("classes").EnumerateArray())
            foreach (var e in type.GetProperty("enums").EnumerateArray())
                enums[Text(e, "name")] = string.Join(' ', e.GetProperty("values").EnumerateArray().Select(v => v.GetString()));
        foreach (var (name, values) in enums)
            Line("enum", name, values);

        foreach (var type in root.GetProperty("classes").EnumerateArray())
            Class(type);

        File.WriteAllText(tsvPath, lines.ToString());

        void Class(JsonElement type)
        {
            var flags = string.Concat(
                Flag(type, "in_database") ? "d" : "", Flag(type, "persistent") ? "p" : "", Flag(type, "gen_events") ? "e" : "");
            Line("class", Text(type, "name"), Introduced(type), Text(type, "state"), OrDash(flags));
            foreach (var field in type.GetProperty("fields").EnumerateArray())
            {
                var fieldFlags = string.Concat(
                    Flag(field, "persistent") ? "p" : "", Flag(field, "internal") ? "i" : "", Flag(field, "setter_has_effect") ? "e" : "");
                var dbName = Text(field, "db_name");
                Line(
                    "field", Text(field, "name"), dbName == Text(field, "name") ? "=" : dbName, Text(field, "type"),
                    Text(field, "qualifier"), Introduced(field), Text(field, "state"), OrDash(fieldFlags),
                    field.TryGetProperty("default", out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : "-");
            }

            foreach (var message in type.GetProperty("messages").EnumerateArray())
            {
                var messageFlags = string.Concat(
                    Flag(message, "session") ? "s" : "", Flag(message, "async") ? "a" : "", Flag(message, "hidden") ? "h" : "",
                    Flag(message, "pool_internal") ? "i" : "");
                var parameters = string.Join('|', message.GetProperty("params").EnumerateArray().Select(Parameter));
                var errors = message.TryGetProperty("errors", out var list)
                    ? string.Join(' ', list.EnumerateArray().Select(e => e.GetString())) : "";
                Line(
                    "message", Text(message, "name"), Text(message, "kind"), OrDash(messageFlags),
                    Text(message, "result") is { Length: > 0 } result ? result : "void", Introduced(message), Text(message, "state"),
                    Roles(message), OrDash(parameters), OrDash(errors));
            }
        }

        void Line(params string[] columns)
        {
            if (columns.Any(c => c.AsSpan().IndexOfAny('\t', '\n', '\r') >= 0))
                throw new InvalidDataException($"a value with a tab or line break: {string.Join(' ', columns)}");
            lines.AppendJoin('\t', columns).Append('\n');
        }
    }

    private static string Parameter(JsonElement parameter)
    {
        var text = $"{Text(parameter, "name")}:{Text(parameter, "type")}";
        return parameter.TryGetProperty("default", out var value) && value.ValueKind != JsonValueKind.Null
            ? $"{text}={value.GetRawText()}" : text;
    }

    private static string Roles(JsonElement element) =>
        !element.TryGetProperty("roles", out var roles) || roles.ValueKind != JsonValueKind.Array ? "*"
        : OrDash(string.Join(' ', roles.EnumerateArray().Select(r => r.GetString())));

    private static string Introduced(JsonElement element) => Text(element, "introduced") is { Length: > 0 } release ? release : "rio";

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string OrDash(string text) => text.Length == 0 ? "-" : text;
}
