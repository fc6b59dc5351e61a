using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>What is in a pool of an update that was brought there, and goes in every end. What hosts have installed stays known to the pool; its file goes.</summary>
internal static class UpdateTraces
{
    /// <summary>A mark that nobody else writes.</summary>
    public static string NewMark() => $"update {Guid.NewGuid():N}";

    public static bool IsOfUpdate(Leftover leftover) => leftover.Mark.StartsWith("update ", StringComparison.Ordinal);

    /// <summary>Takes away what is written down. Fails with a <see cref="XapiException"/> when the pool does not let it.</summary>
    public static async Task RemoveAsync(XapiConnection connection, Leftover traces, CancellationToken token)
    {
        if (traces.Made.Length > 0)
            await RemoveAsync(connection, UpdateForm.Patch, traces.Made, "get_host_patches", token);
        if (traces.Snapshot.Length == 0)
            return;
        foreach (var disk in await connection.CallTextsAsync("VDI.get_by_name_label", [traces.Snapshot], token))
        {
            foreach (var update in (await connection.GetAllAsync<PoolUpdate>(token)).Where(update => update.Vdi.Value == disk))
                await RemoveAsync(connection, UpdateForm.Image, update.Ref, "get_hosts", token);
            await connection.CallAsync("VDI.destroy", [disk], token).IfThereAsync();
        }
    }

    /// <summary>After a restart. Returns whether nothing is left; false when a host is at it still.</summary>
    /// <param name="isLast">Uploads that were cancelled long ago, and go on nevertheless, are nobody's.</param>
    public static async Task<bool> CleanAsync(Leftover leftover, OperationWork work, bool isLast)
    {
        var tasks = await work.Connection.GetAllAsync<XapiTask>(work.Token);
        // A host that asks or installs needs the file. Nobody can tell whose it is, and it ends by itself.
        if (tasks.Any(task => task.Status is XapiTaskStatus.Pending or XapiTaskStatus.Cancelling && (task.NameLabel.StartsWith("Async.pool_patch.", StringComparison.Ordinal) || task.NameLabel.StartsWith("Async.pool_update.", StringComparison.Ordinal))))
            return false;
        var made = leftover.Made;
        if (!await MarkedTasks.EndAsync(work, tasks, leftover.Mark, isLast, task =>
            {
                // The upload of a patch tells it by its task; that of an image tells nothing.
                if (leftover.Snapshot.Length == 0 && TaskResult.Reference<PoolPatch>(task.Result) is { IsNull: false } patch)
                    made = patch.Value!;
                return Task.CompletedTask;
            }))
            return false;

        await RemoveAsync(work.Connection, leftover with { Made = made }, work.Token);
        return true;
    }

    /// <summary>Its file goes, and all of it where no host has it.</summary>
    /// <param name="hosts">The call that names the hosts which have it.</param>
    private static async Task RemoveAsync(XapiConnection connection, UpdateForm form, string update, string hosts, CancellationToken token)
    {
        await CleanAsync(connection, form, update, token).IfThereAsync();
        await DestroyAsync().IfThereAsync();

        async Task DestroyAsync()
        {
            if ((await connection.CallTextsAsync($"{form.Class}.{hosts}", [update], token)).Length == 0)
                await connection.CallAsync($"{form.Class}.destroy", [update], token);
        }
    }

    /// <summary>On every host; releases before 6.1 do that with the call that later means the coordinator alone.</summary>
    private static async Task CleanAsync(XapiConnection connection, UpdateForm form, string update, CancellationToken token)
    {
        try
        {
            await connection.CallAsync($"{form.Class}.pool_clean", [update], token);
        }
        catch (XapiFailureException old) when (old.Code == "MESSAGE_METHOD_UNKNOWN")
        {
            await connection.CallAsync($"{form.Class}.clean", [update], token);
        }
    }
}
