using System.Collections.Immutable;

namespace XoBlazor.Core.Plugins.BuiltIn;

/// <summary>The plugins that are a part of the server, by their ids. Immutable.</summary>
public sealed class BuiltInPlugins(IEnumerable<IBuiltInPlugin> all)
{
    private const string Server = "the server";

    private readonly ImmutableArray<(PluginManifest Manifest, IBuiltInPlugin Plugin)> _all = [.. all.Select(one => (ManifestReader.ReadBuiltIn(one.Manifest) with { IsAlwaysLoaded = one.IsAlwaysLoaded }, one))];

    public IBuiltInPlugin? Find(string id) => _all.FirstOrDefault(one => one.Manifest.Id == id).Plugin;

    public PluginManifest? Manifest(string id) => _all.FirstOrDefault(one => one.Manifest.Id == id).Manifest;

    /// <summary>Those that are kept, with these among them: what is kept of one of these is how it is configured, and what of its wants somebody has left.</summary>
    public ImmutableArray<PluginSettings> With(ImmutableArray<PluginSettings> kept) =>
        [.. kept.Where(one => Find(one.Id) is null), .. _all.Select(one => Of(one.Manifest, kept.FirstOrDefault(other => other.Id == one.Manifest.Id)))];

    private static PluginSettings Of(PluginManifest manifest, PluginSettings? kept) => kept is null
        ? new() { Manifest = manifest, Hash = "", Accepted = manifest.Wants, Installed = default, InstalledBy = Server }
        : kept with { Manifest = manifest, Accepted = kept.Accepted ?? manifest.Wants, IsAutoloaded = kept.IsAutoloaded || manifest.IsAlwaysLoaded };
}
