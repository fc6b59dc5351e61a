using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>What is told of storage.</summary>
internal static class SrFamilies
{
    public static ImmutableArray<MetricFamily<WatchedSr>> All { get; } =
    [
        new("xen_sr_info", "", "Always 1; the label says of which type the storage is.", (one, samples) => samples.Add(1, "type", one.Sr.Type)),
        new("xen_sr_shared", "", "1 when several hosts use it.", one => one.Sr.Shared ? 1 : 0),
        new("xen_sr_hosts_connected", "", "Hosts that have it attached.", one => one.Pool.HostsOf(one.Sr).Count()),
        new("xen_sr_hosts_disconnected", "", "Hosts that should have it attached and have not.", one => one.Pool.Referrers<Pbd>(one.Sr.Ref, PbdFields.Sr).Count(link => !link.CurrentlyAttached)),
        new("xen_sr_size_bytes", "bytes", "How much it holds; nothing for what has no size.", one => SrFacts.UseOf(one.Sr) is { Size: > 0 } use ? use.Size : null),
        new("xen_sr_used_bytes", "bytes", "How much of that is taken.", one => SrFacts.UseOf(one.Sr) is { Size: > 0 } use ? use.Used : null),
        new("xen_sr_allocated_bytes", "bytes", "How much was given out to disks, which may be more than there is.", one => SrFacts.UseOf(one.Sr) is { Size: > 0 } use ? use.Allocated : null),
    ];
}
