using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>The disks of a VM that is being made.</summary>
internal static class NewDisks
{
    public static ImmutableArray<OperationParameter> Fields { get; } =
    [
        OperationParameter.Text("name_label", "Name"),
        OperationParameter.Text("name_description", "Description") with { MaxLength = 4096 },
        OperationParameter.Size("size", "Size"),
        StorageParameters.ForDisks("sr", "Storage"),
    ];

    /// <summary>For a disk of the template.</summary>
    public static OperationParameter LeftOut => OperationParameter.Flag("destroy", "Leave it out");

    public static bool IsLeftOut(OperationArguments wanted) => wanted.Flag("destroy") == true;

    /// <summary>Makes a disk and attaches it at the next free place.</summary>
    public static async Task AddAsync(OperationWork work, XenRef<Vm> vm, string vmName, OperationArguments wanted, bool isBootable)
    {
        var sr = wanted.Object<Sr>("sr") ?? VmCreation.StorageFor(work.Pool, (Vm)work.Target, work.Arguments)!;
        var name = wanted.Text("name_label") is { Length: > 0 } given ? given : $"{vmName} disk";
        var disk = await work.RunAsync<Vdi>("VDI.create", DiskRecords.Vdi(sr, name, wanted.Text("name_description") ?? "", wanted.Number("size")!.Value));
        // Until it is attached it would stay behind when the VM is taken away.
        work.Undo($"the disk '{name}'", () => VmCleanup.DestroyDiskAsync(work, disk.Value!));
        await work.MakeAsync<Vbd>("VBD.create", DiskRecords.Vbd(vm, disk, "autodetect", isBootable, isReadOnly: false));
    }

    /// <summary>Takes a disk that came with the template away again.</summary>
    public static async Task RemoveAsync(OperationWork work, NewDrive drive)
    {
        await work.CallAsync("VBD.destroy", XapiValue.Ref(drive.Drive));
        if (!drive.Disk.IsNull)
            await work.RunAsync("VDI.destroy", XapiValue.Ref(drive.Disk));
    }

    /// <summary>Names, grows or moves a disk that came with the template.</summary>
    public static async Task ChangeAsync(OperationWork work, XenRef<Vm> vm, NewDrive drive, OperationArguments wanted)
    {
        var disk = drive.Disk;
        if (wanted.Object<Sr>("sr") is { } sr && await work.AskAsync("VDI.get_SR", XapiValue.Ref(disk)) != sr.Ref)
        {
            var before = disk;
            disk = await work.RunAsync<Vdi>("VDI.copy", XapiValue.Ref(before), sr.Ref, XenRefText.Null, XenRefText.Null);
            work.Undo("the copy of a disk", () => VmCleanup.DestroyDiskAsync(work, disk.Value!));
            await work.CallAsync("VBD.destroy", XapiValue.Ref(drive.Drive));
            await work.MakeAsync<Vbd>("VBD.create", DiskRecords.Vbd(vm, disk, drive.Place, drive.IsBootable, isReadOnly: false));
            await work.CallAsync("VDI.destroy", XapiValue.Ref(before));
        }

        if (wanted.Text("name_label") is { Length: > 0 } name)
            await work.CallAsync("VDI.set_name_label", XapiValue.Ref(disk), name);
        if (wanted.Text("name_description") is { } description)
            await work.CallAsync("VDI.set_name_description", XapiValue.Ref(disk), description);
        if (wanted.Number("size") is { } size && size != await work.Connection.CallNumberAsync("VDI.get_virtual_size", [XapiValue.Ref(disk)], work.Token))
            await work.RunAsync("VDI.resize", XapiValue.Ref(disk), size);
        work.Step();
    }
}
