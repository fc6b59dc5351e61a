using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Why a VM cannot do something now, in the order in which an administrator would look.</summary>
public static class VmObstacles
{
    /// <summary>For <see cref="OperationOn{T}.Unless"/>.</summary>
    internal static Func<PoolPicture, Vm, string?> Unless(VmOperation wanted) => (_, vm) => To(wanted, vm);

    public static string? To(VmOperation wanted, Vm vm) =>
        vm.AllowedOperations.Contains(wanted) ? null : OfKind(wanted, vm) ?? Block(wanted, vm) ?? OfState(wanted, vm) ?? OfHost(wanted, vm);

    /// <summary>The same for one whose block would be lifted first; whether the host allows it then, it has not said.</summary>
    internal static string? BesidesBlock(VmOperation wanted, Vm vm) => Block(wanted, vm) is null ? To(wanted, vm) : OfKind(wanted, vm) ?? OfState(wanted, vm);

    /// <summary>That an administrator blocked it, and why.</summary>
    internal static string? Block(VmOperation wanted, Vm vm)
    {
        var name = ForeignText.Shown(vm.NameLabel);
        foreach (var (operation, reason) in vm.BlockedOperations)
            if (operation == wanted)
                return reason.Length is 0 || reason == "true"
                    ? $"This is blocked for {name} by its administrator."
                    : $"This is blocked for {name} by its administrator: {ForeignText.Shown(reason)}";
        return null;
    }

    private static string? OfKind(VmOperation wanted, Vm vm)
    {
        var name = ForeignText.Shown(vm.NameLabel);
        return vm.IsControlDomain ? $"{name} is a host's control domain; it lives and dies with its host."
            : vm.IsASnapshot && IsPower(wanted) ? $"{name} is a snapshot; only its VM can be started or stopped."
            : vm.IsATemplate && IsPower(wanted) ? $"{name} is a template; make a VM from it first."
            : vm.IsDefaultTemplate && wanted is VmOperation.Destroy ? $"{name} came with the pool and cannot be deleted." : null;
    }

    private static string? OfState(VmOperation wanted, Vm vm)
    {
        var name = ForeignText.Shown(vm.NameLabel);
        return vm.CurrentOperations.Count > 0 ? $"{name} is busy ({string.Join(", ", vm.CurrentOperations.Values.Distinct().Select(Words))}); wait until that is done."
            : !NeedsState(wanted, vm.PowerState) ? $"{name} is {State(vm.PowerState, isWantedOff: !IsPower(wanted))}." : null;
    }

    private static string OfHost(VmOperation wanted, Vm vm)
    {
        var name = ForeignText.Shown(vm.NameLabel);
        return wanted is VmOperation.CleanShutdown or VmOperation.CleanReboot or VmOperation.Suspend
            ? $"The guest tools of {name} do not answer, so the guest cannot be asked. Install or start them, or use the forced action."
            : wanted is VmOperation.PoolMigrate or VmOperation.Checkpoint
            ? $"The host cannot move {name} while it runs: it may lack guest tools, or use a device of its host."
            : $"The host does not allow this for {name} at the moment.";
    }

    private static bool IsPower(VmOperation wanted) => wanted is VmOperation.Start or VmOperation.StartOn or VmOperation.Resume or VmOperation.ResumeOn or VmOperation.Unpause
        or VmOperation.Pause or VmOperation.Suspend or VmOperation.CleanShutdown or VmOperation.CleanReboot or VmOperation.HardShutdown or VmOperation.HardReboot;

    private static bool NeedsState(VmOperation wanted, VmPowerState state) => wanted switch
    {
        VmOperation.Start or VmOperation.StartOn or VmOperation.MakeIntoTemplate or VmOperation.Clone or VmOperation.Copy or VmOperation.ChangingVcpus
            or VmOperation.ChangingStaticRange or VmOperation.ChangingMemoryLimits => state is VmPowerState.Halted,
        VmOperation.Destroy or VmOperation.Export => state is VmPowerState.Halted or VmPowerState.Suspended,
        VmOperation.Resume => state is VmPowerState.Suspended,
        VmOperation.Unpause => state is VmPowerState.Paused,
        VmOperation.HardShutdown or VmOperation.Checkpoint => state is not VmPowerState.Halted,
        VmOperation.HardReboot => state is VmPowerState.Running or VmPowerState.Paused,
        VmOperation.Snapshot or VmOperation.Revert or VmOperation.MetadataExport => true,
        _ => state is VmPowerState.Running,
    };

    private static string State(VmPowerState state, bool isWantedOff) => state switch
    {
        VmPowerState.Halted => "not running",
        VmPowerState.Paused => "paused",
        VmPowerState.Running => isWantedOff ? "running; shut it down first" : "already running",
        VmPowerState.Suspended => "suspended",
        VmPowerState.Unrecognised => "in a state this version does not know",
    };

    private static string Words(VmOperation operation) => EnumText<VmOperation>.Wire(operation).Replace('_', ' ');
}
