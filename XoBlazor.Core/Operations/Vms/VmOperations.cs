using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms.CloudInit;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>All verbs of VMs, templates and snapshots.</summary>
public static class VmOperations
{
    public static Operation Edit { get; } = new EditOperation<Vm>("vm.set", VmRights.Edit, [.. VmEdits.Names, .. VmEdits.Settings])
    {
        For = VmKinds.IsNotControlDomain,
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes what the VM is called and how it is made.",
    };

    public static ImmutableArray<Operation> All { get; } =
    [
        .. VmPowerOperations.All, VmCreation.Create, Edit, .. VmSnapshotOperations.All, .. VmCopyOperations.All, .. VmManageOperations.All,
        .. ConfigDriveOperations.All, .. TpmOperations.All, .. GpuOperations.All, .. UsbOperations.All,
    ];
}
