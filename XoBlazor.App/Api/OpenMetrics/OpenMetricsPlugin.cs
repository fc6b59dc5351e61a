using System.Text.Json.Nodes;
using XoBlazor.Plugins;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>One loading of <see cref="OpenMetricsBuiltIn"/>: what it is configured to tell counts for whoever scrapes next.</summary>
internal sealed class OpenMetricsPlugin(OpenMetricsDoor door) : Plugin
{
    public override string Id => OpenMetricsBuiltIn.Id;

    public override string Version => OpenMetricsBuiltIn.Version;

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        door.Choice = OpenMetricsChoice.Of(configuration);
        return Task.CompletedTask;
    }
}
