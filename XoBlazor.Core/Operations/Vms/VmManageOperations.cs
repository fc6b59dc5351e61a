using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>VMs moved, deleted, and their discs changed.</summary>
public static class VmManageOperations
{
    public static Operation Migrate { get; } = new OperationOn<Vm>("vm.migrate", VmRights.Migrate, VmMigration.RunAsync)
    {
        For = VmKinds.IsVm,
        Title = "Migrate",
        Progressive = "Migrating",
        Description = "Moves the VM to another host of its pool while it runs; its disks too, when you choose a storage.",
        Group = OperationGroup.Move,
        UnlessWith = VmMigration.Obstacle,
        Parameters =
        [
            OperationParameter.Object<Host>("targetHost", "To host", UseRights.Host) with { IsRequired = true, Unsuitable = VmMigration.HostObstacle },
            StorageParameters.ForDisks("sr", "Disks to storage") with { Description = "Left empty, the disks stay where they are." },
            OperationParameter.Map("mapVdisSrs", "Single disks to storage", StorageParameters.ForDisks("sr", "Storage")) with { KeyTitle = "Disk (uuid)", IsAdvanced = true },
            OperationParameter.Object<Network>("migrationNetwork", "Over network", UseRights.Network) with { IsAdvanced = true },
        ],
    };

    public static Operation Delete { get; } = new BlockableOperation("vm.delete", VmRights.Delete, VmOperation.Destroy, VmDeletion.RunWithSnapshotsAsync)
    {
        For = VmKinds.IsVmOrTemplate,
        Title = "Delete",
        Progressive = "Deleting",
        Description = "Deletes the VM, its snapshots and the disks that are its alone.",
        Confirmation = Confirmation.TypeName,
        Consequence = "There is no way back: the disks and all that is on them are gone.",
        Group = OperationGroup.Delete,
        Loses = VmDeletion.Losses,
        Parameters = [OperationParameter.Flag("deleteDisks", "With its disks") with { Default = true, Description = "Otherwise they stay on their storage, attached to nothing." }, BlockableOperation.Force],
    };

    public static Operation InsertDisc { get; } = new OperationOn<Vm>("vm.insert_cd", VmRights.Discs, (work, vm) => VmDiscs.InsertAsync(work, vm, work.Arguments.Object<Vdi>("cd_id")!))
    {
        For = VmKinds.IsVm,
        Title = "Insert a disc",
        Progressive = "Inserting a disc",
        Description = "Puts an ISO into the VM's CD drive in place of what is there; a halted VM without a drive gets one.",
        Unless = VmDiscs.Obstacle,
        Parameters = [OperationParameter.Object<Vdi>("cd_id", "Disc", UseRights.Disc) with { IsRequired = true, Unsuitable = VmDiscs.NoDisc }],
    };

    /// <summary>The same where one begins with the disc.</summary>
    public static Operation InsertInto { get; } = new OperationOn<Vdi>("vdi.insert", VmRights.Discs, (work, disc) => VmDiscs.InsertAsync(work, work.Arguments.Object<Vm>("vm")!, disc))
    {
        ForIn = SrFacts.IsDisc,
        Title = "Insert into a VM",
        Progressive = "Inserting a disc",
        Description = "Puts the ISO into a VM's CD drive in place of what is there; a halted VM without a drive gets one.",
        SuitsMany = false,
        Unless = (pool, disc) => VmDiscs.NoDisc(pool, disc, disc),
        Parameters = [OperationParameter.Object<Vm>("vm", "VM", VmRights.Discs) with { IsRequired = true, Unsuitable = VmDiscs.NoDrive }],
    };

    public static Operation EjectDisc { get; } = new OperationOn<Vm>("vm.eject_cd", VmRights.Discs, VmDiscs.EjectAsync)
    {
        For = VmKinds.IsVm,
        Title = "Eject the disc",
        Progressive = "Ejecting the disc",
        Description = "Empties the VM's CD drive.",
        Unless = (pool, vm) => VmDiscs.DriveOf(pool, vm) is { Empty: false } ? null : $"There is no disc in a drive of {pool.NameOf(vm)}.",
    };

    public static ImmutableArray<Operation> All { get; } = [Migrate, InsertDisc, InsertInto, EjectDisc, Delete];
}
