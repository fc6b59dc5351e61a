using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>Disks: made on storage, changed, attached to VMs, moved, deleted.</summary>
public static class DiskOperations
{
    private const int MostNamed = 5;

    private static readonly Right s_edit = new("vdi.edit", "Change disks", RightLevel.Manage);
    private static readonly Right s_attach = new("vm.attach_disk", "Attach disks to VMs", RightLevel.Manage);

    /// <summary>The right to use a disk with a VM, needed on the disk.</summary>
    private static readonly Right s_use = new("vdi.use", "Use disks in VMs", RightLevel.Manage);

    public static Operation Create { get; } = new OperationOn<Sr>("sr.create_disk", UseRights.Sr, CreateAsync)
    {
        Title = "New disk",
        Progressive = "Making a disk",
        Description = "Makes an empty disk on this storage, and attaches it where you choose a VM.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vdi,
        SuitsMany = false,
        Unless = (pool, sr) => StorageParameters.NotForDisks(pool, sr, sr),
        Parameters =
        [
            OperationParameter.Text("name", "Name") with { IsRequired = true },
            OperationParameter.Text("description", "Description"),
            OperationParameter.Size("size", "Size") with { IsRequired = true },
            OperationParameter.Object<Vm>("vm", "For VM", s_attach) with { Unsuitable = NotToAttach },
            .. Attachment,
        ],
    };

    /// <summary>The same where one begins with the VM.</summary>
    public static Operation CreateForVm { get; } = new OperationOn<Vm>("vm.create_disk", s_attach, CreateForVmAsync)
    {
        For = Vms.VmKinds.IsVmOrTemplate,
        Title = "New disk",
        Progressive = "Making a disk",
        Description = "Makes an empty disk and attaches it to the VM.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vdi,
        SuitsMany = false,
        Parameters =
        [
            OperationParameter.Text("name", "Name") with { IsRequired = true, Present = (_, vm) => $"{((Vm)vm).NameLabel} data" },
            OperationParameter.Text("description", "Description"),
            OperationParameter.Size("size", "Size") with { IsRequired = true, Present = (_, _) => 10L << 30 },
            StorageParameters.ForDisks("sr", "Storage") with { IsRequired = true, Present = (pool, vm) => pool.UsualSrOf((Vm)vm)?.Uuid },
            .. Attachment,
        ],
    };

    public static Operation Attach { get; } = new OperationOn<Vm>("vm.attach_disk", s_attach, (work, vm) => AttachAsync(work, vm, new(work.Arguments.Object<Vdi>("vdi")!.Ref)))
    {
        For = Vms.VmKinds.IsVmOrTemplate,
        Title = "Attach a disk",
        Progressive = "Attaching a disk",
        Description = "Attaches a disk that is there to the VM, and connects it where the VM runs.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vbd,
        SuitsMany = false,
        Parameters = [OperationParameter.Object<Vdi>("vdi", "Disk", s_use) with { IsRequired = true, Unsuitable = DiskInUse }, .. Attachment],
    };

    public static Operation Edit { get; } = new EditOperation<Vdi>("vdi.set", s_edit,
        Edit<Vdi>.Text("name_label", "Name", "VDI.set_name_label", disk => disk.NameLabel),
        Edit<Vdi>.Text("name_description", "Description", "VDI.set_name_description", disk => disk.NameDescription, longest: 4096),
        new(OperationParameter.Size("size", "Size") with { Description = "A disk can grow, not shrink; the guest has to be told afterwards.", Present = (_, disk) => ((Vdi)disk).VirtualSize }, ResizeAsync, SizeObstacle),
        new(OperationParameter.Flag("cbt", "Changed blocks tracked") with { IsAdvanced = true, Present = (_, disk) => ((Vdi)disk).CbtEnabled },
            (work, disk) => work.RunAsync(work.Arguments.Flag("cbt") == true ? "VDI.enable_cbt" : "VDI.disable_cbt", disk.Ref)))
    {
        For = disk => disk.Managed || disk.Sr.IsNull,
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the disk's name, description or size.",
    };

    public static Operation Migrate { get; } = new OperationOn<Vdi>("vdi.migrate", new("vdi.migrate", "Move disks", RightLevel.Manage), MigrateAsync)
    {
        ForIn = static (pool, disk) => !pool.IsDisc(disk),
        Title = "Move to storage",
        Progressive = "Moving",
        Description = "Moves the disk to other storage, while its VM runs too; it gets a new uuid.",
        Group = OperationGroup.Move,
        Makes = XapiClass.Vdi,
        Unless = (pool, disk) => pool.IsDisc(disk) ? $"{pool.NameOf(disk)} is an ISO; upload it to the other library." : disk.IsASnapshot ? $"{pool.NameOf(disk)} is a snapshot's disk and stays with its chain." : disk.CurrentOperations.Count > 0 ? $"{pool.NameOf(disk)} is busy; wait until that is done." : null,
        Parameters = [StorageParameters.ForDisks("sr_id", "Storage") with { IsRequired = true, Unsuitable = (pool, disk, sr) => ((Vdi)disk).Sr.Value == sr.Ref ? $"{pool.NameOf(disk)} is there already." : StorageParameters.NotForDisks(pool, disk, sr) }],
    };

    public static Operation Delete { get; } = new OperationOn<Vdi>("vdi.delete", new("vdi.delete", "Delete disks", RightLevel.Manage), (work, disk) => work.RunAsync("VDI.destroy", disk.Ref))
    {
        Title = "Delete",
        Progressive = "Deleting",
        Description = "Deletes the disk and all that is on it.",
        Confirmation = Confirmation.TypeName,
        Consequence = "There is no way back: what is on the disk is gone.",
        Group = OperationGroup.Delete,
        Unless = (pool, disk) => pool.IsDisc(disk) && pool.VmsUsing(disk).Where(Vms.VmKinds.IsVm).Select(pool.NameOf).ToList() is [_, ..] users
            ? $"{pool.NameOf(disk)} is in the drive of {Listing(users)}; eject it there first."
            : disk.AllowedOperations.Contains(VdiOperation.Destroy) ? null
            : pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached) ? $"{pool.NameOf(disk)} is in use; disconnect it from its VM first."
            : $"The host does not allow deleting {pool.NameOf(disk)} at the moment.",
        Loses = (pool, disk) => pool.VmsUsing(disk).Select(vm => $"a disk of {pool.NameOf(vm)}"),
    };

    public static ImmutableArray<Operation> All { get; } = [Create, CreateForVm, Attach, Edit, Migrate, Delete];

    private static ImmutableArray<OperationParameter> Attachment =>
    [
        OperationParameter.Choice("mode", "Access", "RW", "RO") with { Default = "RW", IsAdvanced = true },
        OperationParameter.Flag("bootable", "Boot from it") with { IsAdvanced = true },
        OperationParameter.Text("position", "Place") with { MaxLength = 3, IsAdvanced = true, Description = "The number of the drive; left empty, the next free one." },
    ];

    private static async Task CreateAsync(OperationWork work, Sr sr)
    {
        var disk = await MakeAsync(work, sr);
        if (work.Arguments.Object<Vm>("vm") is { } vm)
            await AttachAsync(work, vm, disk);
        work.Made(disk);
    }

    private static async Task CreateForVmAsync(OperationWork work, Vm vm)
    {
        var disk = await MakeAsync(work, work.Arguments.Object<Sr>("sr")!);
        await AttachAsync(work, vm, disk);
        work.Made(disk);
    }

    private static async Task<XenRef<Vdi>> MakeAsync(OperationWork work, Sr sr)
    {
        var (name, given) = (work.Arguments.Text("name")!, work.Arguments);
        var disk = await work.RunAsync<Vdi>("VDI.create", DiskRecords.Vdi(sr, name, given.Text("description") ?? "", given.Number("size")!.Value));
        work.Undo($"the disk '{name}'", () => work.CallAsync("VDI.destroy", XapiValue.Ref(disk)));
        return disk;
    }

    private static async Task AttachAsync(OperationWork work, Vm vm, XenRef<Vdi> disk)
    {
        var given = work.Arguments;
        var place = given.Text("position") is { Length: > 0 } wanted ? wanted : "autodetect";
        var drive = await work.MakeAsync<Vbd>("VBD.create", DiskRecords.Vbd(new(vm.Ref), disk, place, given.Flag("bootable") == true, given.Text("mode") == "RO"));
        work.Made(drive);
        work.Keep();
        await Plugging.PlugOrNoteAsync(work, vm, drive, "It is attached, and");
    }

    /// <summary>A disk of a VM that runs moves under it; of any other a copy takes its place.</summary>
    private static async Task MigrateAsync(OperationWork work, Vdi disk)
    {
        var sr = work.Arguments.Object<Sr>("sr_id")!;
        var drives = work.Pool.Get(disk.Vbds).ToList();
        if (drives.Exists(drive => drive.CurrentlyAttached))
        {
            work.Made(await work.RunAsync<Vdi>("VDI.pool_migrate", disk.Ref, sr.Ref, new Dictionary<string, string>()));
            return;
        }

        var copy = await work.RunAsync<Vdi>("VDI.copy", disk.Ref, sr.Ref, XenRefText.Null, XenRefText.Null);
        work.Undo($"the copy of '{disk.NameLabel}'", () => work.CallAsync("VDI.destroy", XapiValue.Ref(copy)));
        foreach (var drive in drives)
        {
            await work.CallAsync("VBD.destroy", drive.Ref);
            work.Keep();
            await work.MakeAsync<Vbd>("VBD.create", DiskRecords.Vbd(drive.Vm, copy, drive.Userdevice, drive.Bootable, drive.Mode == VbdMode.Ro));
        }

        work.Keep();
        work.Made(copy);
        await work.RunAsync("VDI.destroy", disk.Ref);
    }

    private static Task ResizeAsync(OperationWork work, Vdi disk) =>
        work.Pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached)
            ? work.RunAsync("VDI.resize_online", disk.Ref, work.Arguments.Number("size")!.Value)
            : work.RunAsync("VDI.resize", disk.Ref, work.Arguments.Number("size")!.Value);

    private static string? SizeObstacle(PoolPicture pool, Vdi disk, OperationArguments given)
    {
        var size = given.Number("size");
        return size != disk.VirtualSize && size is not null && pool.IsDisc(disk) ? $"{pool.NameOf(disk)} is an ISO and keeps its size."
            : size < disk.VirtualSize ? $"{pool.NameOf(disk)} cannot be made smaller than it is, {SizeText.Write(disk.VirtualSize)}."
            : size == disk.VirtualSize ? null
            : pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached) && !disk.AllowedOperations.Contains(VdiOperation.ResizeOnline)
                ? $"{pool.NameOf(disk)} is in use, and its storage cannot make it larger meanwhile; shut its VM down first." : null;
    }

    /// <summary>So many names as a person reads.</summary>
    private static string Listing(List<string> names) => names.Count > MostNamed ? $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more" : string.Join(", ", names);

    private static string? NotToAttach(PoolPicture pool, XapiObject target, XapiObject candidate) =>
        Vms.VmKinds.IsVmOrTemplate((Vm)candidate) ? null : $"{pool.NameOf(candidate)} takes no disks.";

    private static string? DiskInUse(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var disk = (Vdi)candidate;
        return !disk.Managed ? $"{pool.NameOf(disk)} is a hidden part of a chain."
            : pool.IsDisc(disk) ? $"{pool.NameOf(disk)} is an ISO; insert it as a disc."
            : disk.Sharable ? null
            : pool.Get(disk.Vbds).Any(drive => drive.Vm.Value == target.Ref) ? $"{pool.NameOf(disk)} is attached to {pool.NameOf(target)} already."
            : pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached) ? $"{pool.NameOf(disk)} is in use elsewhere." : null;
    }
}
