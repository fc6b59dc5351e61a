using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>What is told of hosts: from the picture, and from the figures that each samples itself (names and units: xapi-protocol.md §8.7).</summary>
internal static class HostFamilies
{
    private const double MiB = 1 << 20;
    private const double Microsecond = 1e-6;

    public static ImmutableArray<MetricFamily<WatchedHost>> All { get; } =
    [
        new("xen_host_info", "", "Always 1; the labels say what the host is.", Info),
        new("xen_host_up", "", "1 while the host is live.", one => one.Pool.IsHostLive(one.Host) ? 1 : 0),
        new("xen_host_enabled", "", "1 when VMs may be started on it.", one => one.Host.Enabled ? 1 : 0),
        new("xen_host_figures_up", "", "1 when the host gave its figures in time.", one => one.Figures is null ? 0 : 1),
        new("xen_host_boot_time_seconds", "seconds", "When the host was booted, in Unix time.", one => HostFacts.BootedAt(one.Host)?.ToUnixTimeSeconds()),
        new("xen_host_cpus", "", "Hardware threads.", one => one.Pool.CpusOf(one.Host)),
        new("xen_host_cpu_utilization_ratio", "ratio", "How busy its processors are on average, 0 to 1.", one => one.Figures?.NewestOfProcessors()),
        new("xen_host_load1", "", "Load average of the control domain.", one => one.Figures?.Newest("loadavg")),
        new("xen_host_memory_size_bytes", "bytes", "Memory in all.", one => one.Pool.MemoryOf(one.Host).Total),
        new("xen_host_memory_free_bytes", "bytes", "Memory that VMs can still have.", one => one.Figures?.Newest("memory_free_kib") * 1024 ?? one.Pool.MemoryOf(one.Host).Free),
        new("xen_host_vms_running", "", "VMs on it, without its control domain.", one => one.Pool.VmsOn(one.Host).Count()),
        new("xen_host_updates_missing", "", "Updates that it lacks, as they were known last.", one => one.Updates is { AsOf: not null } known ? known.Missing.Length : null),
        new("xen_host_reboot_required", "", "1 when installed updates wait for a reboot.", one => UpdateNeeds.NeedsReboot(one.Pool, one.Host) ? 1 : 0),
        new("xen_host_network_receive_bytes_per_second", "", "Bytes that its interfaces take in a second.", (one, samples) => samples.AddDevices(one.Figures, "pif_", "_rx")),
        new("xen_host_network_transmit_bytes_per_second", "", "Bytes that its interfaces send a second.", (one, samples) => samples.AddDevices(one.Figures, "pif_", "_tx")),
        new("xen_host_storage_read_bytes_per_second", "", "Bytes read a second from a storage.", (one, samples) => AddStorage(one, samples, "io_throughput_read", MiB)),
        new("xen_host_storage_write_bytes_per_second", "", "Bytes written a second to a storage.", (one, samples) => AddStorage(one, samples, "io_throughput_write", MiB)),
        new("xen_host_storage_reads_per_second", "", "Readings a second from a storage.", (one, samples) => AddStorage(one, samples, "iops_read", 1)),
        new("xen_host_storage_writes_per_second", "", "Writings a second to a storage.", (one, samples) => AddStorage(one, samples, "iops_write", 1)),
        new("xen_host_storage_read_latency_seconds", "seconds", "How long a reading takes.", (one, samples) => AddStorage(one, samples, "read_latency", Microsecond)),
        new("xen_host_storage_write_latency_seconds", "seconds", "How long a writing takes.", (one, samples) => AddStorage(one, samples, "write_latency", Microsecond)),
    ];

    private static void Info(WatchedHost one, MetricSamples samples) => samples.Add(1, "product", HostFacts.ProductOf(one.Host));

    // What the requester may not view is not told of, by whatever name.
    private static void AddStorage(WatchedHost one, MetricSamples samples, string figure, double factor)
    {
        if (one.Figures is not { } figures)
            return;
        foreach (var (suffix, sr) in one.Storage)
            if (figures.Newest(figure + suffix) is { } value)
                samples.Add(value * factor, "sr", sr.Uuid);
    }
}
