using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>Takes a VM, template or snapshot away, with the disks that are its alone.</summary>
internal static class VmDeletion
{
    public static Task RunAsync(OperationWork work, Vm vm) => RunAsync(work, vm, []);

    /// <summary>Of a VM that is deleted its snapshots would stay behind unseen, so they go with it.</summary>
    public static Task RunWithSnapshotsAsync(OperationWork work, Vm vm) => RunAsync(work, vm, [.. work.Pool.Get(vm.Snapshots)]);

    private static async Task RunAsync(OperationWork work, Vm vm, IReadOnlyList<Vm> snapshots)
    {
        var disks = work.Arguments.Flag("deleteDisks") == false ? [] : DisksOfItsOwn(work.Pool, vm).ToList();
        work.Expect(snapshots.Count + disks.Count + 1);
        await work.RunAsync("VM.destroy", vm.Ref);
        work.Did("the VM is gone, but not all that belonged to it");
        foreach (var disk in disks)
            await work.RunAsync("VDI.destroy", disk.Ref);
        foreach (var snapshot in snapshots)
        {
            await work.RunAsync("VM.destroy", snapshot.Ref);
            foreach (var disk in DisksOfItsOwn(work.Pool, snapshot))
                await work.CallAsync("VDI.destroy", disk.Ref);
        }
    }

    /// <summary>The writable disks that no other VM uses. What is in a CD drive is everybody's.</summary>
    public static IEnumerable<Vdi> DisksOfItsOwn(PoolPicture pool, Vm vm) =>
        pool.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk && disk.Vdi is not null).Select(disk => disk.Vdi!).Distinct()
            .Where(disk => pool.Referrers<Vbd>(disk.Ref, VbdFields.Vdi).All(drive => drive.Vm.Value == vm.Ref))
            .Concat(pool.Get(vm.SuspendVdi) is { } memory ? [memory] : []).Distinct();

    /// <summary>What goes, line by line.</summary>
    public static IEnumerable<string> Losses(PoolPicture pool, Vm vm)
    {
        foreach (var disk in DisksOfItsOwn(pool, vm))
            yield return $"disk {pool.NameOf(disk)} ({SizeText.Write(disk.VirtualSize)})";
        foreach (var snapshot in pool.Get(vm.Snapshots))
            yield return $"snapshot {pool.NameOf(snapshot)}";
        foreach (var disk in pool.DisksOf(vm).Where(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }).Select(disk => disk.Vdi!).Except(DisksOfItsOwn(pool, vm)))
            yield return $"not: disk {pool.NameOf(disk)}, which another VM uses";
    }
}
