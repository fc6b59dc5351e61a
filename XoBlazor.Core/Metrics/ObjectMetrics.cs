using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.Core.Metrics;

/// <summary>
/// The figures of one object over time, as one host has them. Immutable. Names and units are the host's (xapi-protocol.md §8.7): <c>cpu0</c> is a fraction of 1,
/// <c>memory</c> bytes, <c>memory_total_kib</c> KiB, <c>vif_0_rx</c> and <c>vbd_xvda_read</c> bytes a second, <c>io_throughput_…</c> MiB a second, <c>…_latency</c> microseconds.
/// </summary>
/// <param name="End">The moment of the newest value, by the host's clock.</param>
/// <param name="Step">Between two values, each of which sums up the time since the one before.</param>
/// <param name="Count">How many values each series has.</param>
/// <param name="Series">By name, the oldest value first; <see cref="float.NaN"/> where the host knows none.</param>
public sealed record ObjectMetrics(DateTimeOffset End, TimeSpan Step, int Count, FrozenDictionary<string, ImmutableArray<float>> Series)
{
    /// <summary>The values of a series; null when the host has none of that name.</summary>
    public ImmutableArray<float>? this[string name] => Series.TryGetValue(name, out var values) ? values : null;

    /// <summary>The newest value that is known of a series; null when there is none.</summary>
    public double? Newest(string name) => this[name] is { } values ? Newest(values) : null;

    /// <inheritdoc cref="Newest(string)"/>
    public static double? Newest(ImmutableArray<float> values)
    {
        for (var at = values.Length - 1; at >= 0; at--)
            if (!float.IsNaN(values[at]))
                return values[at];
        return null;
    }

    public DateTimeOffset TimeOf(int index) => End - (Step * (Count - 1 - index));
}
