using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>
/// All transfers: those that wait for their turn, those that run, and as many of the ended ones as are kept. A VM that is to pass through us waits until its hosts and pools have
/// room; who waits longer goes first. Each change is written down, and what waited when the server stopped waits on. Safe from any thread.
/// </summary>
public sealed partial class TransferQueue(ObjectStore objects, IPoolConnections pools, IOptions<QueueOptions> options, TimeProvider time, ILogger<TransferQueue> logger, ITransferStore? store = null, RollingRuns? rolling = null)
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private ImmutableList<ListedTransfer> _all = [];
    private volatile bool _isPaused;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ListedTransfer> All => _all;

    /// <summary>Nothing that waits begins; what runs goes on.</summary>
    public bool IsPaused => _isPaused;

    /// <summary>Whoever is next goes first.</summary>
    public IEnumerable<ListedTransfer> Waiting => _all.Where(one => one.Record.IsWaiting).OrderBy(one => one.Record.Place);

    public ListedTransfer? Find(long number) => _all.Find(one => one.Record.Number == number);

    /// <summary>Why no more can wait; null when they can.</summary>
    internal string? Full => _all.Count(one => one.Record.IsWaiting) >= options.Value.MostWaiting
        ? $"{options.Value.MostWaiting} transfers wait already. Let some of them end first, or raise {QueueOptions.Section}:{nameof(QueueOptions.MostWaiting)} in the settings." : null;

    /// <summary>Takes a transfer in that was just asked for; written down when it returns.</summary>
    /// <param name="to">The uuid of the pool that it goes to.</param>
    /// <param name="waits">It begins when its turn comes, see <see cref="TurnAsync"/>; else it runs already.</param>
    internal Task AddAsync(OperationRun run, JsonObject? arguments, string? to, bool waits)
    {
        var canRepeat = waits && run.Operation.Parameters.SelectMany(parameter => parameter.WithParts()).All(parameter => parameter is { IsSecret: false, Recorded: null });
        var now = time.GetUtcNow();
        var added = new ListedTransfer(new()
        {
            Number = run.Number,
            Operation = run.Operation.Name,
            Target = run.Target,
            Name = run.TargetName,
            To = to,
            Requester = run.Requester,
            Arguments = canRepeat ? (arguments ?? []).ToJsonString() : null,
            State = waits ? TransferState.Waiting : TransferState.Running,
            Place = run.Number,
            Asked = now,
            Begun = waits ? null : now,
        }, run);
        lock (_gate)
            _all = _all.Insert(0, added);
        return SaveAsync([added]);
    }

    /// <summary>Ends when it is the run's turn, which is written down by then; fails as it is cancelled, or as the server stops.</summary>
    internal async Task TurnAsync(OperationRun run, Func<StreamRoute?> routing, CancellationToken stopping)
    {
        var own = Find(run.Number)!;
        own.Routing = routing;
        Look();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelling, stopping);
        await own.Turn.WaitAsync(either.Token);
        await SaveAsync([own]);
    }

    /// <summary>A run has ended; nothing happens for one that is no transfer.</summary>
    internal async Task EndAsync(OperationRun run)
    {
        if (Find(run.Number) is not { } own || run.Result is not { } result)
            return;
        Change(own, record => record with
        {
            State = result.End switch
            {
                OperationEnd.Succeeded => TransferState.Succeeded,
                OperationEnd.Failed => TransferState.Failed,
                OperationEnd.Cancelled => TransferState.Cancelled,
                OperationEnd.Unknown => TransferState.Unknown,
            },
            Ended = time.GetUtcNow(),
            Bytes = run.Bytes ?? 0,
            Message = result.Message,
            Made = result.Made,
        });
        Look();
        await SaveAsync([own]);
        await ForgetAsync();
    }

    /// <summary>Tells of one that an earlier start of the server began what became of it.</summary>
    internal async Task InterruptAsync(long number, string words)
    {
        if (Find(number) is not { } own)
            return;
        Change(own, record => record with { State = TransferState.Interrupted, Ended = record.Ended ?? time.GetUtcNow(), Message = words });
        await SaveAsync([own]);
    }

    /// <summary>Has one that waits passed over, or not any more. False when it waits no longer.</summary>
    internal async Task<bool> HoldAsync(long number, bool isHeld)
    {
        var isChanged = Find(number) is { } own && Change(own, record => record.IsWaiting ? record with { State = isHeld ? TransferState.Held : TransferState.Waiting } : record).IsWaiting;
        Look();
        if (isChanged)
            await SaveAsync([Find(number)!]);
        return isChanged;
    }

    /// <summary>Changes the order of those that wait, among those of them that may be moved: others keep their places. False when it waits no longer.</summary>
    internal async Task<bool> MoveAsync(long number, QueueMove move, Func<TransferRecord, bool> mayMove)
    {
        List<ListedTransfer> among;
        lock (_gate)
        {
            among = [.. Waiting.Where(one => mayMove(one.Record))];
            if (among.Find(one => one.Record.Number == number) is not { } own)
                return false;
            var places = among.ConvertAll(one => one.Record.Place);
            var at = among.IndexOf(own);
            among.RemoveAt(at);
            among.Insert(Math.Clamp(move switch { QueueMove.First => 0, QueueMove.Up => at - 1, QueueMove.Down => at + 1, QueueMove.Last => among.Count }, 0, among.Count), own);
            for (var i = 0; i < among.Count; i++)
                among[i].Record = among[i].Record with { Place = places[i] };
        }

        Look();
        await SaveAsync(among);
        return true;
    }

    internal async Task PauseAsync(bool isPaused)
    {
        _isPaused = isPaused;
        if (store is not null)
            await store.SetPausedAsync(isPaused, CancellationToken.None);
        Look();
    }

    /// <summary>One that ended was asked for once more.</summary>
    internal async Task RetriedAsync(ListedTransfer own)
    {
        Change(own, record => record with { IsRetried = true });
        await SaveAsync([own]);
    }

    /// <summary>Takes over what an earlier start of the server has written down; returns what waited. What ran is interrupted.</summary>
    /// <param name="interrupted">What is said of one that ran.</param>
    internal async Task<IReadOnlyList<ListedTransfer>> RestoreAsync(Func<TransferRecord, string> interrupted, CancellationToken token)
    {
        if (store is null)
            return [];
        _isPaused = await store.IsPausedAsync(token);
        var known = (await store.LoadAsync(token)).OrderByDescending(record => record.Number).Select(record => new ListedTransfer(record, null)).ToList();
        lock (_gate)
            _all = _all.AddRange(known.Where(one => Find(one.Record.Number) is null));
        foreach (var one in known.Where(one => one.Record.State == TransferState.Running))
            await InterruptAsync(one.Record.Number, interrupted(one.Record));
        await ForgetAsync();
        return [.. Waiting.Where(known.Contains)];
    }

    /// <summary>Looks whose turn it is, and why the others wait.</summary>
    internal void Look()
    {
        // The routes are asked for outside of the lock, and taken only as long as those who asked still wait.
        var routes = _all.Where(one => one.Record.State == TransferState.Waiting && one.Routing is not null).ToDictionary(one => one, one => (Closed: Closed(one.Record), Route: one.Routing!()));
        lock (_gate)
        {
            var room = new StreamRoom(options.Value);
            foreach (var running in _all)
                if (running is { Record.State: TransferState.Running, Route: { } route })
                    room.Take(route);
            var position = 0;
            foreach (var one in Waiting.ToList())
            {
                one.Position = ++position;
                if (one.Record.State == TransferState.Held)
                    one.Reason = new(WaitKind.Held);
                else if (_isPaused)
                    one.Reason = new(WaitKind.Paused);
                else if (routes.TryGetValue(one, out var now))
                    Judge(one, now.Closed, now.Route, room);
            }
        }
    }

    private void Judge(ListedTransfer one, WaitReason? closed, StreamRoute? route, StreamRoom room)
    {
        one.Reason = closed ?? (route is null ? null : room.Obstacle(route));
        // What cannot begin, room or not, keeps nobody else from it.
        if (closed is null && one.Reason is not null)
            room.Claim(route!);
        if (one.Reason is not null)
            return;
        if (route is not null)
            room.Take(route);
        one.Route = route;
        one.Record = one.Record with { State = TransferState.Running, Begun = time.GetUtcNow() };
        one.Position = 0;
        one.Grant();
    }

    /// <summary>Which pool of it has no streams at all for now, and why; null when all have. Hosts that are rebooted one by one would end them midway.</summary>
    private WaitReason? Closed(TransferRecord record)
    {
        foreach (var pool in ((string?[])[record.Target.Pool, record.To]).OfType<string>())
        {
            if (objects.Current.Pool(pool) is null || pools.Find(pool) is null)
                return new(WaitKind.PoolAway, pool);
            if (rolling?.UnderWay(pool) is { } run)
                return new(run.Request.Kind == RollingKind.Reboot ? WaitKind.Rebooted : WaitKind.Updated, pool);
        }

        return null;
    }

    private TransferRecord Change(ListedTransfer own, Func<TransferRecord, TransferRecord> change)
    {
        lock (_gate)
            return own.Record = change(own.Record);
    }

    private async Task ForgetAsync()
    {
        List<ListedTransfer> old;
        lock (_gate)
        {
            old = [.. _all.Where(one => one.Record.HasEnded).Skip(options.Value.Remembered)];
            _all = _all.RemoveRange(old);
        }

        if (old.Count > 0 && store is not null)
            await WriteAsync(() => store.RemoveAsync(old.ConvertAll(one => one.Record.Number), CancellationToken.None));
    }

    /// <summary>As they are when it is their turn to be written, so that the last word stays.</summary>
    private Task SaveAsync(IReadOnlyList<ListedTransfer> changed) =>
        store is null ? Task.CompletedTask : WriteAsync(() => store.SaveAsync([.. changed.Select(one => one.Record)], CancellationToken.None));

    private async Task WriteAsync(Func<Task> write)
    {
        await _writing.WaitAsync();
        try
        {
            await write();
        }
        catch (Exception unwritten) when (unwritten is not OperationCanceledException)
        {
            // It goes on; what is lost is what a restart would know of it.
            LogUnwritten(unwritten);
        }
        finally
        {
            _writing.Release();
        }
    }

    [LoggerMessage(LogLevel.Error, "A transfer could not be written down; after a restart it is not known as it is now")]
    private partial void LogUnwritten(Exception exception);
}
