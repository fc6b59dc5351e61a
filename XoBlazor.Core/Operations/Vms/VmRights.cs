using System.Collections.Immutable;
using XoBlazor.Core.Access;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>What somebody may be allowed to do with VMs beside their power.</summary>
public static class VmRights
{
    public static Right Create { get; } = new("vm.create", "Make VMs from templates", RightLevel.Manage);

    public static Right Edit { get; } = new("vm.edit", "Change names and notes of VMs", RightLevel.Manage);

    public static Right EditProcessors { get; } = new("vm.edit.cpu", "Change processors of VMs", RightLevel.Manage);

    public static Right EditMemory { get; } = new("vm.edit.memory", "Change memory of VMs", RightLevel.Manage);

    public static Right EditBoot { get; } = new("vm.edit.boot", "Change when, where and from what VMs start", RightLevel.Manage);

    public static Right EditDevices { get; } = new("vm.edit.devices", "Change virtual hardware of VMs", RightLevel.Manage);

    public static Right EditAdvanced { get; } = new("vm.edit.advanced", "Change advanced settings of VMs", RightLevel.Manage);

    /// <summary>Whoever has all of these may change everything about a VM.</summary>
    public static ImmutableArray<Right> AllEdits { get; } = [Edit, EditProcessors, EditMemory, EditBoot, EditDevices, EditAdvanced];

    public static Right Copy { get; } = new("vm.copy", "Copy VMs", RightLevel.Manage);

    public static Right Delete { get; } = new("vm.delete", "Delete VMs", RightLevel.Manage);

    public static Right Migrate { get; } = new("vm.migrate", "Move VMs", RightLevel.Manage);

    public static Right Discs { get; } = new("vm.discs", "Change discs in drives", RightLevel.Operate);

    public static Right Snapshot { get; } = new("snapshot.create", "Take snapshots", RightLevel.Operate);

    public static Right Revert { get; } = new("snapshot.revert", "Go back to snapshots", RightLevel.Manage);

    public static Right DeleteSnapshot { get; } = new("snapshot.delete", "Delete snapshots", RightLevel.Manage);

    public static Right Template { get; } = new("template.convert", "Turn VMs into templates and back", RightLevel.Manage);
}
