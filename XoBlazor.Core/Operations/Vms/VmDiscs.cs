using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>The CD drive of a VM and what is in it.</summary>
internal static class VmDiscs
{
    /// <summary>Where guests of every age look for a drive.</summary>
    public const string UsualPlace = "3";

    public static Vbd? DriveOf(PoolPicture pool, Vm vm) =>
        pool.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Cd).OrderBy(disk => disk.Vbd.Empty).FirstOrDefault()?.Vbd;

    public static string? Obstacle(PoolPicture pool, Vm vm) => DriveOf(pool, vm) is null && vm.PowerState != VmPowerState.Halted
        ? $"{pool.NameOf(vm)} has no CD drive; it gets one when a disc is inserted while it is shut down." : null;

    public static string? NoDisc(PoolPicture pool, XapiObject target, XapiObject candidate) =>
        pool.IsDisc((Vdi)candidate) ? null : $"{pool.NameOf(candidate)} is no ISO.";

    public static string? NoDrive(PoolPicture pool, XapiObject target, XapiObject candidate) =>
        candidate is Vm vm && VmKinds.IsVm(vm) ? Obstacle(pool, vm) : $"{pool.NameOf(candidate)} takes no discs.";

    public static async Task InsertAsync(OperationWork work, Vm vm, Vdi disc)
    {
        if (DriveOf(work.Pool, vm) is not { } drive)
        {
            await CreateDriveAsync(work, new(vm.Ref), new(disc.Ref), FreePlace(work.Pool, vm), isBootable: false);
            return;
        }

        if (!drive.Empty)
            await work.RunAsync("VBD.eject", drive.Ref);
        await work.RunAsync("VBD.insert", drive.Ref, disc.Ref);
    }

    public static Task EjectAsync(OperationWork work, Vm vm) => work.RunAsync("VBD.eject", DriveOf(work.Pool, vm)!.Ref);

    /// <summary>A drive with a disc in it, or empty for the null reference.</summary>
    public static Task<XenRef<Vbd>> CreateDriveAsync(OperationWork work, XenRef<Vm> vm, XenRef<Vdi> disc, string place, bool isBootable) =>
        work.MakeAsync<Vbd>("VBD.create", DiskRecords.CdDrive(vm, disc, place, isBootable));

    private static string FreePlace(PoolPicture pool, Vm vm)
    {
        var used = pool.DisksOf(vm).Select(disk => disk.Vbd.Userdevice).ToHashSet();
        return Enumerable.Range(0, 255).Select(place => place.ToString(CultureInfo.InvariantCulture)).Prepend(UsualPlace).First(place => !used.Contains(place));
    }
}
