using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>What is told of VMs; of those that do not run what can be known of them.</summary>
internal static class VmFamilies
{
    private const double Microsecond = 1e-6;

    public static ImmutableArray<MetricFamily<WatchedVm>> All { get; } =
    [
        new("xen_vm_running", "", "1 while it runs, 0 otherwise; paused and suspended are no running.", one => one.Vm.PowerState == VmPowerState.Running ? 1 : 0),
        new("xen_vm_on_host", "", "Always 1; the label says which host it is on.", (one, samples) => samples.Add(1, "host", one.Pool.Get(one.Vm.ResidentOn)?.Uuid)),
        new("xen_vm_start_time_seconds", "seconds", "Since when it runs, in Unix time.", one => one.Pool.StartedAt(one.Vm)?.ToUnixTimeSeconds()),
        new("xen_vm_vcpus", "", "Virtual processors.", one => one.Pool.VcpusOf(one.Vm)),
        new("xen_vm_cpu_utilization_ratio", "ratio", "How busy its virtual processors are on average, 0 to 1.", one => one.Figures?.NewestOfProcessors()),
        new("xen_vm_memory_size_bytes", "bytes", "Memory that it has, or would get when it starts.", one => one.Pool.MemoryOf(one.Vm)),
        new("xen_vm_memory_free_bytes", "bytes", "Memory that is free inside, as its tools tell.", one => one.Figures?.Newest("memory_internal_free") * 1024),
        new("xen_vm_network_receive_bytes_per_second", "", "Bytes that its network devices take in a second.", (one, samples) => samples.AddDevices(one.Figures, "vif_", "_rx")),
        new("xen_vm_network_transmit_bytes_per_second", "", "Bytes that its network devices send a second.", (one, samples) => samples.AddDevices(one.Figures, "vif_", "_tx")),
        new("xen_vm_disk_read_bytes_per_second", "", "Bytes read a second from its disks.", (one, samples) => samples.AddDevices(one.Figures, "vbd_", "_read")),
        new("xen_vm_disk_write_bytes_per_second", "", "Bytes written a second to its disks.", (one, samples) => samples.AddDevices(one.Figures, "vbd_", "_write")),
        new("xen_vm_disk_reads_per_second", "", "Readings a second from its disks.", (one, samples) => samples.AddDevices(one.Figures, "vbd_", "_iops_read")),
        new("xen_vm_disk_writes_per_second", "", "Writings a second to its disks.", (one, samples) => samples.AddDevices(one.Figures, "vbd_", "_iops_write")),
        new("xen_vm_disk_read_latency_seconds", "seconds", "How long a reading takes.", (one, samples) => samples.AddDevices(one.Figures, "vbd_", "_read_latency", Microsecond)),
        new("xen_vm_disk_write_latency_seconds", "seconds", "How long a writing takes.", (one, samples) => samples.AddDevices(one.Figures, "vbd_", "_write_latency", Microsecond)),
    ];
}
