using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>Follows one of the host's tasks through the store until it ends.</summary>
internal sealed class TaskFollower(ObjectStore store, TaskWatch watch, string pool)
{
    /// <summary>The task's result when it succeeded. Fails as the task did, with <see cref="TaskLostException"/> when the host forgot it.</summary>
    /// <param name="progress">Told each time the host says how far it is, 0 to 1, on the writer's thread.</param>
    public async Task<string> FollowAsync(XenRef<XapiTask> task, Action<double> progress, CancellationToken token)
    {
        var end = new TaskCompletionSource<XapiTask?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = watch.Watch(pool, task.Value!, Look);
        // The event may have come before the answer to the call.
        if (store.Current.Pool(pool)?.Get(task) is { } present)
            Look(present, IsListing: false);
        return await end.Task.WaitAsync(token) switch
        {
            null => throw new TaskLostException(),
            { Status: XapiTaskStatus.Cancelled } => throw new XapiFailureException("TASK_CANCELLED", [task.Value!]),
            { Status: XapiTaskStatus.Failure, ErrorInfo: [var code, .. var parameters] } => throw new XapiFailureException(code, [.. parameters]),
            { Status: XapiTaskStatus.Failure } => throw new XapiFailureException("INTERNAL_ERROR", ["the host gave no reason"]),
            var ended => ended.Result,
        };

        void Look(XapiTask? state, bool IsListing)
        {
            if (IsListing)
                state = store.Current.Pool(pool)?.Get(task);
            if (state is null)
            {
                end.TrySetResult(null);
                return;
            }

            progress(Math.Clamp(state.Progress, 0, 1));
            if (state.Status is XapiTaskStatus.Success or XapiTaskStatus.Failure or XapiTaskStatus.Cancelled)
                end.TrySetResult(state);
        }
    }
}
