using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>Parameters of an operation that a plugin adds, from the part of JSON Schema that configurations are described with, too.</summary>
internal static partial class ProvidedParameters
{
    private const int Most = 32;
    private const int Deepest = 3;
    private const int LongestText = 64 * 1024;

    /// <summary>Fails with <see cref="PluginException"/>.</summary>
    public static ImmutableArray<OperationParameter> Of(JsonNode schema, string operation)
    {
        try
        {
            return Fields(ConfigurationSchema.Read(schema).ToJson(), 0);
        }
        catch (PluginException unfit)
        {
            throw new PluginException($"the parameters of '{operation}' cannot be used: {unfit.Message}");
        }
    }

    private static ImmutableArray<OperationParameter> Fields(JsonObject schema, int depth)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        if (properties.Count > Most || depth > Deepest)
            throw new PluginException($"there are more than {Most} in one place, or they are more than {Deepest} deep");
        // The command line has options of them.
        if (properties.CountBy(one => Plain(one.Key)).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
            throw new PluginException($"several are called '{ForeignText.Shown(twice)}' but for capitals, _ and 'value' at the end; give them names that differ in more");
        return
        [
            .. properties.Select(one => Parameter(one.Key, (JsonObject)one.Value!, depth) with
            {
                IsRequired = schema["required"] is JsonArray required && required.Any(name => (string)name! == one.Key),
            }),
        ];
    }

    private static OperationParameter Parameter(string name, JsonObject schema, int depth)
    {
        if (!GoodName().IsMatch(name))
            throw new PluginException($"'{ForeignText.Shown(name)}' is no name for one; take letters, digits and _");
        var title = schema["title"] is { } words ? ManifestJson.Text(words, "title", 100) : name;
        var parameter = (string)schema["type"]! switch
        {
            "string" when schema["enum"] is JsonArray choices => OperationParameter.Choice(name, title, [.. choices.Select(choice => ManifestJson.Text(choice ?? "", "enum", 200))]),
            "string" => OperationParameter.Text(name, title) with { MaxLength = (int)Bound("maxLength", 1024, 1, LongestText), IsSecret = ConfigurationSchema.IsSecret(name, schema) },
            "boolean" => OperationParameter.Flag(name, title),
            "integer" => OperationParameter.Number(name, title, Bound("minimum", long.MinValue, long.MinValue, long.MaxValue), Bound("maximum", long.MaxValue, long.MinValue, long.MaxValue)),
            "array" => OperationParameter.List(name, title, Parameter(name, (JsonObject)schema["items"]!, depth + 1)) with { MaxLength = (int)Bound("maxItems", 256, 1, 256) },
            "object" => OperationParameter.Record(name, title, Fields(schema, depth + 1)),
            var other => throw new PluginException($"'{name}' is of the type {other}, which no operation takes; take string, integer, boolean, array or object"),
        };
        return parameter with
        {
            Description = schema["description"] is { } description ? ManifestJson.Text(description, "description", 500) : null,
            Default = schema["default"]?.DeepClone(),
        };

        long Bound(string bound, long fallback, long least, long most) => schema[bound] is { } value && (double)value.AsValue() is var number ? (long)Math.Clamp(number, least, most) : fallback;
    }

    private static string Plain(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.EndsWith("value", StringComparison.Ordinal) && plain.Length > 5 ? plain[..^5] : plain;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,39}\z")]
    private static partial Regex GoodName();
}
