using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins;

/// <summary>Parts of <c>plugin.json</c>, checked and bounded. Fails with <see cref="PluginException"/>, in words that go on after "plugin.json cannot be used: ".</summary>
internal static class ManifestJson
{
    private const int MostItems = 64;

    public static void OnlyKnown(JsonObject value, string[] known, string path)
    {
        if (value.FirstOrDefault(one => !known.Contains(one.Key)) is { Key: { } unknown })
            throw new PluginException($"'{path}{ForeignText.Shown(unknown)}' is nothing that this server knows or can give; it knows {string.Join(", ", known)}");
    }

    public static JsonObject Object(JsonNode? value, string name) => value as JsonObject ?? throw new PluginException($"'{name}' has to be an object");

    public static ImmutableArray<string> Texts(JsonNode? value, string name) => [.. Items(value, name).Select(item => Text(item, name, 1000))];

    public static IEnumerable<JsonNode> Items(JsonNode? value, string name) => value switch
    {
        null => [],
        JsonArray { Count: <= MostItems } items when items.All(item => item is not null) => items.OfType<JsonNode>(),
        _ => throw new PluginException($"'{name}' has to be a list of at most {MostItems}"),
    };

    public static string Text(JsonObject value, string name, int longest) => Text(value[name] ?? throw new PluginException($"'{name}' is missing"), name, longest);

    public static string Text(JsonNode node, string name, int longest) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 && text.Length <= longest && !text.Any(char.IsControl)
            ? text : throw new PluginException($"'{name}' has to be a text of at most {longest} characters that can be seen");

    public static bool Flag(JsonNode? node, string name) => node switch
    {
        null => false,
        JsonValue flag when flag.TryGetValue<bool>(out var isSet) => isSet,
        _ => throw new PluginException($"'{name}' has to be true or false"),
    };
}
