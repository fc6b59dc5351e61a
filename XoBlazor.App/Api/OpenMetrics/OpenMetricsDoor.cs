using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>Whether scrapers are let in, and what they are told: as long as the plugin is loaded, what it is configured to tell, of the pools that it may see. Safe from any thread.</summary>
internal sealed class OpenMetricsDoor(IServiceProvider services)
{
    private volatile OpenMetricsChoice _choice = OpenMetricsChoice.Everything;

    /// <summary>What the plugin that is loaded now tells.</summary>
    public OpenMetricsChoice Choice
    {
        set => _choice = value;
    }

    // The plugins themselves are made of what has this.
    private PluginFleet Fleet => field ??= services.GetRequiredService<PluginFleet>();

    /// <summary>Null while the plugin is unloaded. One that is just being loaded is there, so that no scrape fails at a start of the server.</summary>
    public OpenMetricsChoice? Open() => Fleet.Find(OpenMetricsBuiltIn.Id) is { Status.State: PluginState.Loaded or PluginState.Loading or PluginState.Waiting } plugin
        ? _choice with { Pools = plugin.Settings.Pools } : null;
}
