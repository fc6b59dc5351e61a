using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What installed updates still ask for, and why, told from the picture alone.</summary>
public static class UpdateNeeds
{
    private const string InstalledAt = "rpm_patch_installation_time";

    /// <summary>What the host and its VMs need now, the heaviest first.</summary>
    public static IEnumerable<UpdateTask> Of(PoolPicture pool, Host host)
    {
        foreach (var why in Reboots(pool, host))
            yield return new(UpdateNeed.RebootHost, host, why);
        if (NeedsToolstack(host))
            yield return new(UpdateNeed.RestartToolstack, host, Words(Strength(host, UpdateGuidances.RestartToolstack), "a restart of the toolstack"));
        foreach (var vm in pool.VmsOn(host))
            if (Of(pool, vm) is { } task)
                yield return task;
    }

    /// <summary>What a VM that runs needs now: a restart, or one of its device model. Null for nothing.</summary>
    public static UpdateNeed? Of(Vm vm)
    {
        var asked = AskedOf(vm);
        return asked.Contains(UpdateGuidances.RestartVm) || vm.RequiresReboot ? UpdateNeed.RestartVms
            : asked.Contains(UpdateGuidances.RestartDeviceModel) ? UpdateNeed.RestartDeviceModels : null;
    }

    /// <summary>The same with why; null for a VM that does not run, too.</summary>
    public static UpdateTask? Of(PoolPicture pool, Vm vm)
    {
        if (vm.PowerState != VmPowerState.Running || Of(vm) is not { } need)
            return null;
        var (guidance, what) = need == UpdateNeed.RestartVms ? (UpdateGuidances.RestartVm, $"the VM {pool.NameOf(vm)}") : (UpdateGuidances.RestartDeviceModel, $"the device model of {pool.NameOf(vm)}");
        return new(need, vm, (vm.RequiresReboot ? GuidanceStrength.Mandatory : Strength(vm.PendingGuidances, vm.PendingGuidancesRecommended, guidance)) switch
        {
            GuidanceStrength.Mandatory => $"{what} has to be restarted",
            GuidanceStrength.Recommended => $"{what} should be restarted",
            GuidanceStrength.Full => $"{what} is fully up to date only after a restart",
        });
    }

    /// <summary>Updates that are installed work only after a reboot of the host.</summary>
    public static bool NeedsReboot(PoolPicture pool, Host host) => Reboots(pool, host).Any();

    /// <summary>Updates that are installed work only after the host's toolstack started again.</summary>
    public static bool NeedsToolstack(Host host) => AskedOf(host).Contains(UpdateGuidances.RestartToolstack);

    /// <summary>A host that is asked this is to be rebooted.</summary>
    public static bool IsReboot(UpdateGuidances guidance) =>
        guidance is UpdateGuidances.RebootHost or UpdateGuidances.RebootHostOnLivepatchFailure or UpdateGuidances.RebootHostOnKernelLivepatchFailure or UpdateGuidances.RebootHostOnXenLivepatchFailure;

    /// <summary>All that updates ask of a VM, however much they insist.</summary>
    public static EnumSet<UpdateGuidances> AskedOf(Vm vm) => new(vm.PendingGuidances.Bits | vm.PendingGuidancesRecommended.Bits | vm.PendingGuidancesFull.Bits);

    /// <summary>The same of a host.</summary>
    public static EnumSet<UpdateGuidances> AskedOf(Host host) => new(host.PendingGuidances.Bits | host.PendingGuidancesRecommended.Bits | host.PendingGuidancesFull.Bits);

    /// <summary>When packages were installed last, as whoever installed them wrote it down; null when nobody did.</summary>
    public static DateTimeOffset? PackagesInstalledAt(Host host) =>
        host.OtherConfig.TryGetValue(InstalledAt, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    private static IEnumerable<string> Reboots(PoolPicture pool, Host host)
    {
        var asked = AskedOf(host);
        if (asked.Contains(UpdateGuidances.RebootHost))
            yield return Words(Strength(host, UpdateGuidances.RebootHost), "a reboot");
        else if (asked.Any(IsReboot))
            yield return "a livepatch could not be applied, and a reboot has to take its place";
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

    private static string Words(GuidanceStrength strength, string what) => strength switch
    {
        GuidanceStrength.Mandatory => $"installed updates require {what}",
        GuidanceStrength.Recommended => $"installed updates ask for {what}",
        GuidanceStrength.Full => $"installed updates work fully only after {what}",
    };

    private static GuidanceStrength Strength(Host host, UpdateGuidances guidance) => Strength(host.PendingGuidances, host.PendingGuidancesRecommended, guidance);

    private static GuidanceStrength Strength(EnumSet<UpdateGuidances> mandatory, EnumSet<UpdateGuidances> recommended, UpdateGuidances guidance) =>
        mandatory.Contains(guidance) ? GuidanceStrength.Mandatory : recommended.Contains(guidance) ? GuidanceStrength.Recommended : GuidanceStrength.Full;

    /// <summary>How much updates insist, by the list of XAPI's that it stands in.</summary>
    private enum GuidanceStrength
    {
        Mandatory,
        Recommended,
        Full,
    }
}
