using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Snapshots: taken, gone back to, deleted.</summary>
public static class VmSnapshotOperations
{
    public static Operation Take { get; } = new OperationOn<Vm>("vm.snapshot", VmRights.Snapshot, TakeAsync)
    {
        For = VmKinds.IsVm,
        Title = "Snapshot",
        Progressive = "Taking a snapshot",
        Description = "Keeps the VM's disks as they are now, to go back to.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vm,
        Unless = VmObstacles.Unless(VmOperation.Snapshot),
        UnlessWith = (_, vm, given) => given.Flag("saveMemory") == true ? VmObstacles.To(VmOperation.Checkpoint, vm) : null,
        Parameters =
        [
            OperationParameter.Text("name", "Name") with { Present = (_, vm) => ((Vm)vm).NameLabel },
            OperationParameter.Text("description", "Description"),
            OperationParameter.Flag("saveMemory", "With memory") with { Description = "Going back resumes the guest where it was; the VM stands still while its memory is saved." },
            OperationParameter.Flag("quiesce", "Quiesced") with { Description = "The guest brings its files in order first; few hosts and guests can still do it.", IsAdvanced = true },
        ],
    };

    public static Operation Revert { get; } = new OperationOn<Vm>("snapshot.revert", VmRights.Revert, (work, snapshot) => work.RunAsync("VM.revert", snapshot.Ref))
    {
        For = VmKinds.IsSnapshot,
        Title = "Go back to this",
        Progressive = "Going back",
        Description = "Makes the VM what it was when the snapshot was taken.",
        Confirmation = Confirmation.Ask,
        Consequence = "The VM is shut off, and all it has written since the snapshot was taken is lost.",
        SuitsMany = false,
        Unless = VmObstacles.Unless(VmOperation.Revert),
    };

    public static Operation Delete { get; } = new OperationOn<Vm>("snapshot.delete", VmRights.DeleteSnapshot, VmDeletion.RunAsync)
    {
        For = VmKinds.IsSnapshot,
        Title = "Delete",
        Progressive = "Deleting the snapshot",
        Description = "Deletes the snapshot; the VM stays as it is.",
        Confirmation = Confirmation.Ask,
        Consequence = "There is no going back to it any more.",
        Group = OperationGroup.Delete,
        Unless = VmObstacles.Unless(VmOperation.Destroy),
    };

    public static ImmutableArray<Operation> All { get; } = [Take, Revert, Delete];

    private static async Task TakeAsync(OperationWork work, Vm vm)
    {
        var name = work.Arguments.Text("name") is { Length: > 0 } given ? given : work.Pool.NameOf(vm);
        var method = work.Arguments.Flag("saveMemory") == true ? "VM.checkpoint" : work.Arguments.Flag("quiesce") == true ? "VM.snapshot_with_quiesce" : "VM.snapshot";
        var snapshot = await work.RunAsync<Vm>(method, vm.Ref, name);
        if (work.Arguments.Text("description") is { } description)
            await work.CallAsync("VM.set_name_description", XapiValue.Ref(snapshot), description);
        work.Made(snapshot);
    }
}
