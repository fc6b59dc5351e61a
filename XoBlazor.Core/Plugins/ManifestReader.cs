using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Configurations;
using XoBlazor.Core.Plugins.Wants;
using static XoBlazor.Core.Plugins.ManifestJson;

namespace XoBlazor.Core.Plugins;

/// <summary>Reads <c>plugin.json</c>. What it does not know, it refuses: a want that is passed over would be one that nobody was asked about. Fails with <see cref="PluginException"/>.</summary>
public static partial class ManifestReader
{
    public const string FileName = "plugin.json";

    public const int MostBytes = 64 * 1024;

    private const int MostPresets = 20;

    private static readonly string[] s_known = ["id", "name", "version", "contract", "description", "command", "assembly", "wants", "configuration", "configurationPresets", "testSchema"];

    public static PluginManifest Read(ReadOnlyMemory<byte> bytes) =>
        bytes.Length > MostBytes ? throw Wrong($"it is larger than {MostBytes / 1024} KiB") : Guarded(Encoding.UTF8.GetString(bytes.Span), isBuiltIn: false);

    /// <summary>The manifest of a plugin that is a part of the server: it names no program.</summary>
    public static PluginManifest ReadBuiltIn(string text) => Guarded(text, isBuiltIn: true);

    private static PluginManifest Guarded(string text, bool isBuiltIn)
    {
        try
        {
            return Read(text, isBuiltIn);
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

    private static PluginManifest Read(string text, bool isBuiltIn)
    {
        var all = JsonNode.Parse(text, null, new() { MaxDepth = 32, AllowDuplicateProperties = false }) as JsonObject ?? throw new PluginException("it has to be an object");
        OnlyKnown(all, s_known, "");
        var (id, contract) = (Text(all, "id", 64), Text(all, "contract", 40));
        var wants = PluginWants.From(all["wants"], id);
        var assembly = all.ContainsKey("assembly") && !isBuiltIn ? Text(all, "assembly", 200) : null;
        if (assembly is not null && all.ContainsKey("command"))
            throw new PluginException("'assembly' and 'command' exclude each other: a plugin runs within the server or is a program of its own");
        return new()
        {
            Id = Id().IsMatch(id) ? id : throw new PluginException("'id' has to be lower-case letters, digits and dashes, 3 to 64 of them, beginning with a letter"),
            Name = all.ContainsKey("name") ? Text(all, "name", 100) : id,
            Version = Text(all, "version", 64) is var version && Version().IsMatch(version) ? version : throw new PluginException("'version' has to be like 1.2.3 or 1.2.3-beta"),
            Contract = PluginContract.TryParse(contract, out var range) ? range : throw new PluginException("'contract' has to be like 1.0, or 1.0 - 2.3"),
            Description = all.ContainsKey("description") ? Text(all, "description", 1000) : "",
            IsBuiltIn = isBuiltIn,
            Command = isBuiltIn || assembly is not null ? [] : Texts(all["command"], "command") is { IsEmpty: false } command ? command : throw new PluginException("'command' has to name a program, such as [\"python3\", \"main.py\"], or 'assembly' a .NET assembly of the package"),
            Assembly = assembly,
            Wants = assembly is null ? wants : new([new InProcessWant(), .. wants.All]),
            Configuration = all["configuration"] is { } schema ? ConfigurationSchema.Read(schema) : null,
            Presets = Presets(all["configurationPresets"], all["configuration"]),
            TestSchema = all["testSchema"] is { } test ? ConfigurationSchema.Read(test, "testSchema") : null,
            Text = text,
        };
    }

    private static ImmutableArray<ConfigurationPreset> Presets(JsonNode? node, JsonNode? configuration)
    {
        if (node is null)
            return [];
        var presets = Object(node, "configurationPresets");
        if (presets.Count > MostPresets || configuration is null)
            throw new PluginException($"'configurationPresets' has to be at most {MostPresets}, beside a 'configuration'");
        var schema = ConfigurationSchema.Read(configuration);
        foreach (var (name, values) in presets)
        {
            _ = Text(name, "configurationPresets", 100);
            schema.CheckPreset(name, Object(values, $"configurationPresets.{ForeignText.Shown(name)}"));
        }
        return [.. presets.Select(one => new ConfigurationPreset(one.Key, (JsonObject)one.Value!.DeepClone()))];
    }

    private static PluginException Wrong(string why) => new($"{FileName} cannot be used: {why.TrimEnd('.')}.", isLasting: true);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,62}[a-z0-9]\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?\z")]
    private static partial Regex Version();
}
