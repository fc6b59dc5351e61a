using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>What hosts lack, and what that means for them and for their VMs.</summary>
internal static class UpdateFindings
{
    public static RehearsalFinding Of(PoolPicture pool, Host host, HostUpdates found)
    {
        var count = found.Missing.Length == 1 ? "1 update" : $"{found.Missing.Length} updates";
        return found.Problem is { } problem ? PoolFindings.About(host, pool, FindingLevel.Blocks, $"What it lacks cannot be told. {problem}")
            : PoolFindings.About(host, pool, FindingLevel.Tells, found.Missing.Length == 0 ? UpdateNeeds.NeedsReboot(pool, host) ? "It lacks nothing, and what was installed waits for its reboot." : "It lacks nothing; it is neither emptied nor rebooted."
            : HostGenerations.Of(host).IsPerHost() ? $"It lacks {count}." : $"It lacks {count}. All hosts get theirs before the first is emptied; it is rebooted if one of them asks for that.");
    }

    /// <summary>It is emptied and rebooted, as far as that can be told beforehand.</summary>
    public static bool IsTouched(PoolPicture pool, Host host, HostUpdates found) => !found.IsUpToDate || UpdateNeeds.NeedsReboot(pool, host);

    /// <summary>What becomes of VMs for which an update asks for a restart.</summary>
    public static IEnumerable<RehearsalFinding> OfRestarts(PoolPicture pool, RollingRequest request, IEnumerable<HostUpdates> lacking)
    {
        if (request.Kind != RollingKind.Update)
            yield break;
        var isAsked = lacking.Any(found => found.Missing.Any(update => update.Guidance.Any(IsOfVms)));
        if (Waiting(pool).Select(pool.NameOf).ToList() is { Count: > 0 } waiting)
            yield return PoolFindings.OfPool(pool, FindingLevel.Warns, $"Of VMs that run, these wait for a restart already, for updates of before: {string.Join(", ", waiting)}.");
        if (isAsked && !request.RestartsVms)
            yield return PoolFindings.OfPool(pool, FindingLevel.Warns, "Updates ask for a restart of VMs, or of their device model, before they protect them.") with { Solution = "Let VMs be restarted after the last host, or restart them yourself later." };
        else if (request.RestartsVms)
            yield return PoolFindings.OfPool(pool, FindingLevel.Tells, "VMs for which updates ask that are restarted after the last host, one at a time, as agreed; their guests are asked, and none is cut off.");
    }

    /// <summary>Only XenServer 8 and later ask for something of VMs.</summary>
    public static bool MayAskForRestarts(PoolPicture pool, RollingRequest request, IEnumerable<HostUpdates> lacking) =>
        request.Kind == RollingKind.Update && (Waiting(pool).Any() || lacking.Any(found => found.Generation == HostGeneration.Repositories && !found.Missing.IsEmpty));

    private static IEnumerable<Vm> Waiting(PoolPicture pool) => pool.All<Host>().SelectMany(pool.VmsOn).Where(vm => vm.PowerState == VmPowerState.Running && UpdateNeeds.Of(vm) is not null);

    private static bool IsOfVms(UpdateNeed need) => need is UpdateNeed.RestartVms or UpdateNeed.RestartDeviceModels;
}
