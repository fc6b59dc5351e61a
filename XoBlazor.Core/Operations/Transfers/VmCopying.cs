using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// A copy of a VM on other storage. Within a pool its hosts make it, as long as one of them reaches the storage on both sides; otherwise, and to another pool, it goes
/// through us (<see cref="VmStreaming"/>).
/// </summary>
internal static class VmCopying
{
    public static OperationParameter Compression { get; } = OperationParameter.Choice("compression", "Compression", "auto", "none", "gzip", "zstd") with
    {
        Default = "auto",
        IsAdvanced = true,
        Description = "On its way between hosts: zstd where both sides can, unless you choose.",
    };

    public static OperationParameter Start { get; } = OperationParameter.Flag("start", "Start it there") with { Description = "As soon as it is there and whole." };

    public static OperationParameter Storage { get; } = StorageParameters.ForDisks("sr", "Storage") with { IsRequired = true, IsAnywhere = true, Description = "Of this pool or another." };

    public static async Task CopyAsync(OperationWork work, Vm vm)
    {
        var (to, sr, there) = Target(work, vm);
        var name = work.Arguments.Text("name") is { Length: > 0 } given ? given : CopyFacts.NameOf(vm);
        var made = there is null ? await CopyInsideAsync(work, vm, sr, name) : await VmStreaming.RunAsync(work, there, vm, sr, name, keepsAddresses: false);
        await KeepAsync(work, there, made, vm);
    }

    /// <summary>A VM is never taken away before its copy is there and whole, and runs if it was to be started.</summary>
    public static async Task MoveAsync(OperationWork work, Vm vm)
    {
        var (to, sr, there) = Target(work, vm);
        var made = await VmStreaming.RunAsync(work, there!, vm, sr, vm.NameLabel, keepsAddresses: true);
        work.Did($"the VM is whole in {to.Name()}");
        if (!await KeepAsync(work, there, made, vm))
            work.Note($"{work.Pool.NameOf(vm)} stays in {work.Pool.Name()}, too; delete it when you have no more use for it.");
        else if (work.Cancelling.IsCancellationRequested)
            work.Note($"{work.Pool.NameOf(vm)} stays in {work.Pool.Name()}, too: it was cancelled when the VM was there already.");
        else if (await work.AskAsync("VM.get_power_state", vm.Ref) is var state && state != EnumText<VmPowerState>.Wire(vm.PowerState))
            work.Note($"{work.Pool.NameOf(vm)} is {state} in {work.Pool.Name()} by now and stays there, too: somebody used it meanwhile, and what came of that is not in {to.Name()}.");
        else
            await DeleteAsync(work, vm);
    }

    public static string? Obstacle(PoolPicture pool, Vm vm) =>
        VmStreaming.IsByTemporary(vm) ? VmObstacles.To(VmOperation.Snapshot, vm)
            : VmObstacles.To(VmOperation.Copy, vm) is { } words && VmObstacles.To(VmOperation.Export, vm) is not null ? words : null;

    public static string? Obstacle(PoolPicture pool, Vm vm, OperationArguments given) =>
        given.Anywhere("sr") is not { } sr ? null
            : NetworkChoice.Obstacle(pool, vm, sr.Pool, given)
            ?? (VmStreaming.IsByTemporary(vm) ? null
                : !IsStreamed(pool, vm, sr) ? VmObstacles.To(VmOperation.Copy, vm)
                : vm.IsDefaultTemplate ? $"{pool.NameOf(vm)} came with its pool; every pool has its own."
                : VmObstacles.To(VmOperation.Export, vm));

    public static string? ObstacleToMove(PoolPicture pool, Vm vm) =>
        VmObstacles.To(VmOperation.Destroy, vm) ?? VmObstacles.To(VmOperation.Export, vm);

    public static string? ObstacleToMove(PoolPicture pool, Vm vm, OperationArguments given) =>
        given.Anywhere("sr") is not { } sr ? null
            : sr.Pool.Uuid == pool.Uuid ? $"{sr.Pool.NameOf(sr.Object)} is in the same pool; use Migrate, which keeps the VM as it is."
            : NetworkChoice.Obstacle(pool, vm, sr.Pool, given);

    /// <summary>What leaves its pool is exported there and imported here, whatever it is called; who may start the VM may start its copy.</summary>
    public static IEnumerable<FurtherRight> Needs(PoolPicture pool, Vm vm, OperationArguments given)
    {
        if (given.Flag("start") == true)
            yield return new(VmPowerOperations.Start.Right, vm);
        if (given.Anywhere("sr") is not { } sr || sr.Pool.Uuid == pool.Uuid)
            yield break;
        yield return new(TransferRights.ExportVm, vm);
        yield return new(TransferRights.ImportVm, sr.Object, sr.Pool);
        foreach (var (_, network) in NetworkChoice.For(pool, vm, sr.Pool, given))
            if (network is not null)
                yield return new(UseRights.Network, network, sr.Pool);
    }

    /// <summary>The hosts between which the VM passes through us; null where its own hosts copy it.</summary>
    public static StreamRoute? Route(PoolPicture pool, Vm vm, OperationArguments given) => given.Anywhere("sr") is { } to && IsStreamed(pool, vm, to)
        ? new(StreamEnd.Near(pool, pool.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk).Select(disk => disk.Sr).OfType<Sr>().Distinct()), StreamEnd.Near(to.Pool, [(Sr)to.Object])) : null;

    /// <summary>No host reaches the storage on both sides.</summary>
    private static bool IsStreamed(PoolPicture pool, Vm vm, Located<XapiObject> to) =>
        to.Pool.Uuid != pool.Uuid || pool.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk).Select(disk => disk.Sr).OfType<Sr>().Append((Sr)to.Object).Distinct()
            .Select(sr => pool.HostsOf(sr).Where(pool.IsHostLive).ToImmutableHashSet()).Aggregate((one, other) => one.Intersect(other)).IsEmpty;

    private static (PoolPicture To, Sr Sr, OperationWork? There) Target(OperationWork work, Vm vm)
    {
        var to = work.Arguments.Anywhere("sr")!.Value;
        return (to.Pool, (Sr)to.Object, IsStreamed(work.Pool, vm, to) ? work.At(to) : null);
    }

    private static async Task<XenRef<Vm>> CopyInsideAsync(OperationWork work, Vm vm, Sr sr, string name)
    {
        if (!VmStreaming.IsByTemporary(vm))
            return await CopyInsideAsync(work, vm, new(vm.Ref), sr, name);
        work.Expect(2);
        // Snapshot and copy are known again by this name, also after a restart, until it is written down what was made.
        var mark = Leftover.NewMark();
        var temporary = $"{vm.NameLabel} ({mark})";
        await work.RememberAsync(new() { Mark = mark, Act = work.Number, Target = work.Pool.Key(vm), To = work.Pool.Uuid, Snapshot = temporary });
        var from = await work.RunAsync<Vm>("VM.snapshot", vm.Ref, temporary);
        try
        {
            var made = await CopyInsideAsync(work, vm, from, sr, temporary);
            if (work.Leftover is { } leftover)
                await work.RememberAsync(leftover with { Made = made.Value! });
            await work.CallAsync("VM.set_name_label", XapiValue.Ref(made), name);
            return made;
        }
        finally
        {
            await Temporary.RemoveAsync(work, $"a snapshot of {vm.NameLabel}", () => VmCleanup.DestroyAsync(work, from));
        }
    }

    /// <param name="from">The VM, or a snapshot that was taken for it.</param>
    private static async Task<XenRef<Vm>> CopyInsideAsync(OperationWork work, Vm vm, XenRef<Vm> from, Sr sr, string name)
    {
        var made = await work.RunAsync<Vm>("VM.copy", XapiValue.Ref(from), name, sr.Ref);
        work.Undo($"the VM '{name}'", () => VmCleanup.DestroyAsync(work, made));
        // Of a snapshot XAPI makes a template, whatever its VM is.
        if (from.Value != vm.Ref || vm.IsASnapshot)
            await work.CallAsync("VM.set_is_a_template", XapiValue.Ref(made), false);
        if (NetworkChoice.IsGiven(work.Arguments))
            await VmStreaming.ConnectAsync(work, work, vm, made, keepsAddresses: false);
        return made;
    }

    /// <summary>What was made stays. Starts it when that was wanted; returns whether it is as it was to be.</summary>
    private static async Task<bool> KeepAsync(OperationWork work, OperationWork? there, XenRef<Vm> made, Vm vm)
    {
        if (work.Leftover is { } leftover)
            await work.RememberAsync(leftover with { IsKept = true });
        work.Made(made, there);
        work.Keep();
        if (work.Arguments.Flag("start") != true)
            return true;
        try
        {
            await (there ?? work).RunAsync(there is not null && vm.PowerState == VmPowerState.Suspended ? "VM.resume" : "VM.start", XapiValue.Ref(made), false, false);
            return true;
        }
        catch (XapiFailureException failure)
        {
            work.Note($"It was not started: {XapiErrorText.Of(failure.Code, failure.Parameters, _ => null)}");
            return false;
        }
    }

    private static async Task DeleteAsync(OperationWork work, Vm vm)
    {
        try
        {
            await VmDeletion.RunWithSnapshotsAsync(work, vm);
        }
        catch (XapiFailureException failure)
        {
            work.Note($"It is there, but not all of it could be deleted in {work.Pool.Name()}: {XapiErrorText.Of(failure.Code, failure.Parameters, _ => null)}");
        }
    }
}
