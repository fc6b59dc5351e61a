using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Components.Plugins.Forms;

/// <summary>One property that a schema describes as a field: made of the schema, begun with the value that is there, read back as JSON.</summary>
public sealed class SchemaField
{
    private readonly JsonObject _schema;
    private int _made;

    public SchemaField(string id, string name, JsonObject schema, JsonNode? present, bool isNeeded = false)
    {
        (Id, Name, _schema, IsNeeded) = (id, name, schema, isNeeded);
        Choices = Enum(schema);
        Kind = KindOf(name, schema);
        IsKept = Kind == SchemaFieldKind.Secret && present is not null;
        Take(present ?? schema["default"]);
    }

    /// <summary>Of the element on the page; the ids of what is within begin with it.</summary>
    public string Id { get; }

    public string Name { get; }

    public SchemaFieldKind Kind { get; }

    /// <summary>The schema takes nothing without it.</summary>
    public bool IsNeeded { get; }

    public string Title => ForeignText.Shown(Said("title") ?? Name);

    public string? Description => Said("description") is { } words ? ForeignText.Shown(words) : null;

    /// <summary>Values as JSON, and what they are called.</summary>
    public IReadOnlyList<(string Value, string Name)> Choices { get; }

    /// <summary>A secret is there already; left empty, it stays.</summary>
    public bool IsKept { get; private set; }

    /// <summary>What is chosen, of <see cref="SchemaFieldKind.Chooser"/>.</summary>
    public ChooserKind Chooser => ConfigurationSchema.ChooserOf(_schema) ?? default;

    /// <summary>Several may be chosen.</summary>
    public bool IsMany => Said("type") == "array";

    /// <summary>What stands in the field.</summary>
    public string Text { get; set; } = "";

    /// <summary>What is chosen.</summary>
    public List<string> Chosen { get; } = [];

    /// <summary>The fields of a group, or of a list as many as there are.</summary>
    public List<SchemaField> Parts { get; } = [];

    public bool Flag
    {
        get => Text == "true";
        set => Text = value ? "true" : "false";
    }

    /// <summary>The fields of a schema of the type object.</summary>
    public static List<SchemaField> Of(string id, JsonObject schema, JsonObject? present) =>
        [.. (schema["properties"] as JsonObject ?? []).Select(one => new SchemaField($"{id}-{one.Key}", one.Key, (JsonObject)one.Value!, present?[one.Key], IsRequired(schema, one.Key)))];

    /// <summary>What the fields say; those left empty are left out. Fails with <see cref="AdministrationRefusedException"/> for what is no JSON.</summary>
    public static JsonObject Read(IEnumerable<SchemaField> fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Read())).Where(one => one.Value is not null));

    /// <summary>One more in a list.</summary>
    public SchemaField Add(JsonNode? present = null)
    {
        var part = new SchemaField($"{Id}-{_made++}", $"{Title} {Parts.Count + 1}", (JsonObject)_schema["items"]!, present);
        Parts.Add(part);
        return part;
    }

    /// <summary>Takes one out of a list. Secrets are kept by their places, and those of what moves up have to be typed again, unless they are bound to what stands beside them.</summary>
    public void Remove(SchemaField part)
    {
        if (_schema["items"] is not JsonObject item || !ConfigurationSchema.HasBoundSecrets(item))
            foreach (var later in Parts.Skip(Parts.IndexOf(part) + 1))
                later.Forget();
        Parts.Remove(part);
    }

    /// <summary>Puts a value in the place of what stands there; secrets stay.</summary>
    public void Fill(JsonNode? value)
    {
        if (Kind != SchemaFieldKind.Secret)
            Take(value);
    }

    /// <summary>Null for what was left empty.</summary>
    private JsonNode? Read() => Kind switch
    {
        SchemaFieldKind.Group => Read(Parts) is { Count: > 0 } fields ? fields : null,
        SchemaFieldKind.List => Parts.Count > 0 ? new JsonArray([.. Parts.Select(part => part.Read() ?? (part.Kind == SchemaFieldKind.Group ? new JsonObject() : ""))]) : null,
        SchemaFieldKind.Chooser => Chosen.Count == 0 ? null : IsMany ? new JsonArray([.. Chosen.Select(one => (JsonNode)one)]) : Chosen[0],
        _ => Text.Trim().Length == 0 ? IsKept ? AuditRecord.Masked : null : Typed(),
    };

    private JsonNode? Typed() => Kind switch
    {
        SchemaFieldKind.Text or SchemaFieldKind.LongText or SchemaFieldKind.Secret => Text,
        SchemaFieldKind.Lines => new JsonArray([.. Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)line)]),
        // What is no number is told as one that does not fit.
        SchemaFieldKind.Number => decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)) : Text,
        _ => Json(),
    };

    private void Take(JsonNode? value)
    {
        Text = "";
        Chosen.Clear();
        switch (Kind)
        {
            case SchemaFieldKind.Secret:
                break;
            case SchemaFieldKind.Group:
                Parts.Clear();
                Parts.AddRange(Of(Id, _schema, value as JsonObject));
                break;
            case SchemaFieldKind.List:
                Parts.Clear();
                foreach (var item in value as JsonArray ?? [])
                    Add(item);
                break;
            case SchemaFieldKind.Chooser when value is JsonArray many:
                Chosen.AddRange(many.Select(Word).OfType<string>());
                break;
            case SchemaFieldKind.Chooser:
                if (Word(value) is { Length: > 0 } one)
                    Chosen.Add(one);
                break;
            case SchemaFieldKind.Text or SchemaFieldKind.LongText:
                Text = Word(value) ?? value?.ToJsonString() ?? "";
                break;
            case SchemaFieldKind.Lines when value is JsonArray lines:
                Text = string.Join('\n', lines.Select(Word));
                break;
            default:
                Text = value?.ToJsonString() ?? "";
                break;
        }
    }

    private static bool IsRequired(JsonObject schema, string name) => schema["required"] is JsonArray names && names.Any(one => Word(one) == name);

    private void Forget()
    {
        IsKept = false;
        Parts.ForEach(part => part.Forget());
    }

    private static SchemaFieldKind KindOf(string name, JsonObject schema)
    {
        var type = Word(schema["type"]);
        return ConfigurationSchema.IsSecret(name, schema) ? SchemaFieldKind.Secret
            : ConfigurationSchema.ChooserOf(schema) is not null ? SchemaFieldKind.Chooser
            : schema["enum"] is JsonArray ? SchemaFieldKind.Choice
            : type switch
            {
                "string" => schema["$multiline"] is JsonValue lines && lines.GetValueKind() == JsonValueKind.True ? SchemaFieldKind.LongText : SchemaFieldKind.Text,
                "number" or "integer" => SchemaFieldKind.Number,
                "boolean" => SchemaFieldKind.Flag,
                "object" when schema["properties"] is JsonObject { Count: > 0 } => SchemaFieldKind.Group,
                "array" when schema["items"] is JsonObject item => Word(item["type"]) == "string" && item["enum"] is null && !ConfigurationSchema.IsSecret("", item) ? SchemaFieldKind.Lines : SchemaFieldKind.List,
                _ => SchemaFieldKind.Json,
            };
    }

    private static IReadOnlyList<(string, string)> Enum(JsonObject schema)
    {
        if (schema["enum"] is not JsonArray choices)
            return [];
        var names = schema["enumNames"] as JsonArray;
        return [.. choices.Select((choice, place) => (choice?.ToJsonString() ?? "null", ForeignText.Shown((names is not null && place < names.Count ? Word(names[place]) : null) ?? Word(choice) ?? choice?.ToJsonString() ?? "null")))];
    }

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

    private string? Said(string name) => Word(_schema[name]) is { Length: > 0 } text ? text : null;

    private static string? Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
