using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>Takes away what a transfer left in its pools: it asks the hosts, not the picture, which may be older than what is looked for.</summary>
internal static class LeftoverCleaning
{
    /// <summary>Returns whether nothing is left; false when something is still under way at a host, and worth another look.</summary>
    /// <param name="isLast">Tasks that were cancelled long ago, and go on nevertheless, are nobody's: their request was never taken.</param>
    public static async Task<bool> RunAsync(Leftover leftover, OperationWork from, OperationWork to, bool isLast)
    {
        // Inside one pool each task may be that of the import.
        var isDone = (from.Pool.Uuid == to.Pool.Uuid || await EndTasksAsync(leftover, from, isTarget: false, isLast)) & await EndTasksAsync(leftover, to, isTarget: true, isLast);
        if (leftover.IsOfDisk)
            await DiskMark.CleanAsync(to, leftover.Mark, leftover.IsKept);
        if (!leftover.IsKept)
            await RemoveAsync(to, leftover.Made);
        return isDone && await RemoveNamedAsync(leftover, from, isLast);
    }

    /// <summary>Tasks are cancelled; what an import had made by then goes.</summary>
    private static async Task<bool> EndTasksAsync(Leftover leftover, OperationWork work, bool isTarget, bool isLast) =>
        await MarkedTasks.EndAsync(work, await work.Connection.GetAllAsync<XapiTask>(work.Token), leftover.Mark, isLast,
            task => isTarget && leftover is { IsKept: false, IsOfDisk: false } ? RemoveAsync(work, task.Result) : Task.CompletedTask);

    private static async Task RemoveAsync(OperationWork work, string result)
    {
        foreach (var vm in VmStreaming.References(result))
            await VmCleanup.DestroyAsync(work, vm).IfThereAsync();
    }

    /// <summary>The snapshot that was taken for it, and a copy that got its name first.</summary>
    private static async Task<bool> RemoveNamedAsync(Leftover leftover, OperationWork from, bool isLast)
    {
        if (leftover.Snapshot.Length == 0)
            return true;
        // One that is still being taken has no name yet.
        if (from.Pool.GetByUuid<Vm>(leftover.Target.Uuid) is { } vm && (await OperationsAsync(from, vm.Ref)).Values.Contains("snapshot"))
            return false;
        foreach (var named in await from.Connection.CallTextsAsync("VM.get_by_name_label", [leftover.Snapshot], from.Token))
        {
            // What a host is still copying from it goes with the task.
            var copying = isLast ? [] : (await OperationsAsync(from, named)).Where(one => one.Value == "copy").Select(one => one.Key).ToList();
            foreach (var task in copying)
                await from.CallAsync("task.cancel", task).IfThereAsync();
            if (copying.Count > 0)
                return false;
            if (!leftover.IsKept || await from.Connection.CallBoolAsync("VM.get_is_a_snapshot", [named], from.Token))
                await VmCleanup.DestroyAsync(from, new(named)).IfThereAsync();
        }

        return true;
    }

    /// <summary>What is going on with a VM, by task; nothing with one that is gone.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> OperationsAsync(OperationWork from, string vm)
    {
        try
        {
            return await from.Connection.CallTextMapAsync("VM.get_current_operations", [vm], from.Token);
        }
        catch (XapiFailureException gone) when (GoneObjects.IsGone(gone))
        {
            return new Dictionary<string, string>();
        }
    }
}
