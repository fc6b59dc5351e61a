using System.Globalization;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Where a VM can run, and where it goes when nobody says: its affinity if it fits, else the host with most room.</summary>
internal static class Placement
{
    /// <exception cref="XapiException">NO_HOSTS_AVAILABLE: xapi hides the reasons of the single hosts.</exception>
    public static DbObject Choose(DbObject vm)
    {
        var possible = PossibleHosts(vm);
        if (possible.Count == 0) throw new XapiException("NO_HOSTS_AVAILABLE");
        var affinity = vm.Text("affinity");
        return possible.Where(host => host.Ref == affinity).FirstOrDefault()
            ?? possible.OrderByDescending(FreeMemory).ThenBy(host => host.Ref, StringComparer.Ordinal).First();
    }

    public static IReadOnlyList<DbObject> PossibleHosts(DbObject vm) => [.. vm.Db.All("host").Where(host => WhyNot(vm, host) is null)];

    /// <summary>Why this VM cannot start on this host; null when it can.</summary>
    public static XapiException? WhyNot(DbObject vm, DbObject host)
    {
        if (!HostOperations.IsLive(host)) return new XapiException("HOST_NOT_LIVE");
        if (!host.Bool("enabled")) return new XapiException("HOST_DISABLED", host.Ref);
        if (AllowedOperations.Running(host).Contains("evacuate")) return new XapiException("HOST_EVACUATE_IN_PROGRESS", host.Ref);
        return WhyUnreachable(vm, host) ?? WhyTooSmall(vm, host);
    }

    /// <summary>The storage and networks that a VM needs and a host lacks.</summary>
    public static XapiException? WhyUnreachable(DbObject vm, DbObject host)
    {
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
        {
            if (vbd.Bool("empty") || vbd.Follow("VDI", "VDI")?.Follow("SR", "SR") is not { } sr) continue;
            if (!sr.FollowAll("PBDs", "PBD").Any(pbd => pbd.Text("host") == host.Ref && pbd.Bool("currently_attached")))
                return new XapiException("VM_REQUIRES_SR", vm.Ref, sr.Ref);
        }

        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
        {
            if (vif.Follow("network", "network") is not { } network) continue;
            var cards = network.FollowAll("PIFs", "PIF");
            if (cards.Count > 0 && !cards.Any(pif => pif.Text("host") == host.Ref)) return new XapiException("VM_REQUIRES_NETWORK", vm.Ref, network.Ref);
        }

        return null;
    }

    /// <summary>What is left of a host's memory when every VM there has all it may ask for.</summary>
    public static long FreeMemory(DbObject host)
    {
        var total = host.Follow("metrics", "host_metrics")?.Int("memory_total") ?? 0;
        var used = host.FollowAll("resident_VMs", "VM").Sum(Need);
        return total - used - host.Int("memory_overhead");
    }

    private static XapiException? WhyTooSmall(DbObject vm, DbObject host)
    {
        var (needed, free) = (Need(vm), FreeMemory(host));
        return needed > free
            ? new XapiException("HOST_NOT_ENOUGH_FREE_MEMORY", needed.ToString(CultureInfo.InvariantCulture), free.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>The memory that a VM takes when it starts or arrives.</summary>
    public static long Need(DbObject vm) => vm.Int("memory_dynamic_min") + vm.Int("memory_overhead");
}
