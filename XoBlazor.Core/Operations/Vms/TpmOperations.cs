using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>The virtual TPM of a VM.</summary>
public static class TpmOperations
{
    public static Operation Create { get; } = new OperationOn<Vm>("vm.create_vtpm", VmRights.EditDevices, async (work, vm) => work.Made(await MakeAsync(work, vm)))
    {
        For = VmKinds.IsVmOrTemplate,
        Title = "New virtual TPM",
        Progressive = "Making a virtual TPM",
        Description = "Gives the VM a virtual TPM, as some systems and BitLocker want one.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vtpm,
        Unless = (pool, vm) => vm.Vtpms.IsEmpty ? VmEdits.NotWhileOn(vm) : $"{pool.NameOf(vm)} has a virtual TPM; there can be only one.",
    };

    public static Operation Delete { get; } = new OperationOn<Vtpm>("vtpm.destroy", VmRights.EditDevices, (work, tpm) => work.RunAsync("VTPM.destroy", tpm.Ref))
    {
        Title = "Delete",
        Progressive = "Deleting the virtual TPM",
        Description = "Takes the virtual TPM off its VM, with the keys in it.",
        Confirmation = Confirmation.TypeName,
        Consequence = "The keys in it are gone: what they encrypt, such as a BitLocker disk, opens only with its recovery key.",
        Group = OperationGroup.Delete,
        Unless = (pool, tpm) => VmEdits.NotWhileOn(pool, tpm.Vm),
    };

    public static ImmutableArray<Operation> All { get; } = [Create, Delete];

    internal static Task<XenRef<Vtpm>> MakeAsync(OperationWork work, Vm vm) => work.RunAsync<Vtpm>("VTPM.create", vm.Ref, false);
}
