using System.Text.Json.Nodes;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>What is told to scrapers, as the plugin is configured: kinds of things, and pools. Immutable.</summary>
/// <param name="Pools">The uuids of the pools that are told of; empty for all.</param>
internal sealed record OpenMetricsChoice(bool OfPools, bool OfHosts, bool OfVms, bool OfStorage, bool OfServer, IReadOnlyCollection<string> Pools)
{
    public static OpenMetricsChoice Everything { get; } = new(true, true, true, true, true, []);

    /// <param name="configuration">Fits the schema of <see cref="OpenMetricsBuiltIn"/>.</param>
    public static OpenMetricsChoice Of(JsonObject configuration) =>
        new(Is(configuration, "pools"), Is(configuration, "hosts"), Is(configuration, "vms"), Is(configuration, "storage"), Is(configuration, "server"), []);

    public bool Has(string pool) => Pools.Count == 0 || Pools.Contains(pool);

    private static bool Is(JsonObject configuration, string kind) => (bool?)configuration[kind] ?? true;
}
