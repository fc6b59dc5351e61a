using System.Collections.Immutable;
using XoBlazor.Core.Model;
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

    public static Operation Copy { get; } = new OperationOn<Vm>("vm.copy", VmRights.Copy,
        async (work, vm) => work.Made(await work.RunAsync<Vm>("VM.copy", vm.Ref, work.Arguments.Text("name")!, work.Arguments.Object<Sr>("sr")!.Ref)))
    {
        For = VmKinds.IsNotControlDomain,
        Title = "Copy",
        Progressive = "Copying",
        Description = "Makes another like it with disks of its own, on the storage you choose.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vm,
        SuitsMany = false,
        Unless = VmObstacles.Unless(VmOperation.Copy),
        Parameters = [NewName, StorageParameters.ForDisks("sr", "Storage") with { IsRequired = true, Present = (pool, _) => pool.Pool?.DefaultSr is { } sr ? pool.Get(sr)?.Uuid : null }],
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

    public static ImmutableArray<Operation> All { get; } = [Clone, Copy, MakeTemplate, MakeVm, CopyToTemplate];

    private static OperationParameter NewName =>
        OperationParameter.Text("name", "Name") with { IsRequired = true, Present = (_, vm) => ((Vm)vm).NameLabel + " copy" };

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
