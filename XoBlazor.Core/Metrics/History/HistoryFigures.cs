using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.Core.Metrics.History;

/// <summary>Puts what a host tells of an object together to what is kept of it.</summary>
internal static class HistoryFigures
{
    private const double KiB = 1024;
    private const double MiB = 1 << 20;

    /// <summary>The same moments with the series that are kept; those of which nothing is told are left out.</summary>
    public static ObjectMetrics Of(MetricsOwner owner, ObjectMetrics told)
    {
        var kept = new Dictionary<string, ImmutableArray<float>>(StringComparer.Ordinal);
        foreach (var series in HistorySeriesFacts.KeptOf(owner))
            if (Of(owner, told, series) is { } values)
                kept[series.Name()] = values;
        return told with { Series = kept.ToFrozenDictionary(StringComparer.Ordinal) };
    }

    private static ImmutableArray<float>? Of(MetricsOwner owner, ObjectMetrics told, HistorySeries series) => (series, owner) switch
    {
        (HistorySeries.Cpu, _) => Together(told, ObjectMetrics.IsProcessor, 1, isMean: true),
        (HistorySeries.Memory, MetricsOwner.Host) => Scaled(told["memory_total_kib"], KiB),
        (HistorySeries.Memory, _) => told["memory"],
        (HistorySeries.MemoryUsed, MetricsOwner.Host) => Rest(told["memory_total_kib"], KiB, told["memory_free_kib"]),
        (HistorySeries.MemoryUsed, _) => Rest(told["memory"], 1, told["memory_internal_free"]),
        (HistorySeries.DiskRead, MetricsOwner.Host) => Together(told, name => ObjectMetrics.Device(name, "io_throughput_read_", "") is not null, MiB),
        (HistorySeries.DiskRead, _) => Together(told, name => ObjectMetrics.Device(name, "vbd_", "_read") is not null, 1),
        (HistorySeries.DiskWrite, MetricsOwner.Host) => Together(told, name => ObjectMetrics.Device(name, "io_throughput_write_", "") is not null, MiB),
        (HistorySeries.DiskWrite, _) => Together(told, name => ObjectMetrics.Device(name, "vbd_", "_write") is not null, 1),
        (HistorySeries.NetworkReceived, MetricsOwner.Host) => Together(told, name => ObjectMetrics.Device(name, "pif_eth", "_rx") is not null, 1),
        (HistorySeries.NetworkReceived, _) => Together(told, name => ObjectMetrics.Device(name, "vif_", "_rx") is not null, 1),
        (HistorySeries.NetworkSent, MetricsOwner.Host) => Together(told, name => ObjectMetrics.Device(name, "pif_eth", "_tx") is not null, 1),
        (HistorySeries.NetworkSent, _) => Together(told, name => ObjectMetrics.Device(name, "vif_", "_tx") is not null, 1),
        (HistorySeries.Used or HistorySeries.Size, _) => null,
    };

    private static ImmutableArray<float>? Scaled(ImmutableArray<float>? values, double factor) => values is { } known ? [.. known.Select(value => (float)(value * factor))] : null;

    // What is not known of either is not known.
    private static ImmutableArray<float>? Rest(ImmutableArray<float>? whole, double factor, ImmutableArray<float>? freeKib) =>
        whole is { } all && freeKib is { } free ? [.. all.Zip(free, (a, b) => (float)Math.Max(0, (a * factor) - (b * KiB)))] : null;

    private static ImmutableArray<float>? Together(ObjectMetrics told, Func<string, bool> isMeant, double factor, bool isMean = false)
    {
        double[]? sums = null;
        int[]? counts = null;
        foreach (var (name, values) in told.Series)
        {
            if (!isMeant(name))
                continue;
            sums ??= new double[told.Count];
            counts ??= new int[told.Count];
            for (var at = 0; at < told.Count; at++)
                if (!float.IsNaN(values[at]))
                    (sums[at], counts[at]) = (sums[at] + values[at], counts[at] + 1);
        }

        return sums is null ? null : [.. sums.Zip(counts!, (sum, count) => count == 0 ? float.NaN : (float)(sum * factor / (isMean ? count : 1)))];
    }
}
