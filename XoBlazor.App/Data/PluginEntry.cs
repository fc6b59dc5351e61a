namespace XoBlazor.App.Data;

/// <summary>The row of an installed plugin: <see cref="Core.Plugins.PluginSettings"/> with the configuration sealed.</summary>
public sealed class PluginEntry
{
    /// <summary>The plugin's own name for itself.</summary>
    public required string Id { get; init; }

    /// <summary>Its manifest, as it came.</summary>
    public required string Manifest { get; set; }

    /// <summary>SHA-256 of its package.</summary>
    public required string Hash { get; set; }

    /// <summary>The texts of the wants that were accepted, as a JSON list; null until somebody has looked at them.</summary>
    public string? Accepted { get; set; }

    /// <summary>The uuids of the pools in which that holds, as a JSON list; empty for all.</summary>
    public required string Pools { get; set; }

    /// <summary>Loaded when the server starts.</summary>
    public required bool IsAutoloaded { get; set; }

    /// <summary>Its configuration, see <see cref="Sealed"/>; null for none.</summary>
    public string? SealedConfiguration { get; set; }

    /// <summary>When this version was installed.</summary>
    public required DateTimeOffset Installed { get; set; }

    /// <summary>By whom: the name of then.</summary>
    public required string InstalledBy { get; set; }
}
