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

    /// <summary>A processor's own figure.</summary>
    public static bool IsProcessor(string name) => name.Length > 3 && name.StartsWith("cpu", StringComparison.Ordinal) && name.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>
    /// The device whose figure it is: what stands between the two parts, as in <c>vif_0_rx</c>. Null for what has more parts, which is another figure, and for what is of all devices together.
    /// </summary>
    public static string? Device(string name, string before, string after) => name.Length > before.Length + after.Length
        && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal)
        && name[before.Length..^after.Length] is var between && between != "aggr" && !between.Contains('_', StringComparison.Ordinal) ? between : null;

    /// <summary>How busy all processors are on average by their newest values, 0 to 1; null when it is not known.</summary>
    public double? NewestOfProcessors()
    {
        var (sum, count) = (0.0, 0);
        foreach (var (name, values) in Series)
            if (IsProcessor(name) && Newest(values) is { } value)
                (sum, count) = (sum + value, count + 1);
        return count == 0 ? null : sum / count;
    }

    public DateTimeOffset TimeOf(int index) => End - (Step * (Count - 1 - index));
}
