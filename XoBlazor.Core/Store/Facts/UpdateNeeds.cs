using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What installed updates still ask for, and why, told from the picture alone.</summary>
public static class UpdateNeeds
{
    private const string InstalledAt = "rpm_patch_installation_time";

    /// <summary>What the host and its VMs need now, the heaviest first; the words follow a host's name or stand alone.</summary>
    public static IEnumerable<(UpdateNeed Need, string Why)> Of(PoolPicture pool, Host host)
    {
        foreach (var why in Reboots(pool, host))
            yield return (UpdateNeed.RebootHost, why);
        if (Guidances(host).Contains(UpdateGuidances.RestartToolstack))
            yield return (UpdateNeed.RestartToolstack, "installed updates ask for a restart of the toolstack");
        foreach (var vm in pool.VmsOn(host).Where(vm => vm.PowerState == VmPowerState.Running))
            if (Of(vm) is { } need)
                yield return (need, need == UpdateNeed.RestartVms ? $"{pool.NameOf(vm)} has to be restarted" : $"the device model of {pool.NameOf(vm)} has to be restarted");
    }

    /// <summary>What a VM that runs needs now: a restart, or one of its device model. Null for nothing.</summary>
    public static UpdateNeed? Of(Vm vm)
    {
        var asked = new EnumSet<UpdateGuidances>(vm.PendingGuidances.Bits | vm.PendingGuidancesRecommended.Bits | vm.PendingGuidancesFull.Bits);
        return asked.Contains(UpdateGuidances.RestartVm) || vm.RequiresReboot ? UpdateNeed.RestartVms
            : asked.Contains(UpdateGuidances.RestartDeviceModel) ? UpdateNeed.RestartDeviceModels : null;
    }

    /// <summary>Updates that are installed work only after a reboot of the host.</summary>
    public static bool NeedsReboot(PoolPicture pool, Host host) => Reboots(pool, host).Any();

    /// <summary>When packages were installed last, as whoever installed them wrote it down; null when nobody did.</summary>
    public static DateTimeOffset? PackagesInstalledAt(Host host) =>
        host.OtherConfig.TryGetValue(InstalledAt, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    private static IEnumerable<string> Reboots(PoolPicture pool, Host host)
    {
        if (Guidances(host).Any(IsReboot))
            yield return "installed updates ask for a reboot";
        foreach (var update in pool.Get(host.UpdatesRequiringReboot))
            yield return $"{pool.NameOf(update)} works only after a reboot";
        if (HostFacts.BootedAt(host) is not { } booted)
            yield break;
        if (PackagesInstalledAt(host) > booted)
            yield return "packages were installed after it was booted";
        foreach (var patch in pool.Get(host.Patches))
            if (patch.Applied && patch.TimestampApplied > booted && pool.Get(patch.PoolPatch) is { } about && about.PoolUpdate.IsNull && about.AfterApplyGuidance.Contains(AfterApplyGuidance.Restarthost))
                yield return $"{ForeignText.Shown(patch.NameLabel)} works only after a reboot";
    }

    private static EnumSet<UpdateGuidances> Guidances(Host host) =>
        new(host.PendingGuidances.Bits | host.PendingGuidancesRecommended.Bits | host.PendingGuidancesFull.Bits);

    private static bool IsReboot(UpdateGuidances guidance) =>
        guidance is UpdateGuidances.RebootHost or UpdateGuidances.RebootHostOnLivepatchFailure or UpdateGuidances.RebootHostOnKernelLivepatchFailure or UpdateGuidances.RebootHostOnXenLivepatchFailure;
}
