using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Transfers;

/// <summary>
/// The transfers that the person at this circuit may know of, those on objects in their view and their own, and what they do with them. Used on the circuit's dispatcher.
/// </summary>
public sealed class ViewedTransfers(TransferQueue queue, QueueActs acts, OperationCatalogue catalogue, CircuitView view)
{
    /// <summary>The newest first: those that wait, run and have ended, as many as the server remembers.</summary>
    public IEnumerable<ViewedTransfer> All => view.IsOpen ? queue.All.Where(one => acts.Sees(view.Eyes, view.Objects, one.Record)).Select(See) : [];

    public bool IsPaused => queue.IsPaused;

    /// <summary>Whether the person may pause the queue, and move and hold what others have asked for.</summary>
    public bool MayOrderAll => acts.MayOrderAll(view.Eyes) && !view.IsSomebodyElse;

    public Task<string?> PauseAsync(Actions actions, bool isPaused) => DoAsync(actions, requester => acts.PauseAsync(requester, isPaused));

    public Task<string?> HoldAsync(Actions actions, long number, bool isHeld) => DoAsync(actions, requester => acts.HoldAsync(requester, number, isHeld));

    public Task<string?> MoveAsync(Actions actions, long number, QueueMove move) => DoAsync(actions, requester => acts.MoveAsync(requester, number, move));

    public Task<string?> CancelAsync(Actions actions, long number) => DoAsync(actions, requester => acts.CancelAsync(requester, number));

    public Task<string?> RetryAsync(Actions actions, long number) => DoAsync(actions, requester => acts.RetryAsync(requester, number, CancellationToken.None));

    /// <summary>Returns why it was refused, or null.</summary>
    private static async Task<string?> DoAsync(Actions actions, Func<Core.Access.Requester, Task> act)
    {
        try
        {
            await act(await actions.RequesterAsync());
            return null;
        }
        catch (OperationRefusedException refused)
        {
            return refused.Message;
        }
    }

    private ViewedTransfer See(ListedTransfer one)
    {
        var record = one.Record;
        var pool = view.Objects.Pool(record.Target.Pool);
        return new(record, one.Run, catalogue.Find(record.Operation), record.Requester.Actor.Id == view.Eyes.Id, !view.IsSomebodyElse && acts.MayChange(view.Eyes, record),
            pool, pool?.GetByUuid(record.Target.Uuid) ?? pool?.Get(record.Target.Uuid), one.Run is { Result: null, Task.IsNull: false } run ? pool?.Get(run.Task) : null,
            record.To is { } to && to != record.Target.Pool ? view.Objects.Pool(to)?.Name() : null, one.Position, one.Reason is { } reason ? WaitText.Of(reason, view.Objects) : null);
    }
}

/// <summary>A transfer as somebody sees it.</summary>
/// <param name="Run">Null for one that an earlier start of the server ended or left.</param>
/// <param name="Operation">Null for one that this version does not have.</param>
/// <param name="IsOwn">Theirs: the words of its end are for them.</param>
/// <param name="MayChange">They may cancel, hold, move and repeat it.</param>
/// <param name="Pool">What they may view of its pool; null when that is nothing.</param>
/// <param name="Target">Null when it is gone.</param>
/// <param name="Task">The host's task that is under way, by which it is cancelled; null before it has begun and after its end.</param>
/// <param name="To">The name of the pool that it goes to, where that is another one and in view.</param>
/// <param name="Position">In the queue, from one.</param>
/// <param name="Waits">Why it waits; null when it does not.</param>
public sealed record ViewedTransfer(
    TransferRecord Record, OperationRun? Run, Operation? Operation, bool IsOwn, bool MayChange, PoolPicture? Pool, XapiObject? Target, XapiTask? Task, string? To, int Position, string? Waits)
{
    public string What => Operation is null ? Record.Operation : Record.State == TransferState.Running ? Operation.Progressive : Operation.Title;

    public bool IsRunning => Record.State == TransferState.Running;
}
