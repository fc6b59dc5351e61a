using System.Collections.Immutable;
using XoBlazor.Core.Plugins.Configurations;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins;

/// <summary>What a plugin says of itself in <c>plugin.json</c>, checked. Immutable; the words are the author's: hostile until escaped.</summary>
public sealed record PluginManifest
{
    /// <summary>Lower-case letters, digits and dashes; the same in every version.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Three numbers with dots, and maybe a word after a dash.</summary>
    public required string Version { get; init; }

    public required PluginContract Contract { get; init; }

    public string Description { get; init; } = "";

    /// <summary>It is a part of the server: neither installed nor removed.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>It is a part of the server that cannot be unloaded.</summary>
    public bool IsAlwaysLoaded { get; init; }

    /// <summary>The program and what it is started with; a word that is the name of a file of the package stands for its path. Empty for one that runs within the server.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>The file of the package that holds the plugin, for one that is loaded into the server; null for a program, or a part of the server.</summary>
    public string? Assembly { get; init; }

    public required PluginWants Wants { get; init; }

    /// <summary>What it is configured with; null when there is nothing to configure.</summary>
    public ConfigurationSchema? Configuration { get; init; }

    /// <summary>Parts of its configuration that the author offers ready-made.</summary>
    public ImmutableArray<ConfigurationPreset> Presets { get; init; } = [];

    /// <summary>What a test asks for; null for nothing.</summary>
    public ConfigurationSchema? TestSchema { get; init; }

    /// <summary>The file as it came.</summary>
    public required string Text { get; init; }
}
