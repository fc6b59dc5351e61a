using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>The verbs of a VM's power. Which state allows which: <c>VM.allowed_operations</c>, which XAPI keeps per VM.</summary>
public static class VmPowerOperations
{
    public static Operation Start { get; } = new VmCall("vm.start", new("vm.start", "Start VMs", RightLevel.Operate), "VM.start", VmOperation.Start, false, false)
    {
        Title = "Start",
        Progressive = "Starting",
        Description = "Starts the VM on the host that suits it best.",
    };

    public static Operation CleanShutdown { get; } = new VmCall("vm.clean_shutdown", new("vm.shutdown", "Shut down VMs", RightLevel.Operate), "VM.clean_shutdown", VmOperation.CleanShutdown)
    {
        Title = "Shut down",
        Progressive = "Shutting down",
        Confirmation = Confirmation.Ask,
        Description = "Asks the guest to shut down and waits for it.",
        Consequence = "Everything the VM serves stops until it is started again.",
    };

    public static Operation CleanReboot { get; } = new VmCall("vm.clean_reboot", new("vm.reboot", "Reboot VMs", RightLevel.Operate), "VM.clean_reboot", VmOperation.CleanReboot)
    {
        Title = "Reboot",
        Progressive = "Rebooting",
        Confirmation = Confirmation.Ask,
        Description = "Asks the guest to reboot.",
        Consequence = "Everything the VM serves stops while it reboots.",
    };

    public static Operation HardShutdown { get; } = new VmCall("vm.hard_shutdown", new("vm.hard_shutdown", "Force VMs off", RightLevel.Operate), "VM.hard_shutdown", VmOperation.HardShutdown)
    {
        Title = "Force shut down",
        Progressive = "Forcing off",
        Confirmation = Confirmation.Ask,
        Description = "Cuts the VM's power without asking the guest.",
        Consequence = "What the guest has not written to disk is lost; of a suspended VM, the saved memory.",
    };

    public static Operation HardReboot { get; } = new VmCall("vm.hard_reboot", new("vm.hard_reboot", "Force VMs to reboot", RightLevel.Operate), "VM.hard_reboot", VmOperation.HardReboot)
    {
        Title = "Force reboot",
        Progressive = "Forcing a reboot",
        Confirmation = Confirmation.Ask,
        Description = "Resets the VM without asking the guest.",
        Consequence = "What the guest has not written to disk is lost.",
    };

    public static Operation Suspend { get; } = new VmCall("vm.suspend", new("vm.suspend", "Suspend and resume VMs", RightLevel.Operate), "VM.suspend", VmOperation.Suspend)
    {
        Title = "Suspend",
        Progressive = "Suspending",
        Confirmation = Confirmation.Ask,
        Description = "Saves the VM's memory to disk and frees the host's.",
        Consequence = "Everything the VM serves stops until it is resumed.",
    };

    public static Operation Resume { get; } = new VmCall("vm.resume", Suspend.Right, "VM.resume", VmOperation.Resume, false, false)
    {
        Title = "Resume",
        Progressive = "Resuming",
        Description = "Brings a suspended VM back with its memory.",
    };

    public static Operation Pause { get; } = new VmCall("vm.pause", new("vm.pause", "Pause and unpause VMs", RightLevel.Operate), "VM.pause", VmOperation.Pause)
    {
        Title = "Pause",
        Progressive = "Pausing",
        Confirmation = Confirmation.Ask,
        Description = "Stops the VM's processors; its memory stays on the host.",
        Consequence = "Everything the VM serves stands still until it is unpaused.",
    };

    public static Operation Unpause { get; } = new VmCall("vm.unpause", Pause.Right, "VM.unpause", VmOperation.Unpause)
    {
        Title = "Unpause",
        Progressive = "Unpausing",
        Description = "Lets a paused VM go on.",
    };

    public static ImmutableArray<Operation> All { get; } =
        [Start, CleanShutdown, CleanReboot, HardShutdown, HardReboot, Suspend, Resume, Pause, Unpause];
}
