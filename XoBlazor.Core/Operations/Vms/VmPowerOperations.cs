using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>The verbs of a VM's power. Which state allows which: <c>VM.allowed_operations</c>, which XAPI keeps per VM.</summary>
public static class VmPowerOperations
{
    public static Operation Start { get; } = new BlockableOperation("vm.start", new("vm.start", "Start VMs", RightLevel.Operate), VmOperation.Start, (work, vm) => work.RunAsync("VM.start", vm.Ref, false, false))
    {
        Title = "Start",
        Progressive = "Starting",
        Description = "Starts the VM on the host that suits it best.",
        UnlessWith = VmAddresses.Obstacle,
        Parameters = [VmAddresses.Override, BlockableOperation.Force],
    };

    public static Operation StartOn { get; } = new BlockableOperation("vm.start_on", Start.Right, VmOperation.StartOn, (work, vm) => work.RunAsync("VM.start_on", vm.Ref, work.Arguments.Object<Host>("host")!.Ref, false, false))
    {
        Title = "Start on",
        Progressive = "Starting",
        Description = "Starts the VM on the host you choose.",
        UnlessWith = VmAddresses.Obstacle,
        Parameters =
        [
            OperationParameter.Object<Host>("host", "Host", UseRights.Host) with { IsRequired = true, Unsuitable = HostSuitability.ToRun }, VmAddresses.Override, BlockableOperation.Force,
        ],
    };

    /// <summary>As Xen Orchestra does it: from the disc once, and the boot order as it was afterwards.</summary>
    public static Operation RecoveryStart { get; } = new OperationOn<Vm>("vm.recovery_start", Start.Right, VmBoot.RecoverAsync)
    {
        For = VmKinds.IsVm,
        Unless = VmObstacles.Unless(VmOperation.Start),
        Title = "Boot from the disc",
        SuitsMany = false,
        Progressive = "Booting from the disc",
        Description = "Starts the VM once from its CD drive, or the network, to repair it.",
    };

    public static Operation CleanShutdown { get; } = new BlockableOperation("vm.clean_shutdown", new("vm.shutdown", "Shut down VMs", RightLevel.Operate), VmOperation.CleanShutdown, (work, vm) => work.RunAsync("VM.clean_shutdown", vm.Ref))
    {
        Title = "Shut down",
        Progressive = "Shutting down",
        Confirmation = Confirmation.Ask,
        Description = "Asks the guest to shut down and waits for it.",
        Consequence = "Everything the VM serves stops until it is started again.",
    };

    public static Operation CleanReboot { get; } = new BlockableOperation("vm.clean_reboot", new("vm.reboot", "Reboot VMs", RightLevel.Operate), VmOperation.CleanReboot, (work, vm) => work.RunAsync("VM.clean_reboot", vm.Ref))
    {
        Title = "Reboot",
        Progressive = "Rebooting",
        Confirmation = Confirmation.Ask,
        Description = "Asks the guest to reboot.",
        Consequence = "Everything the VM serves stops while it reboots.",
    };

    public static Operation HardShutdown { get; } = new BlockableOperation("vm.hard_shutdown", new("vm.hard_shutdown", "Force VMs off", RightLevel.Operate), VmOperation.HardShutdown, (work, vm) => work.RunAsync("VM.hard_shutdown", vm.Ref))
    {
        Title = "Force shut down",
        Progressive = "Forcing off",
        Confirmation = Confirmation.Ask,
        Description = "Cuts the VM's power without asking the guest.",
        Consequence = "What the guest has not written to disk is lost; of a suspended VM, the saved memory.",
    };

    public static Operation HardReboot { get; } = new BlockableOperation("vm.hard_reboot", new("vm.hard_reboot", "Force VMs to reboot", RightLevel.Operate), VmOperation.HardReboot, (work, vm) => work.RunAsync("VM.hard_reboot", vm.Ref))
    {
        Title = "Force reboot",
        Progressive = "Forcing a reboot",
        Confirmation = Confirmation.Ask,
        Description = "Resets the VM without asking the guest.",
        Consequence = "What the guest has not written to disk is lost.",
    };

    public static Operation Suspend { get; } = new OperationOn<Vm>("vm.suspend", new("vm.suspend", "Suspend and resume VMs", RightLevel.Operate), (work, vm) => work.RunAsync("VM.suspend", vm.Ref))
    {
        For = VmKinds.IsVm,
        Unless = VmObstacles.Unless(VmOperation.Suspend),
        Title = "Suspend",
        Progressive = "Suspending",
        Confirmation = Confirmation.Ask,
        Description = "Saves the VM's memory to disk and frees the host's.",
        Consequence = "Everything the VM serves stops until it is resumed.",
    };

    public static Operation Resume { get; } = new OperationOn<Vm>("vm.resume", Suspend.Right, (work, vm) => work.RunAsync("VM.resume", vm.Ref, false, false))
    {
        For = VmKinds.IsVm,
        Unless = VmObstacles.Unless(VmOperation.Resume),
        Title = "Resume",
        Progressive = "Resuming",
        Description = "Brings a suspended VM back with its memory.",
    };

    public static Operation Pause { get; } = new OperationOn<Vm>("vm.pause", new("vm.pause", "Pause and unpause VMs", RightLevel.Operate), (work, vm) => work.RunAsync("VM.pause", vm.Ref))
    {
        For = VmKinds.IsVm,
        Unless = VmObstacles.Unless(VmOperation.Pause),
        Title = "Pause",
        Progressive = "Pausing",
        Confirmation = Confirmation.Ask,
        Description = "Stops the VM's processors; its memory stays on the host.",
        Consequence = "Everything the VM serves stands still until it is unpaused.",
    };

    public static Operation Unpause { get; } = new OperationOn<Vm>("vm.unpause", Pause.Right, (work, vm) => work.RunAsync("VM.unpause", vm.Ref))
    {
        For = VmKinds.IsVm,
        Unless = VmObstacles.Unless(VmOperation.Unpause),
        Title = "Unpause",
        Progressive = "Unpausing",
        Description = "Lets a paused VM go on.",
    };

    /// <summary>Where updates of the host ask for it. XAPI does it by moving the VM to the host that it is on, and allows it where it allows that.</summary>
    public static Operation RestartDeviceModels { get; } = new OperationOn<Vm>("vm.restart_device_models", new("vm.restart_device_models", "Restart device models of VMs", RightLevel.Operate), (work, vm) => work.RunAsync("VM.restart_device_models", vm.Ref))
    {
        For = VmKinds.IsVm,
        ForIn = (_, vm) => UpdateNeeds.AskedOf(vm).Contains(UpdateGuidances.RestartDeviceModel),
        Unless = VmObstacles.Unless(VmOperation.PoolMigrate),
        Title = "Restart the device model",
        Progressive = "Restarting the device model",
        Confirmation = Confirmation.Ask,
        Description = "Gives the running VM the device model that updates of its host brought.",
        Consequence = "The VM stands still for a moment, as when it moves to another host.",
    };

    public static ImmutableArray<Operation> All { get; } =
        [Start, CleanShutdown, CleanReboot, HardShutdown, HardReboot, Suspend, Resume, Pause, Unpause, StartOn, RecoveryStart, RestartDeviceModels];
}
