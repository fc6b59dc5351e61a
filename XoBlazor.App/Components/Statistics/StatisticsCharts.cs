using System.Collections.Immutable;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using static XoBlazor.App.Components.Statistics.MetricsSums;

namespace XoBlazor.App.Components.Statistics;

/// <summary>The charts of each kind of object, made of what its host says.</summary>
internal static class StatisticsCharts
{
    private const double KiB = 1024;
    private const double MiB = 1 << 20;

    public static ImmutableArray<Chart> OfVm(ObjectMetrics metrics) => Known(
        Processors(metrics),
        new("memory", "Memory", ChartUnit.Bytes, [metrics.Rest("used by the guest", "memory", "memory_internal_free", 1, KiB), metrics.One("given to the VM", "memory")]),
        new("network", "Network", ChartUnit.BytesPerSecond, [metrics.Sum("received", Of("vif_", "_rx")), metrics.Sum("sent", Of("vif_", "_tx"))]),
        new("disk", "Disks", ChartUnit.BytesPerSecond, [metrics.Sum("read", Of("vbd_", "_read")), metrics.Sum("written", Of("vbd_", "_write"))]),
        new("operations", "Disk operations", ChartUnit.PerSecond, [metrics.Sum("reads", Of("vbd_", "_iops_read")), metrics.Sum("writes", Of("vbd_", "_iops_write"))]),
        new("latency", "Disk latency", ChartUnit.Milliseconds, [metrics.Mean("reads", Of("vbd_", "_read_latency"), 1e-3), metrics.Mean("writes", Of("vbd_", "_write_latency"), 1e-3)]));

    public static ImmutableArray<Chart> OfHost(ObjectMetrics metrics) => Known(
        Processors(metrics),
        new("memory", "Memory", ChartUnit.Bytes, [metrics.Rest("in use", "memory_total_kib", "memory_free_kib", KiB, KiB), metrics.One("all there is", "memory_total_kib", KiB)]),
        new("network", "Network", ChartUnit.BytesPerSecond, [metrics.Sum("received", Of("pif_eth", "_rx")), metrics.Sum("sent", Of("pif_eth", "_tx"))]),
        new("disk", "Storage", ChartUnit.BytesPerSecond, [metrics.Sum("read", Of("io_throughput_read_", ""), MiB), metrics.Sum("written", Of("io_throughput_write_", ""), MiB)]),
        new("operations", "Storage operations", ChartUnit.PerSecond, [metrics.Sum("reads", Of("iops_read_", "")), metrics.Sum("writes", Of("iops_write_", ""))]),
        new("load", "Load of the control domain", ChartUnit.Number, [metrics.One("load average", "loadavg")]));

    public static ImmutableArray<Chart> OfStorage(SrMetrics told)
    {
        var metrics = told.Together(
            [("io_throughput_read", true), ("io_throughput_write", true), ("iops_read", true), ("iops_write", true), ("read_latency", false), ("write_latency", false), ("iowait", false), ("inflight", true)]);
        return Known(
            new("disk", "Throughput", ChartUnit.BytesPerSecond, [metrics.One("read", "io_throughput_read", MiB), metrics.One("written", "io_throughput_write", MiB)]),
            new("operations", "Operations", ChartUnit.PerSecond, [metrics.One("reads", "iops_read"), metrics.One("writes", "iops_write")]),
            new("latency", "Latency, mean of the hosts", ChartUnit.Milliseconds, [metrics.One("reads", "read_latency", 1e-3), metrics.One("writes", "write_latency", 1e-3)]),
            new("wait", "Time spent waiting, mean of the hosts", ChartUnit.Percent, [metrics.One("waiting", "iowait", 100)]));
    }

    /// <summary>Of a VM or a host, of what was written down.</summary>
    public static ImmutableArray<Chart> OfHistory(ObjectMetrics metrics, bool isHost) => Known(
        new("processors", "Processors", ChartUnit.Percent, [metrics.One("mean", HistorySeries.Cpu.Name(), 100)], 100),
        new("memory", "Memory", ChartUnit.Bytes, [metrics.One(isHost ? "in use" : "used by the guest", HistorySeries.MemoryUsed.Name()), metrics.One(isHost ? "all there is" : "given to the VM", HistorySeries.Memory.Name())]),
        new("network", "Network", ChartUnit.BytesPerSecond, [metrics.One("received", HistorySeries.NetworkReceived.Name()), metrics.One("sent", HistorySeries.NetworkSent.Name())]),
        new("disk", isHost ? "Storage" : "Disks", ChartUnit.BytesPerSecond, [metrics.One("read", HistorySeries.DiskRead.Name()), metrics.One("written", HistorySeries.DiskWrite.Name())]));

    /// <summary>How full storage was.</summary>
    public static ImmutableArray<Chart> OfSpace(ObjectMetrics metrics) => Known(
        new Chart("space", "Space", ChartUnit.Bytes, [metrics.One("in use", HistorySeries.Used.Name()), metrics.One("all there is", HistorySeries.Size.Name())]));

    private static Chart Processors(ObjectMetrics metrics) =>
        new("processors", "Processors", ChartUnit.Percent, [metrics.Mean("mean", ObjectMetrics.IsProcessor, 100), metrics.Most("busiest", ObjectMetrics.IsProcessor, 100)], 100);

    // What a host does not sample has no chart.
    private static ImmutableArray<Chart> Known(params ReadOnlySpan<Chart> charts)
    {
        var known = ImmutableArray.CreateBuilder<Chart>();
        foreach (var chart in charts)
            if (!chart.IsEmpty)
                known.Add(chart with { Series = [.. chart.Series.Where(series => series.Known.Any())] });
        return known.DrainToImmutable();
    }
}
