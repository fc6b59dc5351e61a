using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Storage;

/// <summary>Room given back to storage, by plugins of the storage drivers.</summary>
public static class ChainOperations
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(1);

    /// <summary>The last part of a chain is merged only while its VM stands still for a moment.</summary>
    public static Operation Coalesce { get; } = new OperationOn<Vm>("vm.coalesce_leaf", VmRights.EditAdvanced, (work, vm) =>
        AskAsync(work, work.Pool.Get(vm.ResidentOn) ?? HostOf(work.Pool, work.Pool.UsualSrOf(vm)!)!, "coalesce-leaf", "leaf-coalesce", new() { ["vm_uuid"] = vm.Uuid }))
    {
        For = VmKinds.IsVm,
        Title = "Merge disk chains",
        Progressive = "Merging disk chains",
        Description = "Merges what deleted snapshots left of the VM's disks.",
        Confirmation = Confirmation.Ask,
        Consequence = "The VM stands still while the last part of each disk is merged.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (pool, vm) => vm.PowerState == VmPowerState.Suspended ? $"{pool.NameOf(vm)} is suspended." : pool.UsualSrOf(vm) is not { } sr || HostOf(pool, sr) is null ? $"The disks of {pool.NameOf(vm)} are not connected to any host that runs." : null,
    };

    public static Operation Reclaim { get; } = new OperationOn<Sr>("sr.reclaim_space", SrOperations.Edit.Right, (work, sr) =>
        AskAsync(work, HostOf(work.Pool, sr)!, "trim", "do_trim", new() { ["sr_uuid"] = sr.Uuid }))
    {
        Title = "Give room back",
        Progressive = "Giving room back",
        Description = "Tells the storage array which blocks are free.",
        Confirmation = Confirmation.Ask,
        Consequence = "The storage is slower while it goes on.",
        SuitsMany = false,
        Unless = (pool, sr) => HostOf(pool, sr) is null ? $"{pool.NameOf(sr)} is not connected to any host that runs."
            : pool.All<Sm>().Any(driver => driver.Type == sr.Type && driver.Features.ContainsKey("SR_TRIM")) ? null : $"The driver of {pool.NameOf(sr)} cannot do that.",
    };

    public static ImmutableArray<Operation> All { get; } = [Coalesce, Reclaim];

    private static Host? HostOf(PoolPicture pool, Sr sr) => pool.HostsOf(sr).Where(pool.IsHostLive).OrderByDescending(pool.IsCoordinator).FirstOrDefault();

    /// <summary>These plugins say "True" or "Success" when it went well, and what is wrong when not.</summary>
    private static async Task AskAsync(OperationWork work, Host host, string plugin, string function, Dictionary<string, string> arguments)
    {
        var answer = (await work.Connection.CallTextAsync("host.call_plugin", [host.Ref, plugin, function, arguments], work.Token, s_patience)).Trim();
        if (answer is not ("" or "True" or "Success" or "1"))
            throw new OperationFailedException($"The storage driver said: {ForeignText.Shown(answer.Length > 500 ? answer[..500] : answer)}");
    }
}
