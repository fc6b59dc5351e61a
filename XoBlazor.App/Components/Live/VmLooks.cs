using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Live;

/// <summary>How a VM's state looks: what is being done to it goes before what it is.</summary>
public static class VmLooks
{
    public static Look State(Vm vm) => Doing(vm) is { } word ? new("busy", word, Tone.Busy) : vm.PowerState switch
    {
        VmPowerState.Running => new("running", "Running", Tone.Good),
        VmPowerState.Halted => new("halted", "Halted", Tone.Idle),
        VmPowerState.Suspended => new("suspended", "Suspended", Tone.Held),
        VmPowerState.Paused => new("paused", "Paused", Tone.Held),
        VmPowerState.Unrecognised => new("unknown", "Unknown", Tone.Idle),
    };

    private static string? Doing(Vm vm)
    {
        foreach (var (_, operation) in vm.CurrentOperations.Entries)
        {
            var word = operation switch
            {
                VmOperation.Start or VmOperation.StartOn => "Starting",
                VmOperation.CleanShutdown or VmOperation.HardShutdown or VmOperation.Shutdown => "Shutting down",
                VmOperation.CleanReboot or VmOperation.HardReboot => "Rebooting",
                VmOperation.Suspend => "Suspending",
                VmOperation.Resume or VmOperation.ResumeOn => "Resuming",
                VmOperation.Pause => "Pausing",
                VmOperation.Unpause => "Unpausing",
                VmOperation.PoolMigrate or VmOperation.MigrateSend => "Migrating",
                VmOperation.Snapshot or VmOperation.Checkpoint => "Taking a snapshot",
                VmOperation.Revert or VmOperation.Reverting => "Reverting",
                VmOperation.Clone or VmOperation.Copy => "Copying",
                VmOperation.Provision => "Being made",
                VmOperation.Destroy => "Being deleted",
                VmOperation.Export => "Exporting",
                VmOperation.Import => "Importing",
                _ => null,
            };
            if (word is not null)
                return word;
        }

        return null;
    }
}
