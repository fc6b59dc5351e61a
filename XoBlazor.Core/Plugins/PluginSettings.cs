using System.Collections.Immutable;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins;

/// <summary>An installed plugin as it is kept: what it says of itself, what was accepted of its wants, how it is configured. Immutable.</summary>
public sealed record PluginSettings
{
    public required PluginManifest Manifest { get; init; }

    public string Id => Manifest.Id;

    /// <summary>SHA-256 of its package; empty for one that is a part of the server.</summary>
    public required string Hash { get; init; }

    /// <summary>What an administrator has accepted; nothing else is given. Null until somebody has looked at the wants of the plugin.</summary>
    public PluginWants? Accepted { get; init; }

    /// <summary>The uuids of the pools in which it holds; empty for all, now and later.</summary>
    public ImmutableArray<string> Pools { get; init; } = [];

    /// <summary>Loaded when the server starts.</summary>
    public bool IsAutoloaded { get; init; } = true;

    /// <summary>Its configuration, JSON that fits its schema; secret. Null for none.</summary>
    public string? Configuration { get; init; }

    public required DateTimeOffset Installed { get; init; }

    /// <summary>The name of who installed it.</summary>
    public required string InstalledBy { get; init; }

    /// <summary>What it is given.</summary>
    public PluginWants Given => Accepted ?? PluginWants.None;

    /// <summary>What it wants and was not given.</summary>
    public PluginWants NotGiven => Manifest.Wants.Without(Given);
}
