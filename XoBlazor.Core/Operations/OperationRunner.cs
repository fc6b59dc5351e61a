using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations;

/// <summary>
/// Runs operations: asks <see cref="AccessEngine"/>, looks whether it is possible, calls the pool and follows the host's task through the
/// store until it ends. Nothing is written to the store: what an operation did comes back as events. Safe from any thread.
/// </summary>
public sealed partial class OperationRunner(
    ObjectStore store, TaskWatch watch, AccessEngine access, AuditLog audit, IPoolConnections pools, TimeProvider time, ILogger<OperationRunner> logger,
    IMakersGrants? grants = null, Leftovers? leftovers = null, RollingRuns? rolling = null, TransferQueue? queue = null,
    IEnumerable<IOperationGuard>? guards = null, IEnumerable<IOperationWatcher>? watchers = null)
{
    private const int MostRemembered = 200;

    private static readonly TimeSpan s_patienceWithEvents = TimeSpan.FromSeconds(10);

    /// <summary>How soon a VM stops on its way between pools whose owner may not have it sent any more.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    private readonly OperationAdmission _admission = new(store, access, rolling);
    private readonly ImmutableArray<IOperationGuard> _guards = [.. guards ?? []];
    private readonly ImmutableArray<IOperationWatcher> _watchers = [.. watchers ?? []];
    private readonly Lock _gate = new();
    private ImmutableList<OperationRun> _recent = [];

    /// <summary>The newest operations first, running ones and a bounded number of ended ones.</summary>
    public IReadOnlyList<OperationRun> Recent => _recent;

    /// <summary>
    /// Begins an operation, once it stands in the audit. Fails with <see cref="OperationRefusedException"/> before any host is called when the requester has no
    /// right on the object or on one of those that are named with it, an object is not there, it is not possible, a guard objects or it cannot be recorded; from then on
    /// every end is a result of the run. <paramref name="stopping"/> gives up waiting, not the host's work.
    /// </summary>
    /// <param name="end">Who sends or receives the bytes, where <see cref="Operation.Bytes"/> go along.</param>
    public async Task<OperationRun> StartAsync(Requester requester, Operation operation, ObjectKey key, JsonObject? arguments, CancellationToken stopping, TransferEnd? end = null)
    {
        var record = OperationRecords.Of(requester, operation, key, arguments);
        try
        {
            var (pool, target, checkedArguments, connection) = Look();
            if (operation.Bytes != end switch { TransferTarget => TransferDirection.Out, TransferSource => TransferDirection.In, _ => TransferDirection.None })
                throw new OperationRefusedException($"{operation.Name} {(operation.Bytes == TransferDirection.None ? "neither sends nor takes" : operation.Bytes == TransferDirection.Out ? "sends" : "takes")} bytes; "
                    + "it is called by the API's addresses for that.", RefusalReason.BadArguments);
            var plan = new PlannedOperation(operation, key, pool.NameOf(target), requester, OperationRecords.ArgumentsOf(operation, arguments));
            // Meanwhile all may have become different.
            if (await AskGuardsAsync(plan, stopping))
                (pool, target, checkedArguments, connection) = Look();

            // What passes through us from host to host has its turn; what somebody sends or receives is on its way already.
            var route = queue is null ? null : operation.Route(pool, target, checkedArguments);
            if (route is not null && queue!.Full is { } full)
                throw new OperationRefusedException(full);

            var begun = await audit.AppendAsync(record with { Outcome = AuditOutcome.Begun }, stopping);
            var run = new OperationRun(operation, key, pool.NameOf(target), requester, begun) { Transfer = end?.Progress, IsWaiting = route is not null, Arguments = plan.Arguments };
            LogBegun(requester.Actor.Name, operation.Name, run.TargetName, key);
            Remember(run);
            if (queue is not null && (route is not null || operation.IsTransfer))
                await queue.AddAsync(run, arguments, route?.To.Pool, waits: route is not null);
            _ = route is not null ? WaitAndRunAsync(run, (JsonObject?)arguments?.DeepClone(), stopping)
                : RunAsync(run, WorkOf(run, pool, target, checkedArguments, connection, end, stopping));
            return run;
        }
        catch (OperationRefusedException refused)
        {
            LogRefused(requester.Actor.Name, operation.Name, key, refused.Message);
            await WriteAsync(record with { Outcome = AuditOutcome.Refused, Message = refused.Message });
            throw;
        }
        catch (AuditException unwritten)
        {
            throw new OperationRefusedException($"Nothing can be done without writing it down. {unwritten.Message}");
        }

        (PoolPicture Pool, XapiObject Target, OperationArguments Given, XapiConnection Connection) Look()
        {
            var (pool, target) = _admission.Find(key);
            record = record with { Target = record.Target! with { Name = pool.NameOf(target) } };
            var (given, others) = _admission.Check(requester.Actor, operation, pool, target, key, arguments);
            record = record with { Actor = record.Actor with { Role = _admission.RolesOf(requester.Actor, operation, key, given) } };
            if (_admission.ObstacleTo(requester.Actor, operation, pool, target, given) is { } obstacle)
                throw new OperationRefusedException(obstacle);
            var connection = Reach(key.Pool);
            foreach (var other in others)
                Reach(other);
            return (pool, target, given, connection);
        }
    }

    /// <summary>
    /// Whether <see cref="StartAsync"/> would begin it now: null when it would, else what is in the way, in words. Nothing is called and nothing recorded, and no guard is asked. Fails like
    /// the other where an object, a right or an argument is the reason.
    /// </summary>
    /// <param name="isNow">The pool has to be in reach, too.</param>
    public string? Review(Requester requester, Operation operation, ObjectKey key, JsonObject? arguments, bool isNow = false)
    {
        var (pool, target) = _admission.Find(key);
        var (given, others) = _admission.Check(requester.Actor, operation, pool, target, key, arguments);
        var obstacle = _admission.ObstacleTo(requester.Actor, operation, pool, target, given);
        if (isNow && obstacle is null)
            foreach (var one in others.Prepend(key.Pool))
                Reach(one);
        return obstacle;
    }

    /// <summary>Lists an operation that a stop of the server interrupted, as one that has ended so.</summary>
    /// <param name="isTold">The audit has its end already.</param>
    internal async Task RememberInterruptedAsync(Operation operation, AuditEntry begun, string words, bool isTold)
    {
        if (begun.Record is not { Target: { Pool: { } pool } target, Actor: var actor } record)
            return;
        var run = new OperationRun(operation, new(pool, target.Id), target.Name, new(new(actor.Id, actor.Name), record.Face ?? Requester.Server.Face, record.Address), begun);
        run.TryEnd(new(OperationEnd.Failed, words));
        Remember(run);
        if (queue is not null)
            await queue.InterruptAsync(begun.Number, words);
        if (!isTold)
            await WriteAsync(OperationRecords.EndOf(run, null, time.GetUtcNow()));
        run.Complete();
    }

    /// <summary>Takes up one that waited when an earlier start of the server ended: it has its old place and number, and its rights are asked for when its turn comes.</summary>
    internal void TakeUp(ListedTransfer waiting, Operation operation, AuditEntry begun, CancellationToken stopping)
    {
        var record = waiting.Record;
        var arguments = record.Arguments is { } given ? (JsonObject?)JsonNode.Parse(given) : null;
        var run = new OperationRun(operation, record.Target, record.Name, record.Requester, begun) { IsWaiting = true, Arguments = OperationRecords.ArgumentsOf(operation, arguments) };
        waiting.Run = run;
        Remember(run);
        _ = WaitAndRunAsync(run, arguments, stopping);
    }

    /// <summary>Everything that was asked when it was put into the queue is asked again when its turn comes, and the rights for as long as it runs.</summary>
    private async Task WaitAndRunAsync(OperationRun run, JsonObject? arguments, CancellationToken stopping)
    {
        OperationWork work;
        try
        {
            await queue!.TurnAsync(run, () => RouteNow(run, arguments), stopping);
            run.IsWaiting = false;
            work = await AdmitAsync(run, arguments, stopping);
        }
        catch (OperationRefusedException refused)
        {
            await EndAsync(run, new(OperationEnd.Failed, $"When its turn came, it could not begin. {refused.Message}"));
            return;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It stands in the queue still, and waits on when the server is back.
            run.TryEnd(new(OperationEnd.Unknown, "The server stopped while it waited; it goes on when the server is back."));
            run.Complete();
            return;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(run, new(OperationEnd.Cancelled, "It was taken out of the queue before it began."));
            return;
        }

        using var over = new CancellationTokenSource();
        var watching = WatchRightsAsync(run, arguments, over.Token);
        await RunAsync(run, work);
        await over.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<OperationWork> AdmitAsync(OperationRun run, JsonObject? arguments, CancellationToken stopping)
    {
        await AskGuardsAsync(new(run.Operation, run.Target, run.TargetName, run.Requester, run.Arguments), stopping);
        var (actor, operation) = (run.Requester.Actor, run.Operation);
        var (pool, target) = _admission.Find(run.Target);
        var (given, others) = _admission.Check(actor, operation, pool, target, run.Target, arguments);
        if (_admission.ObstacleTo(actor, operation, pool, target, given) is { } obstacle)
            throw new OperationRefusedException(obstacle);
        var connection = Reach(run.Target.Pool);
        foreach (var other in others)
            Reach(other);
        return WorkOf(run, pool, target, given, connection, null, stopping);
    }

    /// <summary>Null for what could not begin, which is said when its turn comes.</summary>
    private StreamRoute? RouteNow(OperationRun run, JsonObject? arguments)
    {
        try
        {
            var (pool, target) = _admission.Find(run.Target);
            return run.Operation.Route(pool, target, _admission.Check(run.Requester.Actor, run.Operation, pool, target, run.Target, arguments).Given);
        }
        catch (OperationRefusedException)
        {
            return null;
        }
    }

    private async Task WatchRightsAsync(OperationRun run, JsonObject? arguments, CancellationToken over)
    {
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(over))
            if (_admission.LostRight(run.Requester.Actor, run.Operation, run.Target, arguments) is { } words)
            {
                run.Cancel($"It was ended on the way, because {run.Requester.Actor.Name} may not do it any more. {words} Nothing of it stays.");
                return;
            }
    }

    /// <summary>Asks all guards that want to be asked, at once. Returns whether there were any; fails with <see cref="OperationRefusedException"/> when one objects.</summary>
    private async Task<bool> AskGuardsAsync(PlannedOperation plan, CancellationToken token)
    {
        var asked = _guards.Where(guard => guard.Guards(plan)).ToList();
        var objections = await Task.WhenAll(asked.Select(guard => guard.ObjectionAsync(plan, token)));
        return objections.FirstOrDefault(words => words is not null) is { } objection ? throw new OperationRefusedException(objection, RefusalReason.Vetoed) : asked.Count > 0;
    }

    private OperationWork WorkOf(
        OperationRun run, PoolPicture pool, XapiObject target, OperationArguments given, XapiConnection connection, TransferEnd? end, CancellationToken stopping) =>
        new(run, pool, target, given, connection, new(store, watch, pool.Uuid), new(store, pools, time, pool.Uuid), time, end, stopping, there => Elsewhere(there, given, stopping), leftovers);

    private XapiConnection Reach(string pool) => pools.Find(pool)
        ?? throw new OperationRefusedException("Its pool is out of reach at the moment; administrators see why under Settings → Pools.", RefusalReason.OutOfReach);

    private OperationWork Elsewhere(Located<XapiObject> there, OperationArguments arguments, CancellationToken stopping)
    {
        var pool = there.Pool.Uuid;
        return new(null, there.Pool, there.Object, arguments, pools.Find(pool) ?? throw new OperationFailedException($"{there.Pool.Name()} has just gone out of reach. Try again when it is back."),
            new(store, watch, pool), new(store, pools, time, pool), time, null, stopping);
    }

    private async Task RunAsync(OperationRun run, OperationWork work)
    {
        try
        {
            await run.Operation.RunAsync(work);
            run.TryEnd(await SuccessAsync(run, work));
        }
        catch (XapiFailureException failure)
        {
            run.TryEnd(await UndoneAsync(Failure(run, failure.Code, failure.Parameters), work, isReachable: true));
        }
        catch (OperationFailedException failure)
        {
            run.TryEnd(await UndoneAsync(new(OperationEnd.Failed, access.Shown(run.Requester.Actor, run.Target.Pool, failure.Message)), work, isReachable: true));
        }
        catch (Exception broken) when (broken is XapiException or TaskLostException)
        {
            run.TryEnd(await UndoneAsync(new(OperationEnd.Unknown,
                $"{access.Shown(run.Requester.Actor, run.Target.Pool, broken.Message)} Whether it was done shows in {run.TargetName} itself."), work, isReachable: false));
        }
        catch (OperationCanceledException)
        {
            run.TryEnd(await UndoneAsync(
                new(OperationEnd.Unknown, $"The server stopped while this was going on. Whether it was done shows in {run.TargetName} itself."), work, isReachable: false));
        }
        catch (Exception unexpected)
        {
            LogBroken(unexpected, run.Operation.Name, run.TargetName);
            run.TryEnd(await UndoneAsync(new(OperationEnd.Unknown, "An internal error; the server's log has the details."), work, isReachable: false));
        }

        await ToldAsync(run, work);
    }

    /// <summary>Ends one that never began at a host.</summary>
    private Task EndAsync(OperationRun run, OperationResult result)
    {
        run.TryEnd(result);
        return ToldAsync(run, null);
    }

    /// <summary>Writes its end down, before those who wait for it go on.</summary>
    private async Task ToldAsync(OperationRun run, OperationWork? work)
    {
        try
        {
            if (work?.Leftover is { } leftover)
                await leftovers!.EndAsync(leftover.Mark, isClean: !work.LeavesBehind);
            if (queue is not null)
                await queue.EndAsync(run);
            LogEnded(run.Requester.Actor.Name, run.Operation.Name, run.TargetName, run.Target, run.Result!.End, run.Result.Code ?? "");
            await WriteAsync(OperationRecords.EndOf(run, store.Current.Pool(run.Result.Made?.Pool ?? run.Target.Pool), time.GetUtcNow()));
            foreach (var watcher in _watchers)
                watcher.Ended(run);
        }
        finally
        {
            run.Complete();
        }
    }

    /// <summary>What was made is named by its uuid, and is in the store before anybody hears of it: the next question about it finds it.</summary>
    private async Task<OperationResult> SuccessAsync(OperationRun run, OperationWork work)
    {
        ObjectKey? made = work.Result is { } result ? new(result.At.Pool.Uuid, await result.At.AskAsync($"{XapiCodec.For(result.Class).WireName}.get_uuid", result.Ref)) : null;
        if (made is { } key)
        {
            await SeenAsync(key, work.Token);
            await GiveAsync(run, work, key);
        }

        var words = work.Notes.Count == 0 ? OperationResult.Success.Message : string.Join(' ', work.Notes.Select(n => access.Shown(run.Requester.Actor, run.Target.Pool, n)).Prepend(OperationResult.Success.Message));
        run.Progress = 1;
        return new(OperationEnd.Succeeded, words) { Made = made, HasNotes = work.Notes.Count > 0, Answer = work.Answer };
    }

    /// <summary>Who made something keeps it in sight.</summary>
    private async Task GiveAsync(OperationRun run, OperationWork work, ObjectKey key)
    {
        if (grants is null || store.Current.Pool(key.Pool) is not { } pool || pool.GetByUuid(key.Uuid) is not { } made)
            return;
        var roles = MakersRoles.For(access, run.Requester.Actor, run.Operation, new(store.Current.Pool(run.Target.Pool) ?? work.Pool, work.Target), new(pool, made));
        if (roles.Count > 0 && await grants.GiveAsync(run.Requester, key, roles, work.Token) is { } why)
            work.Note($"It could not be given to {run.Requester.Actor.Name}: {why}");
    }

    private async Task SeenAsync(ObjectKey key, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(s_patienceWithEvents, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, token);
        using var signals = store.Subscribe();
        try
        {
            for (var now = signals.Present; now.Pool(key.Pool)?.GetByUuid(key.Uuid) is null;)
                now = (await signals.NextAsync(either.Token)).Now;
        }
        catch (OperationCanceledException)
        {
            // It was made all the same; a pool that has just gone silent tells of it later.
        }
    }

    private static async Task<OperationResult> UndoneAsync(OperationResult failure, OperationWork work, bool isReachable)
    {
        var left = await work.UndoAsync(isReachable);
        if (left.Count > 0 || !isReachable)
            work.LeaveBehind();
        if (work.Done.Count > 0)
            failure = failure with { Message = $"{failure.Message} Done before that: {string.Join(", ", work.Done)}." };
        return left.Count == 0 ? failure : failure with { Message = $"{failure.Message} Left behind: {string.Join(", ", left)}." };
    }

    // The act is over or was not done: a record that cannot be written now is a matter for the log.
    private async Task WriteAsync(AuditRecord record)
    {
        try
        {
            await audit.AppendAsync(record, CancellationToken.None);
        }
        catch (AuditException unwritten)
        {
            LogUnwritten(unwritten, record.Action, record.Outcome);
        }
    }

    private OperationResult Failure(OperationRun run, string code, IReadOnlyList<string> parameters)
    {
        if (code == "TASK_CANCELLED" && run.CancelledBecause is { } why)
            return new(OperationEnd.Failed, why);
        // An error text names nothing that the requester may not view.
        var pool = store.Current.Pool(run.Target.Pool);
        var words = access.WordsFor(run.Requester.Actor, run.Target.Pool);
        parameters = [.. parameters.Select(words.OfValue)];
        return new(
            code == "TASK_CANCELLED" ? OperationEnd.Cancelled : OperationEnd.Failed,
            XapiErrorText.Of(code, parameters, reference => pool?.NameOfReference(reference) is { } name ? words.Of(name) : null),
            string.Join(' ', [code, .. parameters]));
    }

    private void Remember(OperationRun run)
    {
        lock (_gate)
        {
            var all = _recent.Insert(0, run);
            _recent = all.Count > MostRemembered && all.FindLastIndex(r => r.Result is not null) is >= 0 and var oldest ? all.RemoveAt(oldest) : all;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Actor} begins {Operation} on {Name} ({Key})")]
    private partial void LogBegun(string actor, string operation, string name, ObjectKey key);

    [LoggerMessage(LogLevel.Information, "{Operation} of {Actor} on {Name} ({Key}) ended: {End} {Code}")]
    private partial void LogEnded(string actor, string operation, string name, ObjectKey key, OperationEnd end, string code);

    [LoggerMessage(LogLevel.Information, "{Operation} of {Actor} on {Key} was refused: {Reason}")]
    private partial void LogRefused(string actor, string operation, ObjectKey key, string reason);

    [LoggerMessage(LogLevel.Error, "{Operation} on {Name} broke")]
    private partial void LogBroken(Exception exception, string operation, string name);

    [LoggerMessage(LogLevel.Error, "The audit does not tell that {Operation} ended as {Outcome}")]
    private partial void LogUnwritten(Exception exception, string operation, AuditOutcome outcome);
}
