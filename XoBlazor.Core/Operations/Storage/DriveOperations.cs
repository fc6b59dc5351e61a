using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>The link between a disk and a VM.</summary>
public static class DriveOperations
{
    private static readonly Right s_right = new("vbd.edit", "Connect and detach drives", RightLevel.Manage);

    public static Operation Connect { get; } = new OperationOn<Vbd>("vbd.connect", s_right, (work, drive) => work.RunAsync("VBD.plug", drive.Ref))
    {
        Title = "Connect",
        Progressive = "Connecting",
        Description = "Gives the disk to the running guest.",
        Unless = (pool, drive) => To(pool, drive, VbdOperation.Plug, isAttachedWanted: false),
    };

    public static Operation Disconnect { get; } = new OperationOn<Vbd>("vbd.disconnect", s_right, (work, drive) => work.RunAsync("VBD.unplug", drive.Ref))
    {
        Title = "Disconnect",
        Progressive = "Disconnecting",
        Description = "Takes the disk from the running guest; it stays attached to the VM.",
        Confirmation = Confirmation.Ask,
        Consequence = "What the guest has on the disk is no longer there for it.",
        Unless = (pool, drive) => To(pool, drive, VbdOperation.Unplug, isAttachedWanted: true),
    };

    public static Operation Edit { get; } = new EditOperation<Vbd>("vbd.set", s_right,
        new Edit<Vbd>(OperationParameter.Flag("bootable", "Boot from it") with { Present = (_, drive) => ((Vbd)drive).Bootable }, (work, drive) => work.CallAsync("VBD.set_bootable", drive.Ref, work.Arguments.Flag("bootable")!.Value)),
        new Edit<Vbd>(OperationParameter.Text("position", "Place") with { MaxLength = 3, Present = (_, drive) => ((Vbd)drive).Userdevice }, (work, drive) => work.CallAsync("VBD.set_userdevice", drive.Ref, work.Arguments.Text("position")!),
            (_, drive, _) => drive.CurrentlyAttached ? "The place can be changed only while the drive is disconnected." : null),
        new Edit<Vbd>(OperationParameter.Choice("mode", "Access", "RW", "RO") with { Present = (_, drive) => ((Vbd)drive).Mode == VbdMode.Ro ? "RO" : "RW" }, (work, drive) => work.CallAsync("VBD.set_mode", drive.Ref, work.Arguments.Text("mode")!),
            (pool, drive, _) => pool.Get(drive.Vm) is { PowerState: not VmPowerState.Halted } ? "The access can be changed only while the VM is shut down." : null))
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the drive's place, access and whether the VM boots from it.",
    };

    public static Operation Detach { get; } = new OperationOn<Vbd>("vbd.delete", s_right, (work, drive) => Plugging.TakeOffAsync(work, drive, drive.CurrentlyAttached))
    {
        Title = "Detach",
        Progressive = "Detaching",
        Description = "Takes the drive off the VM; the disk stays on its storage.",
        Confirmation = Confirmation.Ask,
        Consequence = "The VM has the disk no more.",
        Group = OperationGroup.Delete,
        Unless = (pool, drive) => drive.CurrentlyAttached ? To(pool, drive, VbdOperation.Unplug, isAttachedWanted: true) : null,
    };

    public static ImmutableArray<Operation> All { get; } = [Connect, Disconnect, Edit, Detach];

    private static string? To(PoolPicture pool, Vbd drive, VbdOperation wanted, bool isAttachedWanted) =>
        Plugging.Obstacle(pool, drive, drive.Vm, drive.CurrentlyAttached, isAttachedWanted, drive.AllowedOperations.Contains(wanted));
}
