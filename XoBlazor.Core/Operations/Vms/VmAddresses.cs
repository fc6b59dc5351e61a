using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>MAC addresses that two VMs of one network have: each would get a part of the other's traffic, so the second is not started.</summary>
public static class VmAddresses
{
    private const string OverrideName = "bypassMacAddressesCheck";

    internal static OperationParameter Override { get; } = OperationParameter.Flag(OverrideName, "Although its MAC address is in use") with
    {
        IsOverride = true,
        Description = "Both VMs will miss traffic as long as they run together.",
    };

    /// <summary>The address of a VM's that another has, which runs on the same network; null when there is none.</summary>
    public static string? Twin(PoolPicture pool, Vm vm) => pool.Get(vm.Vifs).FirstOrDefault(device => pool.Get(device.Network) is { } network
        && pool.Referrers<Vif>(network.Ref, VifFields.Network).Any(other => other.Vm != device.Vm
            && string.Equals(other.Mac, device.Mac, StringComparison.OrdinalIgnoreCase) && pool.Get(other.Vm) is { PowerState: VmPowerState.Running }))?.Mac;

    /// <summary>For <see cref="BlockableOperation.UnlessWith"/>.</summary>
    internal static string? Obstacle(PoolPicture pool, Vm vm, OperationArguments given) => given.Flag(OverrideName) != true && Twin(pool, vm) is { } mac
        ? $"A VM that runs on the same network has the MAC address {ForeignText.Shown(mac)} of {ForeignText.Shown(vm.NameLabel)}, too. Give one of them another." : null;
}
