using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>
/// Whether a host could take a VM, as far as the picture tells: for <see cref="OperationParameter.Unsuitable"/>. The words name the VM, the host and the VM's own
/// disks and devices. The host decides in the end, about processors and the like.
/// </summary>
internal static class HostSuitability
{
    /// <summary>To start there.</summary>
    public static string? ToRun(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var (vm, host) = ((Vm)target, (Host)candidate);
        var name = pool.NameOf(host);
        if (!pool.IsHostLive(host))
            return $"{name} is down.";
        if (!host.Enabled)
            return $"{name} is in maintenance.";
        foreach (var disk in pool.DisksOf(vm))
            if (disk is { Vdi: not null, Sr: { } sr } && !pool.HostsOf(sr).Contains(host))
                return $"{pool.NameOf(disk.Vbd)} is on storage that {name} is not connected to.";
        foreach (var device in pool.NetworkDevicesOf(vm))
            if (device.Network is { Pifs.IsEmpty: false } network && !pool.Get(network.Pifs).Any(pif => pif.Host.Value == host.Ref))
                return $"{pool.NameOf(device.Vif)} is on a network that {name} is not connected to.";
        var free = pool.MemoryOf(host).Free;
        return free < Needed(vm) ? $"{name} has too little free memory." : null;
    }

    /// <summary>To go there while it runs.</summary>
    public static string? ToMove(PoolPicture pool, XapiObject target, XapiObject candidate) =>
        ((Vm)target).ResidentOn.Value == candidate.Ref ? $"{pool.NameOf(target)} is there already." : ToRun(pool, target, candidate);

    private static long Needed(Vm vm) => (vm.MemoryTarget > 0 ? vm.MemoryTarget : vm.MemoryDynamicMin) + vm.MemoryOverhead;
}
