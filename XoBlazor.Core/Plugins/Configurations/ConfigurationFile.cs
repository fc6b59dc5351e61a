using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Plugins.Configurations;

/// <summary>Configurations of plugins as a file: without their secrets, which it names as left out. What a file brings is looked at before it is taken, and keeps the secrets that are here.</summary>
public static class ConfigurationFile
{
    public const int MostBytes = 1024 * 1024;

    private const string Mark = "xo-blazor-plugin-configurations";
    private const int Version = 1;

    /// <summary>The configurations of these plugins; those that have none are left out.</summary>
    public static JsonObject Write(IEnumerable<PluginSettings> plugins)
    {
        var all = new JsonArray();
        foreach (var plugin in plugins)
            if (plugin is { Manifest.Configuration: { } schema, Configuration: { } kept })
            {
                var (values, leftOut) = schema.WithoutSecrets((JsonObject)JsonNode.Parse(kept)!);
                all.Add(new JsonObject { ["id"] = plugin.Id, ["version"] = plugin.Manifest.Version, ["configuration"] = values, ["leftOut"] = new JsonArray([.. leftOut.Select(path => (JsonNode)path)]) });
            }
        return new() { [Mark] = Version, ["plugins"] = all };
    }

    /// <summary>What a file would change, plugin by plugin. Fails with <see cref="PluginException"/> for what is no such file.</summary>
    /// <param name="find">An installed plugin by its id.</param>
    public static ImmutableArray<ConfigurationChange> Compare(JsonNode? file, Func<string, PluginSettings?> find)
    {
        if (file is not JsonObject all || all[Mark] is not JsonValue version || !version.TryGetValue<int>(out var number) || all["plugins"] is not JsonArray plugins)
            throw new PluginException("This is no file of configurations of plugins. Export one to see what they look like.");
        if (number != Version)
            throw new PluginException($"The file is of version {number}; this server reads {Version}. Export it again from a server of this version.");
        if (plugins.Count > PluginFleet.Most * 2)
            throw new PluginException("The file has more plugins than a server may have.");
        var changes = plugins.Select(plugin => One(plugin, find)).ToImmutableArray();
        return changes.CountBy(change => change.Plugin).FirstOrDefault(id => id.Value > 1) is { Key: { } twice } ? throw new PluginException($"The file has '{ForeignText.Shown(twice)}' twice.") : changes;
    }

    private static ConfigurationChange One(JsonNode? plugin, Func<string, PluginSettings?> find)
    {
        if (plugin is not JsonObject given || given["id"] is not JsonValue id || !id.TryGetValue<string>(out var name) || name.Length > 64 || given["configuration"] is not JsonObject values)
            throw new PluginException("The file is broken: each of its plugins has to have 'id' and 'configuration'.");
        if (find(name) is not { } settings)
            return new(name, ForeignText.Shown(name), "It is not installed here. Install it first.", [], null);
        var called = ForeignText.Shown(settings.Manifest.Name);
        if (settings.Manifest.Configuration is not { } schema)
            return new(name, called, "It has nothing to configure.", [], null);
        try
        {
            var before = settings.Configuration is { } kept ? (JsonObject)JsonNode.Parse(kept)! : null;
            var next = schema.Check(schema.WithSecretsOf(values, before), $"What the file has for {called}");
            var lines = new List<ConfigurationChangeLine>();
            Differ(before is null ? null : schema.Masked(before), schema.Masked(next), "", lines);
            return new(name, called, null, [.. lines], lines.Count == 0 ? null : next);
        }
        catch (PluginException misfit)
        {
            return new(name, called, misfit.Message, [], null);
        }
    }

    private static void Differ(JsonNode? before, JsonNode? after, string path, List<ConfigurationChangeLine> lines)
    {
        if (before is JsonObject or null && after is JsonObject or null && (before ?? after) is JsonObject)
        {
            foreach (var name in (before as JsonObject ?? []).Select(one => one.Key).Union((after as JsonObject ?? []).Select(one => one.Key)))
                Differ((before as JsonObject)?[name], (after as JsonObject)?[name], path.Length == 0 ? name : $"{path}.{name}", lines);
            return;
        }

        if (!JsonNode.DeepEquals(before, after))
            lines.Add(new(ForeignText.Shown(path), Words(before), Words(after)));
    }

    private static string? Words(JsonNode? value) => value is null ? null : value.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) is var text && text.Length > 200 ? ForeignText.Shown(text[..200]) + "…" : ForeignText.Shown(text);

    /// <summary>What a person chose, as JSON. Fails with <see cref="PluginException"/>.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes.Length > MostBytes ? throw new PluginException($"The file is larger than {MostBytes >> 10} KiB.") : JsonNode.Parse(bytes, null, new() { MaxDepth = 32 });
        }
        catch (JsonException broken)
        {
            throw new PluginException($"The file is no JSON{(broken.LineNumber is { } line ? $" from line {line + 1} on" : "")}. Choose one that was exported here.");
        }
    }
}
