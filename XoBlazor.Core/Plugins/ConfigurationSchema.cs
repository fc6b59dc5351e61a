using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins;

/// <summary>
/// The part of JSON Schema that configurations are described with: <c>type</c>, <c>properties</c>, <c>required</c>, <c>items</c>, <c>enum</c>, <c>default</c>, bounds, and words for people; beside
/// these <c>enumNames</c>, <c>$multiline</c>, <c>$type</c> for what people choose among what is there, and <c>$boundTo</c> for secrets that go nowhere else.
/// A property called <c>password</c>, or with <c>writeOnly</c>, is a secret. Keywords beyond these are refused: what is not checked must not look as if it were. Immutable.
/// </summary>
public sealed class ConfigurationSchema
{
    private const int DeepestSchema = 8;

    private static readonly string[] s_types = ["object", "array", "string", "number", "integer", "boolean"];

    private static readonly string[] s_keywords =
        ["type", "properties", "required", "items", "enum", "default", "minimum", "maximum", "minLength", "maxLength", "maxItems", "title", "description", "writeOnly",
        "enumNames", "$type", "$multiline", "$boundTo"];

    private readonly JsonObject _root;

    private ConfigurationSchema(JsonObject root) => _root = root;

    /// <summary>As the manifest has it.</summary>
    public JsonObject ToJson() => (JsonObject)_root.DeepClone();

    /// <summary>Fails with <see cref="PluginException"/> for what is none.</summary>
    /// <param name="name">What it is called where it stands.</param>
    public static ConfigurationSchema Read(JsonNode node, string name = "configuration")
    {
        CheckSchema(node, name, 0);
        var root = (JsonObject)node.DeepClone();
        return Type(root) == "object" ? new(root) : throw new PluginException($"'{name}' has to be of the type object");
    }

    /// <summary>The values with defaults in the place of those that are missing. Fails with <see cref="PluginException"/> naming all that does not fit.</summary>
    /// <param name="what">What is judged, to begin the refusal with.</param>
    public JsonObject Check(JsonNode? given, string what = "The configuration")
    {
        var problems = new List<string>();
        // As it comes over a wire: a number made here has one type and no other.
        var filled = Fill(_root, given is null ? new JsonObject() : JsonNode.Parse(given.ToJsonString())!, "", problems);
        return problems.Count == 0 ? (JsonObject)filled! : throw new PluginException($"{what} does not fit: {string.Join("; ", problems.Take(10))}.", isLasting: true);
    }

    /// <summary>The same with secrets masked, as it may leave the server.</summary>
    public JsonObject Masked(JsonObject values) => (JsonObject)Mask(_root, values, isSecret: false)!;

    /// <summary>
    /// A secret that came back masked stays as it was. Fails with <see cref="PluginException"/> for one that is bound to values beside it which are others now: whoever turns a plugin to another
    /// server does not get the password sent there.
    /// </summary>
    public JsonNode? Unmasked(JsonNode? given, JsonObject? before) => Unmask(_root, given, before, isSecret: false);

    /// <summary>The same without secrets, and where these were.</summary>
    public (JsonObject Values, IReadOnlyList<string> LeftOut) WithoutSecrets(JsonObject values)
    {
        var leftOut = new List<string>();
        return ((JsonObject)Bare(_root, values, "", leftOut)!, leftOut);
    }

    /// <summary>Secrets that are missing are those that were there in the same place, unless what they are bound to is another; in lists of others, where the rest of the entry is the same.</summary>
    public JsonObject WithSecretsOf(JsonObject given, JsonObject? before) => (JsonObject)Secretive(_root, given, before)!;

    /// <summary>A part of a configuration may be given ready-made. Fails with <see cref="PluginException"/> for one that names what is unknown, or a secret.</summary>
    internal void CheckPreset(string name, JsonObject values)
    {
        foreach (var (key, _) in values)
            if (Property(_root, key) is not { } property || IsSecret(key, property))
                throw new PluginException($"the preset '{ForeignText.Shown(name)}' has '{ForeignText.Shown(key)}', which is no property of the configuration that may be given ready-made");
    }

    /// <summary>The property's value never leaves the server.</summary>
    public static bool IsSecret(string name, JsonObject property) =>
        name == "password" || (property["writeOnly"] is JsonValue flag && flag.TryGetValue<bool>(out var isSecret) && isSecret);

    /// <summary>In a list of these, a secret that is kept goes with what it is bound to, wherever in the list that stands.</summary>
    public static bool HasBoundSecrets(JsonObject schema) => Bounds(schema).Any();

    /// <summary>What people choose for a property, or for each entry of a list; null for what they type.</summary>
    public static ChooserKind? ChooserOf(JsonObject property) => property["type"] is JsonValue type && type.TryGetValue<string>(out var name) ? name switch
    {
        "string" => ChooserNamed(property),
        "array" when property["items"] is JsonObject item && item["type"] is JsonValue of && of.TryGetValue<string>(out var text) && text == "string" => ChooserNamed(item),
        _ => null,
    } : null;

    private static ChooserKind? ChooserNamed(JsonObject property) => property["$type"] is JsonValue value && value.TryGetValue<string>(out var name)
        && Enum.TryParse<ChooserKind>(name, ignoreCase: true, out var kind) && !char.IsAsciiDigit(name[0]) ? kind : null;

    private static void CheckSchema(JsonNode? node, string at, int depth)
    {
        if (node is not JsonObject schema || depth > DeepestSchema)
            throw new PluginException($"'{at}' has to be a schema, at most {DeepestSchema} deep");
        if (schema.FirstOrDefault(one => !s_keywords.Contains(one.Key)) is { Key: { } unknown })
            throw new PluginException($"'{at}.{ForeignText.Shown(unknown)}' is no keyword that this server knows; it knows {string.Join(", ", s_keywords)}");
        if (!s_types.Contains(Type(schema)))
            throw new PluginException($"'{at}.type' has to be one of {string.Join(", ", s_types)}");
        if (schema["properties"] is { } properties)
            foreach (var (name, property) in properties as JsonObject ?? throw new PluginException($"'{at}.properties' has to be an object"))
            {
                CheckSchema(property, $"{at}.{ForeignText.Shown(name)}", depth + 1);
                if (property!["$boundTo"] is { } bound && !(IsSecret(name, (JsonObject)property) && bound is JsonArray { Count: > 0 } others && others.All(other => Word(other) is { } beside && beside != name && ((JsonObject)properties).ContainsKey(beside))))
                    throw new PluginException($"'{at}.{ForeignText.Shown(name)}.$boundTo' stands at a secret and has to be a list of names beside it");
            }
        if (Type(schema) == "array")
            CheckSchema(schema["items"], $"{at}.items", depth + 1);
        if (schema["required"] is { } required && (required is not JsonArray needed || needed.Any(name => name?.GetValueKind() != JsonValueKind.String)))
            throw new PluginException($"'{at}.required' has to be a list of names");
        if (schema["enum"] is { } choices && choices is not JsonArray { Count: > 0 })
            throw new PluginException($"'{at}.enum' has to be a list");
        if (schema["enumNames"] is { } names && (names is not JsonArray words || words.Count != (schema["enum"] as JsonArray)?.Count || words.Any(word => word?.GetValueKind() != JsonValueKind.String)))
            throw new PluginException($"'{at}.enumNames' has to be a list of texts, one for each of 'enum'");
        if (schema["$type"] is not null && (Type(schema) != "string" || ChooserNamed(schema) is null))
            throw new PluginException($"'{at}.$type' stands at a string and has to be one of {string.Join(", ", Enum.GetNames<ChooserKind>()).ToLowerInvariant()}");
        if (schema["$multiline"] is { } lines && lines.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            throw new PluginException($"'{at}.$multiline' has to be true or false");
        foreach (var bound in (string[])["minimum", "maximum", "minLength", "maxLength", "maxItems"])
            if (schema[bound] is { } value && value.GetValueKind() != JsonValueKind.Number)
                throw new PluginException($"'{at}.{bound}' has to be a number");
    }

    private static JsonNode? Fill(JsonObject schema, JsonNode given, string at, List<string> problems)
    {
        var type = Type(schema);
        if (!IsOf(type, given))
            return Misfit($"has to be of the type {type}");
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, given)))
            return Misfit($"has to be one of {string.Join(", ", choices.Select(choice => choice?.ToJsonString()))}");
        switch (given)
        {
            case JsonObject fields:
                return FillFields(schema, fields, at, problems);
            case JsonArray items when Bound(schema, "maxItems") is { } most && items.Count > most:
                return Misfit($"has to have at most {most} entries");
            case JsonArray items:
                return new JsonArray([.. items.Select((item, place) => Fill((JsonObject)schema["items"]!, item ?? "", $"{at}[{place}]", problems))]);
            default:
                var size = type == "string" ? given.GetValue<string>().Length : type == "boolean" ? 0 : (double)given.AsValue();
                var (least, largest) = type == "string" ? ("minLength", "maxLength") : ("minimum", "maximum");
                return Bound(schema, least) is { } low && size < low ? Misfit($"has to be at least {low}{(type == "string" ? " characters" : "")}")
                    : Bound(schema, largest) is { } high && size > high ? Misfit($"has to be at most {high}{(type == "string" ? " characters" : "")}")
                    : given.DeepClone();
        }

        JsonNode? Misfit(string why)
        {
            problems.Add($"'{(at.Length == 0 ? "configuration" : at)}' {why}");
            return null;
        }
    }

    private static JsonObject FillFields(JsonObject schema, JsonObject fields, string at, List<string> problems)
    {
        var declared = schema["properties"] as JsonObject ?? [];
        var filled = new JsonObject();
        foreach (var (name, _) in fields)
            if (!declared.ContainsKey(name))
                problems.Add($"'{Path(at, ForeignText.Shown(name))}' is unknown");
        foreach (var (name, property) in declared)
            if ((fields[name] ?? property!["default"]) is { } value)
                filled[name] = Fill((JsonObject)property!, value, Path(at, name), problems);
            else if (schema["required"] is JsonArray required && required.Any(one => (string)one! == name))
                problems.Add($"'{Path(at, name)}' is missing");
        return filled;
    }

    private static JsonNode? Mask(JsonObject schema, JsonNode? value, bool isSecret) => value switch
    {
        null => null,
        _ when isSecret => AuditRecord.Masked,
        JsonObject fields => new JsonObject(fields.Select(one => KeyValuePair.Create(one.Key, Property(schema, one.Key) is { } property ? Mask(property, one.Value, IsSecret(one.Key, property)) : null))),
        JsonArray items => new JsonArray([.. items.Select(item => Mask((JsonObject)schema["items"]!, item, isSecret: false))]),
        _ => value.DeepClone(),
    };

    private static JsonNode? Unmask(JsonObject schema, JsonNode? given, JsonNode? before, bool isSecret) => given switch
    {
        JsonValue value when isSecret && value.TryGetValue<string>(out var text) && text == AuditRecord.Masked => before?.DeepClone(),
        JsonObject fields => new JsonObject(fields.Select(one => KeyValuePair.Create(one.Key,
            Property(schema, one.Key) is { } property ? Unmask(property, Taken(schema, one.Key, property, fields, before as JsonObject), (before as JsonObject)?[one.Key], IsSecret(one.Key, property)) : one.Value?.DeepClone()))),
        JsonArray items when schema["items"] is JsonObject item => new JsonArray([.. items.Select((one, place) => Unmask(item, one, Counterpart(item, one, before as JsonArray, place), isSecret: false))]),
        _ => given?.DeepClone(),
    };

    /// <summary>The value that was given, if it may be taken: a masked one only where what it is bound to is as it was.</summary>
    private static JsonNode? Taken(JsonObject schema, string name, JsonObject property, JsonObject given, JsonObject? before) =>
        IsSecret(name, property) && Word(given[name]) == AuditRecord.Masked && BoundTo(property) is { } others && !AreSame(schema, others, given, before)
            ? throw new PluginException($"Enter '{ForeignText.Shown(Word(property["title"]) ?? name)}' anew: it is not taken along to another {string.Join(" or ", others.Select(other => $"'{ForeignText.Shown(Word(Property(schema, other)!["title"]) ?? other)}'"))}.", isLasting: true)
            : given[name];

    /// <summary>What an entry of a list was: the one to which its secrets are bound, and otherwise the one in its place.</summary>
    private static JsonNode? Counterpart(JsonObject item, JsonNode? given, JsonArray? before, int place) =>
        HasBoundSecrets(item) && given is JsonObject fields ? before?.FirstOrDefault(one => one is JsonObject known && Bounds(item).All(others => AreSame(item, others, fields, known)))
        : before is not null && place < before.Count ? before[place] : null;

    private static IEnumerable<IReadOnlyList<string>> Bounds(JsonObject schema) =>
        (schema["properties"] as JsonObject ?? []).Select(one => one.Value is JsonObject property ? BoundTo(property) : null).OfType<IReadOnlyList<string>>();

    private static IReadOnlyList<string>? BoundTo(JsonObject property) => property["$boundTo"] is JsonArray names ? [.. names.Select(name => (string)name!)] : null;

    private static bool AreSame(JsonObject schema, IReadOnlyList<string> names, JsonObject given, JsonObject? before)
    {
        return before is not null && names.All(name => Text(given, name) == Text(before, name));

        string? Text(JsonObject values, string name) => (values[name] ?? Property(schema, name)?["default"])?.ToJsonString();
    }

    private static JsonNode? Bare(JsonObject schema, JsonNode? value, string at, List<string> leftOut)
    {
        switch (value)
        {
            case JsonObject fields:
                var bare = new JsonObject();
                foreach (var (name, field) in fields)
                    if (Property(schema, name) is not { } property)
                        continue;
                    else if (IsSecret(name, property))
                        leftOut.Add(Path(at, name));
                    else
                        bare[name] = Bare(property, field, Path(at, name), leftOut);
                return bare;
            case JsonArray items when schema["items"] is JsonObject item:
                return IsSecret("", item) ? Emptied(at, leftOut) : new JsonArray([.. items.Select((one, place) => Bare(item, one, $"{at}[{place}]", leftOut))]);
            default:
                return value?.DeepClone();
        }
    }

    private static JsonArray Emptied(string at, List<string> leftOut)
    {
        leftOut.Add(at);
        return [];
    }

    private static JsonNode? Secretive(JsonObject schema, JsonNode? given, JsonNode? before)
    {
        switch (given)
        {
            case JsonObject fields:
                var all = new JsonObject(fields.Select(one => KeyValuePair.Create(one.Key, Property(schema, one.Key) is { } property ? Secretive(property, one.Value, (before as JsonObject)?[one.Key]) : one.Value?.DeepClone())));
                foreach (var (name, kept) in before as JsonObject ?? [])
                    if (!all.ContainsKey(name) && Property(schema, name) is { } secret && IsSecret(name, secret) && (BoundTo(secret) is not { } others || AreSame(schema, others, all, (JsonObject)before!)))
                        all[name] = kept?.DeepClone();
                return all;
            case JsonArray items when schema["items"] is JsonObject item && HasBoundSecrets(item):
                return new JsonArray([.. items.Select((one, place) => Secretive(item, one, Counterpart(item, one, before as JsonArray, place)))]);
            case JsonArray items when schema["items"] is JsonObject item && before is JsonArray known && items.Count == known.Count:
                return new JsonArray([.. items.Select((one, place) => JsonNode.DeepEquals(one, Bare(item, known[place], "", [])) ? known[place]?.DeepClone() : one?.DeepClone())]);
            default:
                return given?.DeepClone();
        }
    }

    private static JsonObject? Property(JsonObject schema, string name) => (schema["properties"] as JsonObject)?[name] as JsonObject;

    private static string Type(JsonObject schema) => schema["type"] is JsonValue type && type.TryGetValue<string>(out var text) ? text : "";

    private static string? Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double? Bound(JsonObject schema, string name) => schema[name] is { } bound ? (double)bound.AsValue() : null;

    private static string Path(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";

    private static bool IsOf(string type, JsonNode value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value.GetValueKind() == JsonValueKind.String,
        "number" => value.GetValueKind() == JsonValueKind.Number,
        "integer" => value.GetValueKind() == JsonValueKind.Number && double.IsInteger((double)value.AsValue()),
        _ => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
    };
}
