using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Components.Settings.Plugins;

/// <summary>How a value of a configuration is asked for.</summary>
internal enum ConfigurationFieldKind
{
    Text,
    Secret,
    Number,
    Flag,
    Choice,

    /// <summary>Texts, one a line.</summary>
    Lines,

    /// <summary>What has no form of its own is written as it is kept.</summary>
    Json,
}

/// <summary>One property of a plugin's configuration as a field: made of its schema, begun with the value that is there, read back as JSON.</summary>
internal sealed class ConfigurationField
{
    private readonly JsonObject _schema;

    public ConfigurationField(string name, JsonObject schema, JsonNode? present)
    {
        (Name, _schema) = (name, schema);
        Choices = schema["enum"] is JsonArray choices ? [.. choices.Select(choice => choice?.ToJsonString() ?? "null")] : [];
        Kind = ConfigurationSchema.IsSecret(name, schema) ? ConfigurationFieldKind.Secret : Choices.Count > 0 ? ConfigurationFieldKind.Choice : Said("type") switch
        {
            "string" => ConfigurationFieldKind.Text,
            "number" or "integer" => ConfigurationFieldKind.Number,
            "boolean" => ConfigurationFieldKind.Flag,
            "array" when (string?)schema["items"]?["type"] == "string" && schema["items"]!["enum"] is null => ConfigurationFieldKind.Lines,
            _ => ConfigurationFieldKind.Json,
        };
        IsKept = Kind == ConfigurationFieldKind.Secret && present is not null;
        Text = (present ?? schema["default"]) switch
        {
            null => "",
            _ when Kind == ConfigurationFieldKind.Secret => "",
            var value when Kind == ConfigurationFieldKind.Text => (string?)value ?? "",
            JsonArray lines when Kind == ConfigurationFieldKind.Lines => string.Join('\n', lines.Select(line => (string?)line)),
            var value => value.ToJsonString(),
        };
    }

    public string Name { get; }

    public ConfigurationFieldKind Kind { get; }

    public string Title => ForeignText.Shown(Said("title") ?? Name);

    public string? Description => Said("description") is { } words ? ForeignText.Shown(words) : null;

    /// <summary>As JSON.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>A secret is there already; left empty, it stays.</summary>
    public bool IsKept { get; }

    /// <summary>What stands in the field.</summary>
    public string Text { get; set; }

    public bool Flag
    {
        get => Text == "true";
        set => Text = value ? "true" : "false";
    }

    /// <summary>Null for what was left empty. Fails with <see cref="AdministrationRefusedException"/> for what is no JSON.</summary>
    public JsonNode? Read() => Text.Trim().Length == 0 ? IsKept ? AuditRecord.Masked : null : Kind switch
    {
        ConfigurationFieldKind.Text or ConfigurationFieldKind.Secret => Text,
        ConfigurationFieldKind.Lines => new JsonArray([.. Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)line)]),
        // What is no number is told as one that does not fit.
        ConfigurationFieldKind.Number => decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)) : Text,
        ConfigurationFieldKind.Flag or ConfigurationFieldKind.Choice or ConfigurationFieldKind.Json => Json(),
    };

    private JsonNode? Json()
    {
        try
        {
            return JsonNode.Parse(Text);
        }
        catch (JsonException wrong)
        {
            throw new AdministrationRefusedException($"'{Title}' is no JSON: {ForeignText.Shown(wrong.Message)}");
        }
    }

    private string? Said(string name) => _schema[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
