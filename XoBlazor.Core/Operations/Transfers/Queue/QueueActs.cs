using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>
/// What people do with the queue: their own transfers everybody, those of others and the whole queue whoever has <see cref="TransferRights.Order"/>. Each act is written down before
/// it is done. Fails with <see cref="OperationRefusedException"/>. Safe from any thread.
/// </summary>
public sealed class QueueActs(TransferQueue queue, OperationRunner runner, OperationCatalogue catalogue, AccessEngine access, AuditLog audit)
{
    /// <summary>Whether somebody may order and pause what others have asked for.</summary>
    public bool MayOrderAll(Actor actor) => access.AllowsEverywhere(actor, TransferRights.Order);

    /// <summary>Whether somebody may hold, move, cancel and repeat a transfer.</summary>
    public bool MayChange(Actor actor, TransferRecord record) => record.Requester.Actor.Id == actor.Id || MayOrderAll(actor);

    /// <summary>Whether somebody gets to know of a transfer: of one of an object in their sight, and of their own until the object is hidden from them.</summary>
    /// <param name="seen">What they see.</param>
    public bool Sees(Actor actor, StoreSnapshot seen, TransferRecord record) =>
        seen.Pool(record.Target.Pool) is { } pool && (pool.GetByUuid(record.Target.Uuid) ?? pool.Get(record.Target.Uuid)) is not null
        || (record.Requester.Actor.Id == actor.Id && !access.IsHidden(actor, record.Target));

    /// <summary>Has a waiting transfer passed over, or not any more.</summary>
    public async Task HoldAsync(Requester requester, long number, bool isHeld)
    {
        var own = Waiting(requester, number);
        await RecordAsync(requester, isHeld ? "transfer.hold" : "transfer.release", own.Record);
        if (!await queue.HoldAsync(number, isHeld))
            throw Begun(own.Record);
    }

    /// <summary>Moves a waiting transfer among those that its mover may move; the places of others stay.</summary>
    public async Task MoveAsync(Requester requester, long number, QueueMove move)
    {
        var own = Waiting(requester, number);
        var (isAll, id) = (MayOrderAll(requester.Actor), requester.Actor.Id);
        await RecordAsync(requester, "transfer.move", own.Record, KeyValuePair.Create("to", move.ToString().ToLowerInvariant()));
        if (!await queue.MoveAsync(number, move, record => isAll || record.Requester.Actor.Id == id))
            throw Begun(own.Record);
    }

    /// <summary>Ends one that waits or runs; what it made goes.</summary>
    public async Task CancelAsync(Requester requester, long number)
    {
        var own = Find(requester, number);
        if (own.Run is not { IsCancellable: true } run)
            throw new OperationRefusedException(own.Record.HasEnded ? $"The transfer of {own.Record.Name} has ended." : $"{own.Record.Operation} is cancelled by its task, with task.cancel.");
        await RecordAsync(requester, "transfer.cancel", own.Record);
        run.Cancel();
    }

    /// <summary>Asks once more for one that did not come to a good end, in the name of whoever asks now.</summary>
    public async Task<OperationRun> RetryAsync(Requester requester, long number, CancellationToken stopping)
    {
        var own = Find(requester, number);
        var record = own.Record;
        if (!record.CanRetry || catalogue.Find(record.Operation) is not { } operation)
            throw new OperationRefusedException(record.IsRetried ? $"{record.Name} was asked for once more already." : !record.HasEnded ? $"The transfer of {record.Name} has not ended yet."
                : $"The transfer of {record.Name} cannot be repeated by itself; begin it as the first time.");
        var run = await runner.StartAsync(requester, operation, record.Target, (JsonObject?)JsonNode.Parse(record.Arguments!), stopping);
        await queue.RetriedAsync(own);
        return run;
    }

    /// <summary>Nothing that waits begins until it is resumed; what runs goes on.</summary>
    public async Task PauseAsync(Requester requester, bool isPaused)
    {
        if (access.Refusal(requester.Actor, TransferRights.Order, null) is { } refusal)
            throw new OperationRefusedException(refusal, RefusalReason.NoRight);
        await RecordAsync(requester, isPaused ? "transfer.pause" : "transfer.resume", null);
        await queue.PauseAsync(isPaused);
    }

    private ListedTransfer Find(Requester requester, long number) => queue.Find(number) is { } own && MayChange(requester.Actor, own.Record) ? own
        : throw new OperationRefusedException($"You have no transfer with the number {number}.", RefusalReason.NotThere, number.ToString(CultureInfo.InvariantCulture));

    private ListedTransfer Waiting(Requester requester, long number) => Find(requester, number) is { Record: var record } own && record.IsWaiting ? own : throw Begun(Find(requester, number).Record);

    private static OperationRefusedException Begun(TransferRecord record) => new($"The transfer of {record.Name} does not wait any more.");

    private async Task RecordAsync(Requester requester, string action, TransferRecord? about, params KeyValuePair<string, string>[] parameters)
    {
        try
        {
            await audit.AppendAsync(new()
            {
                Category = AuditCategory.Operation,
                Action = action,
                Actor = new(requester.Actor.Id, requester.Actor.Name, requester.Actor.LimitedTo),
                Outcome = AuditOutcome.Succeeded,
                Address = requester.Address,
                Face = requester.Face,
                Target = new("transfer", null, about?.Number.ToString(CultureInfo.InvariantCulture) ?? "queue", about?.Name ?? "Queue of transfers"),
                Parameters = [.. parameters],
            }, CancellationToken.None);
        }
        catch (AuditException unwritten)
        {
            throw new OperationRefusedException($"Nothing can be done without writing it down. {unwritten.Message}");
        }
    }
}
