using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.Core.Metrics;

/// <summary>All that one host told at once: its own figures, those of the VMs on it, and those of its storage. Immutable.</summary>
internal sealed class HostFigures(ObjectMetrics none, FrozenDictionary<(MetricsOwner Owner, string Uuid), FrozenDictionary<string, ImmutableArray<float>>> owners, int columns)
{
    private const int ColumnBytes = 120;

    /// <summary>About how many bytes it takes.</summary>
    public long Weight { get; } = columns * (long)((none.Count * sizeof(float)) + ColumnBytes);

    public TimeSpan Step => none.Step;

    /// <summary>The moment of the newest value, by the host's clock.</summary>
    public DateTimeOffset End => none.End;

    public int Count => none.Count;

    /// <summary>One object's part; without a series when the host knows nothing of it.</summary>
    public ObjectMetrics Of(MetricsOwner owner, string uuid) => owners.TryGetValue((owner, uuid), out var series) ? none with { Series = series } : none;
}
