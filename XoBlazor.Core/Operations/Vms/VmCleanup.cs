using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Takes away a VM that an operation made and could not finish, with the disks it has by then.</summary>
internal static class VmCleanup
{
    public static async Task DestroyAsync(OperationWork work, XenRef<Vm> vm)
    {
        var disks = new List<string>();
        foreach (var drive in await DrivesAsync(work, vm))
            if (!drive.IsDisc && !drive.Disk.IsNull)
                disks.Add(drive.Disk.Value!);
        await work.CallAsync("VM.destroy", XapiValue.Ref(vm));
        foreach (var disk in disks)
            await DestroyDiskAsync(work, disk);
    }

    /// <summary>A disk that is gone already is no trouble.</summary>
    public static Task DestroyDiskAsync(OperationWork work, string disk) => work.CallAsync("VDI.destroy", disk).IfThereAsync();

    /// <summary>The drives of a VM that is too new to be in the store.</summary>
    public static async Task<List<NewDrive>> DrivesAsync(OperationWork work, XenRef<Vm> vm)
    {
        var drives = new List<NewDrive>();
        foreach (var drive in await work.Connection.CallTextsAsync("VM.get_VBDs", [XapiValue.Ref(vm)], work.Token))
            drives.Add(new(
                new(drive), await work.Connection.CallRefAsync<Vdi>("VBD.get_VDI", [drive], work.Token), await work.AskAsync("VBD.get_userdevice", drive),
                await work.AskAsync("VBD.get_type", drive) == "CD", await work.Connection.CallBoolAsync("VBD.get_bootable", [drive], work.Token)));
        return drives;
    }
}

/// <summary>A drive of a VM that has just been made.</summary>
internal sealed record NewDrive(XenRef<Vbd> Drive, XenRef<Vdi> Disk, string Place, bool IsDisc, bool IsBootable);
