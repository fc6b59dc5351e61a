using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Why a VM cannot do something now, in the order in which an administrator would look.</summary>
public static class VmObstacles
{
    public static string? To(VmOperation wanted, Vm vm)
    {
        if (vm.AllowedOperations.Contains(wanted))
            return null;
        var name = ForeignText.Shown(vm.NameLabel);
        if (vm.IsControlDomain)
            return $"{name} is a host's control domain; it lives and dies with its host.";
        if (vm.IsASnapshot)
            return $"{name} is a snapshot; only its VM can be started or stopped.";
        if (vm.IsATemplate)
            return $"{name} is a template; make a VM from it first.";
        if (Blocked(wanted, vm, name) is { } blocked)
            return blocked;
        if (vm.CurrentOperations.Count > 0)
            return $"{name} is busy ({string.Join(", ", vm.CurrentOperations.Values.Distinct().Select(Words))}); wait until that is done.";
        if (!NeedsState(wanted, vm.PowerState))
            return $"{name} is {State(vm.PowerState)}.";
        return wanted is VmOperation.CleanShutdown or VmOperation.CleanReboot or VmOperation.Suspend
            ? $"The guest tools of {name} do not answer, so the guest cannot be asked. Install or start them, or use the forced action."
            : $"The host does not allow this for {name} at the moment.";
    }

    private static string? Blocked(VmOperation wanted, Vm vm, string name)
    {
        foreach (var (operation, reason) in vm.BlockedOperations)
            if (operation == wanted)
                return reason.Length is 0 || reason == "true"
                    ? $"This is blocked for {name} by its administrator."
                    : $"This is blocked for {name} by its administrator: {ForeignText.Shown(reason)}";
        return null;
    }

    private static bool NeedsState(VmOperation wanted, VmPowerState state) => wanted switch
    {
        VmOperation.Start => state is VmPowerState.Halted,
        VmOperation.Resume => state is VmPowerState.Suspended,
        VmOperation.Unpause => state is VmPowerState.Paused,
        VmOperation.HardShutdown => state is not VmPowerState.Halted,
        VmOperation.HardReboot => state is VmPowerState.Running or VmPowerState.Paused,
        _ => state is VmPowerState.Running,
    };

    private static string State(VmPowerState state) => state switch
    {
        VmPowerState.Halted => "not running",
        VmPowerState.Paused => "paused",
        VmPowerState.Running => "already running",
        VmPowerState.Suspended => "suspended",
        VmPowerState.Unrecognised => "in a state this version does not know",
    };

    private static string Words(VmOperation operation) => EnumText<VmOperation>.Wire(operation).Replace('_', ' ');
}
