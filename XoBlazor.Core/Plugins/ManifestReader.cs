using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins;

/// <summary>Reads <c>plugin.json</c>. What it does not know, it refuses: a want that is passed over would be one that nobody was asked about. Fails with <see cref="PluginException"/>.</summary>
public static partial class ManifestReader
{
    public const string FileName = "plugin.json";

    public const int MostBytes = 64 * 1024;

    private const int MostItems = 64;

    private static readonly string[] s_known = ["id", "name", "version", "contract", "description", "command", "wants", "configuration"];

    public static PluginManifest Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            throw Wrong($"it is larger than {MostBytes / 1024} KiB");
        try
        {
            return Read(Encoding.UTF8.GetString(bytes.Span));
        }
        catch (PluginException wrong)
        {
            throw Wrong(wrong.Message);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw Wrong($"it is no JSON: {ForeignText.Shown(broken.Message)}");
        }
    }

    private static PluginManifest Read(string text)
    {
        var all = JsonNode.Parse(text, null, new() { MaxDepth = 32, AllowDuplicateProperties = false }) as JsonObject ?? throw new PluginException("it has to be an object");
        OnlyKnown(all, s_known, "");
        var contract = Text(all, "contract", 40);
        return new()
        {
            Id = Text(all, "id", 64) is var id && Id().IsMatch(id) ? id : throw new PluginException("'id' has to be lower-case letters, digits and dashes, 3 to 64 of them, beginning with a letter"),
            Name = all.ContainsKey("name") ? Text(all, "name", 100) : id,
            Version = Text(all, "version", 64) is var version && Version().IsMatch(version) ? version : throw new PluginException("'version' has to be like 1.2.3 or 1.2.3-beta"),
            Contract = PluginContract.TryParse(contract, out var range) ? range : throw new PluginException("'contract' has to be like 1.0, or 1.0 - 2.3"),
            Description = all.ContainsKey("description") ? Text(all, "description", 1000) : "",
            Command = Texts(all, "command") is { IsEmpty: false } command ? command : throw new PluginException("'command' has to name a program, such as [\"python3\", \"main.py\"]"),
            Wants = Wants(all["wants"]),
            Configuration = all["configuration"] is { } schema ? ConfigurationSchema.Read(schema) : null,
            Text = text,
        };
    }

    private static PluginWants Wants(JsonNode? node)
    {
        if (node is null)
            return PluginWants.None;
        var wants = node as JsonObject ?? throw new PluginException("'wants' has to be an object");
        OnlyKnown(wants, ["read", "operations", "storage"], "wants.");
        var reads = Items(wants, "read").Select(Read).ToImmutableArray();
        var operations = Texts(wants, "operations");
        if (reads.Select(read => read.Text).Concat(operations).CountBy(text => text).FirstOrDefault(text => text.Value > 1) is { Key: { } twice })
            throw new PluginException($"'{ForeignText.Shown(twice)}' is wanted twice");
        return new(reads, operations, wants["storage"] switch { null => false, JsonValue flag when flag.TryGetValue<bool>(out var wanted) => wanted, _ => throw new PluginException("'wants.storage' has to be true or false") });
    }

    private static ReadWant Read(JsonNode node)
    {
        if (node is not JsonObject want)
            return ReadWant.Of(Text(node, "wants.read", 100), "");
        OnlyKnown(want, ["class", "filter"], "wants.read.");
        return ReadWant.Of(Text(want, "class", 100), want.ContainsKey("filter") ? Text(want, "filter", 1000) : "");
    }

    private static void OnlyKnown(JsonObject value, string[] known, string path)
    {
        if (value.FirstOrDefault(one => !known.Contains(one.Key)) is { Key: { } unknown })
            throw new PluginException($"'{path}{ForeignText.Shown(unknown)}' is nothing that this server knows or can give; it knows {string.Join(", ", known)}");
    }

    private static ImmutableArray<string> Texts(JsonObject value, string name) => [.. Items(value, name).Select(item => Text(item, name, 1000))];

    private static IEnumerable<JsonNode> Items(JsonObject value, string name) => value[name] switch
    {
        null => [],
        JsonArray { Count: <= MostItems } items when items.All(item => item is not null) => items.OfType<JsonNode>(),
        _ => throw new PluginException($"'{name}' has to be a list of at most {MostItems}"),
    };

    private static string Text(JsonObject value, string name, int longest) => Text(value[name] ?? throw new PluginException($"'{name}' is missing"), name, longest);

    private static string Text(JsonNode node, string name, int longest) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 && text.Length <= longest && !text.Any(char.IsControl)
            ? text : throw new PluginException($"'{name}' has to be a text of at most {longest} characters that can be seen");

    private static PluginException Wrong(string why) => new($"{FileName} cannot be used: {why.TrimEnd('.')}.", isLasting: true);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,62}[a-z0-9]\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?\z")]
    private static partial Regex Version();
}
