using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Transfers;

/// <summary>The transfers that the person at this circuit may know of: those on objects in their view, and their own. Used on the circuit's dispatcher.</summary>
public sealed class ViewedTransfers(OperationRunner runner, CircuitView view)
{
    /// <summary>The newest first: those under way, and of the ended ones as many as the server remembers.</summary>
    public IEnumerable<ViewedTransfer> All => view.IsOpen ? runner.Recent.Where(run => run.Transfer is not null).Select(See).OfType<ViewedTransfer>() : [];

    public int CountRunning() => All.Count(one => one.Run.Result is null);

    private ViewedTransfer? See(OperationRun run)
    {
        var pool = view.Objects.Pool(run.Target.Pool);
        var target = pool?.GetByUuid(run.Target.Uuid) ?? pool?.Get(run.Target.Uuid);
        var isOwn = run.Requester.Actor.Id == view.Eyes.Id;
        return target is null && !isOwn ? null : new(run, isOwn, pool, target, run.Result is null && !run.Task.IsNull ? pool?.Get(run.Task) : null);
    }
}

/// <summary>A transfer as somebody sees it.</summary>
/// <param name="IsOwn">Theirs: the words of its end are for them.</param>
/// <param name="Pool">What they may view of its pool; null when that is nothing.</param>
/// <param name="Target">Null when it is gone.</param>
/// <param name="Task">The host's task that is under way, by which it is cancelled; null before it has begun and after its end.</param>
public sealed record ViewedTransfer(OperationRun Run, bool IsOwn, PoolPicture? Pool, XapiObject? Target, XapiTask? Task);
