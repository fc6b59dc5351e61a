using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>VMs that come from VMs, and what becomes a template.</summary>
public static class VmCopyOperations
{
    public static Operation Clone { get; } = new OperationOn<Vm>("vm.clone", VmRights.Copy, (work, vm) => CloneAsync(work, vm, isTemplate: vm is { IsATemplate: true, IsASnapshot: false }))
    {
        For = VmKinds.IsNotControlDomain,
        Title = "Clone",
        Progressive = "Cloning",
        Description = "Makes another like it at once; both share what neither has changed.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vm,
        SuitsMany = false,
        Unless = VmObstacles.Unless(VmOperation.Clone),
        Parameters = [NewName],
    };

    public static Operation Copy { get; } = new OperationOn<Vm>("vm.copy", VmRights.Copy, VmCopying.CopyAsync)
    {
        For = VmKinds.IsNotControlDomain,
        Title = "Copy",
        Progressive = "Copying",
        Description = "Makes another like it with disks of its own, on the storage you choose, in this pool or another; of one that runs, as it is at the beginning.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vm,
        IsCancellable = true,
        Unless = VmCopying.Obstacle,
        UnlessWith = VmCopying.Obstacle,
        Streams = VmCopying.Route,
        Needs = VmCopying.Needs,
        Parameters =
        [
            OperationParameter.Text("name", "Name") with { Present = (_, vm) => CopyFacts.NameOf((Vm)vm), Description = "Of the VM's own and “copy” unless you say." },
            VmCopying.Storage with { Present = (pool, _) => pool.Pool?.DefaultSr is { } sr ? pool.Get(sr)?.Uuid : null },
            .. NetworkChoice.Parameters, VmCopying.Start, VmCopying.Compression,
        ],
    };

    public static Operation Move { get; } = new OperationOn<Vm>("vm.move", VmRights.Migrate, VmCopying.MoveAsync)
    {
        For = VmKinds.IsVmOrTemplate,
        Title = "Move to another pool",
        Progressive = "Moving to another pool",
        Description = "Takes a VM that does not run to another pool, with its disks and MAC addresses.",
        Confirmation = Confirmation.Ask,
        Consequence = "Once the VM is there and whole, it is deleted here, with its snapshots.",
        Group = OperationGroup.Move,
        Makes = XapiClass.Vm,
        IsCancellable = true,
        Unless = VmCopying.ObstacleToMove,
        UnlessWith = VmCopying.ObstacleToMove,
        Streams = VmCopying.Route,
        Needs = (pool, vm, given) => VmCopying.Needs(pool, vm, given).Append(new(VmRights.Delete, vm)),
        Loses = (pool, vm) => pool.Get(vm.Snapshots).Select(snapshot => $"snapshot {pool.NameOf(snapshot)}"),
        Parameters = [VmCopying.Storage, .. NetworkChoice.Parameters, VmCopying.Start, VmCopying.Compression],
    };

    public static Operation MakeTemplate { get; } = new OperationOn<Vm>("vm.convert_to_template", VmRights.Template, (work, vm) => work.CallAsync("VM.set_is_a_template", vm.Ref, true))
    {
        For = VmKinds.IsVm,
        Title = "Turn into a template",
        Progressive = "Turning into a template",
        Description = "Makes the VM a template, from which VMs are made; it cannot be started any more.",
        Confirmation = Confirmation.Ask,
        Consequence = "The VM is off the list of VMs until the template is turned back.",
        Group = OperationGroup.Change,
        Unless = VmObstacles.Unless(VmOperation.MakeIntoTemplate),
    };

    public static Operation MakeVm { get; } = new OperationOn<Vm>("template.convert_to_vm", VmRights.Template, (work, vm) => work.CallAsync("VM.set_is_a_template", vm.Ref, false))
    {
        For = vm => vm.Kind() == VmKind.Template,
        Title = "Turn into a VM",
        Progressive = "Turning into a VM",
        Description = "Makes the template a VM again.",
        Group = OperationGroup.Change,
    };

    /// <summary>A snapshot stays; its copy becomes the template.</summary>
    public static Operation CopyToTemplate { get; } = new OperationOn<Vm>("snapshot.copy_to_template", VmRights.Template, (work, vm) => CloneAsync(work, vm, isTemplate: true))
    {
        For = VmKinds.IsSnapshot,
        Title = "Make a template of it",
        Progressive = "Making a template",
        Description = "Makes a template from the snapshot, which stays.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vm,
        SuitsMany = false,
        Unless = VmObstacles.Unless(VmOperation.Clone),
        Parameters = [NewName],
    };

    public static ImmutableArray<Operation> All { get; } = [Clone, Copy, Move, MakeTemplate, MakeVm, CopyToTemplate];

    private static OperationParameter NewName =>
        OperationParameter.Text("name", "Name") with { IsRequired = true, Present = (_, vm) => CopyFacts.NameOf((Vm)vm) };

    /// <summary>Of a snapshot XAPI makes a template, whatever its VM is; what was meant is for its clients to say.</summary>
    private static async Task CloneAsync(OperationWork work, Vm vm, bool isTemplate)
    {
        var clone = await work.RunAsync<Vm>("VM.clone", vm.Ref, work.Arguments.Text("name")!);
        work.Undo("the clone", () => VmCleanup.DestroyAsync(work, clone));
        if (vm.IsASnapshot)
            await work.CallAsync("VM.set_is_a_template", XapiValue.Ref(clone), isTemplate);
        work.Made(clone);
    }
}
