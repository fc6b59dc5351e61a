using System.Collections.Frozen;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics;

/// <summary>What many hosts told at about the same moment. Immutable.</summary>
public sealed class LatestMetrics
{
    private readonly FrozenDictionary<ObjectKey, HostFigures> _hosts;

    internal LatestMetrics(FrozenDictionary<ObjectKey, HostFigures> hosts) => _hosts = hosts;

    /// <summary>Whether the host answered.</summary>
    public bool Has(ObjectKey host) => _hosts.ContainsKey(host);

    /// <summary>What a host told of itself, or of a VM that runs on it; null when the host did not answer.</summary>
    public ObjectMetrics? Of(ObjectKey host, MetricsOwner owner, string uuid) => _hosts.TryGetValue(host, out var figures) ? figures.Of(owner, uuid) : null;
}
