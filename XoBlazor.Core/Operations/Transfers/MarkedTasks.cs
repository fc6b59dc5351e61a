using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>The hosts' tasks of what is not wanted any more, found by the mark in their description.</summary>
internal static class MarkedTasks
{
    /// <summary>Cancels those that are under way, and takes away the others. Returns whether none is left; false when they are worth another look.</summary>
    /// <param name="tasks">All of the pool, as the host has them now.</param>
    /// <param name="isLast">Tasks that were cancelled long ago, and go on nevertheless, are nobody's: their request was never taken.</param>
    /// <param name="ended">What one came to, before it goes.</param>
    public static async Task<bool> EndAsync(OperationWork work, IEnumerable<XapiTask> tasks, string mark, bool isLast, Func<XapiTask, Task> ended)
    {
        var isDone = true;
        foreach (var task in tasks.Where(task => task.NameDescription == mark))
        {
            if (task.Status is (XapiTaskStatus.Pending or XapiTaskStatus.Cancelling) && !isLast)
            {
                await work.CallAsync("task.cancel", task.Ref).IfThereAsync();
                isDone = false;
                continue;
            }

            await ended(task);
            await work.CallAsync("task.destroy", task.Ref).IfThereAsync();
        }

        return isDone;
    }
}
