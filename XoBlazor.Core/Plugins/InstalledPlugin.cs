using System.Collections.Immutable;

namespace XoBlazor.Core.Plugins;

/// <summary>A plugin as it stands at a moment.</summary>
/// <param name="Log">The last lines that it wrote.</param>
public sealed record InstalledPlugin(PluginSettings Settings, PluginStatus Status, PluginLog Log)
{
    /// <summary>It has a configuration, or needs none, or its defaults are enough.</summary>
    public bool IsConfigured => PluginFleet.IsConfigured(Settings);

    /// <summary>Its scheduled work, as far as it was accepted.</summary>
    public ImmutableArray<ScheduleStatus> Schedules { get; init; } = [];
}
