using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.Reach;

namespace XoBlazor.Core.Plugins;

/// <summary>What of the server all plugins work with.</summary>
internal sealed record PluginContext(
    IPluginStore Store, VisibleStores Views, OperationCatalogue Operations, OperationRunner Runner, AuditLog Audit, IOptions<PluginOptions> Settings, TimeProvider Time, ILogger<PluginFleet> Logger)
{
    public PluginOptions Options => Settings.Value;

    /// <summary>Plugins that are a part of the server.</summary>
    public BuiltInPlugins BuiltIns { get; init; } = new([]);

    /// <summary>What else plugins may ask for.</summary>
    public IReadOnlyList<IPluginFacility> Facilities { get; init; } = [];

    /// <summary>How operations end.</summary>
    public OperationEnds Ends { get; init; } = new();

    /// <summary>Operations that plugins are at.</summary>
    public PluginRuns Runs { get; } = new();

    public PluginSchedules Schedules { get; } = new();

    /// <summary>The server goes.</summary>
    public CancellationToken Stopping { get; init; }
}
