using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Metrics;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>
/// Figures over time in Xen Orchestra's shape: <c>{"endTimestamp": s, "interval": s, "stats": {…}}</c>, where figures of one kind stand together by device
/// (<c>vifs.rx.0</c>), the oldest value first, null where nothing is known. Processors are percent of one, memory is bytes, traffic bytes a second, latencies
/// milliseconds (xo-server's <c>xapi-stats.mjs</c>).
/// </summary>
internal static class XoStats
{
    /// <summary>Of VMs.</summary>
    public static ImmutableArray<XoStatsRule> OfVms { get; } =
    [
        new("memory", "", "memory"), new("memory_internal_free", "", "memoryFree") { Factor = 1024 }, new("memory_target", "", "memoryTarget"),
        new("cpu", "", "cpus") { Key = XoStatsKey.Digits, Factor = 100 }, new("cpu_usage", "", "cpuUsage") { Factor = 100 },
        new("runstate_fullrun", "", "runstateFullrun") { Factor = 100 }, new("runstate_full_contention", "", "runstateFullContention") { Factor = 100 },
        new("runstate_partial_run", "", "runstatePartialRun") { Factor = 100 }, new("runstate_partial_contention", "", "runstatePartialContention") { Factor = 100 },
        new("runstate_concurrency_hazard", "", "runstateConcurrencyHazard") { Factor = 100 }, new("runstate_blocked", "", "runstateBlocked") { Factor = 100 },
        new("vif_", "_rx", "vifs.rx") { Key = XoStatsKey.Digits }, new("vif_", "_tx", "vifs.tx") { Key = XoStatsKey.Digits },
        new("vif_", "_rx_errors", "vifErrors.rx") { Key = XoStatsKey.Digits }, new("vif_", "_tx_errors", "vifErrors.tx") { Key = XoStatsKey.Digits },
        new("vbd_xvd", "_read", "xvds.r") { Key = XoStatsKey.Letter }, new("vbd_xvd", "_write", "xvds.w") { Key = XoStatsKey.Letter },
        new("vbd_xvd", "_iops_read", "iops.r") { Key = XoStatsKey.Letter }, new("vbd_xvd", "_iops_write", "iops.w") { Key = XoStatsKey.Letter },
        new("vbd_xvd", "_iops_total", "iops.total") { Key = XoStatsKey.Letter },
        new("vbd_xvd", "_read_latency", "vbdLatency.r") { Key = XoStatsKey.Letter, Factor = 1e-3 }, new("vbd_xvd", "_write_latency", "vbdLatency.w") { Key = XoStatsKey.Letter, Factor = 1e-3 },
        new("vbd_xvd", "_iowait", "vbdIowait") { Key = XoStatsKey.Letter }, new("vbd_xvd", "_inflight", "vbdInflight") { Key = XoStatsKey.Letter },
        new("vbd_xvd", "_avgqu_sz", "vbdAvgquSz") { Key = XoStatsKey.Letter },
    ];

    /// <summary>Of hosts; storage goes by the beginning of its uuid.</summary>
    public static ImmutableArray<XoStatsRule> OfHosts { get; } =
    [
        new("loadavg", "", "load"), new("memory_free_kib", "", "memoryFree") { Factor = 1024 }, new("memory_total_kib", "", "memory") { Factor = 1024 },
        new("cpu", "", "cpus") { Key = XoStatsKey.Digits, Factor = 100 },
        new("pif_eth", "_rx", "pifs.rx") { Key = XoStatsKey.Digits }, new("pif_eth", "_tx", "pifs.tx") { Key = XoStatsKey.Digits },
        new("iops_read_", "", "iops.r") { Key = XoStatsKey.Word }, new("iops_write_", "", "iops.w") { Key = XoStatsKey.Word },
        new("io_throughput_read_", "", "ioThroughput.r") { Key = XoStatsKey.Word, Factor = 1 << 20 }, new("io_throughput_write_", "", "ioThroughput.w") { Key = XoStatsKey.Word, Factor = 1 << 20 },
        new("read_latency_", "", "latency.r") { Key = XoStatsKey.Word, Factor = 1e-3 }, new("write_latency_", "", "latency.w") { Key = XoStatsKey.Word, Factor = 1e-3 },
        new("iowait_", "", "iowait") { Key = XoStatsKey.Word },
    ];

    /// <summary>Of storage, of all its hosts together; how long each host waits is told host by host.</summary>
    private static readonly ImmutableArray<XoStatsRule> s_ofStorage =
    [
        new("iops_read", "", "iops.r"), new("iops_write", "", "iops.w"),
        new("io_throughput_read", "", "ioThroughput.r") { Factor = 1 << 20 }, new("io_throughput_write", "", "ioThroughput.w") { Factor = 1 << 20 },
        new("read_latency", "", "latency.r") { Factor = 1e-3 }, new("write_latency", "", "latency.w") { Factor = 1e-3 },
    ];

    public static void Write(Utf8JsonWriter writer, ObjectMetrics metrics, ImmutableArray<XoStatsRule> rules)
    {
        WriteBegin(writer, metrics);
        new XoStatsTree(metrics, rules).Write(writer);
        writer.WriteEndObject();
    }

    /// <param name="hostName">What a host may be called to whoever asks; null for one that does not show, whose waiting is left out.</param>
    public static void WriteSr(Utf8JsonWriter writer, SrMetrics metrics, Func<string, string?> hostName)
    {
        var together = metrics.Together(s_ofStorage.Select(rule => (rule.Before, IsSum: !rule.Path.StartsWith("latency", StringComparison.Ordinal))));
        var tree = new XoStatsTree(together, s_ofStorage);
        foreach (var host in metrics.Hosts)
            if (hostName(host.HostRef) is { } name && host.Metrics["iowait"] is { } values)
                tree.Add(["iowait", name], values, 1);
        WriteBegin(writer, together);
        tree.Write(writer);
        writer.WriteEndObject();
    }

    private static void WriteBegin(Utf8JsonWriter writer, ObjectMetrics metrics)
    {
        writer.WriteStartObject();
        writer.WriteNumber("endTimestamp", metrics.End.ToUnixTimeSeconds());
        writer.WriteNumber("interval", (long)metrics.Step.TotalSeconds);
        writer.WritePropertyName("stats");
    }
}
