using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
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
    IMakersGrants? grants = null, Leftovers? leftovers = null, RollingRuns? rolling = null)
{
    private const int MostRemembered = 200;

    private static readonly TimeSpan s_patienceWithEvents = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private ImmutableList<OperationRun> _recent = [];

    /// <summary>The newest operations first, running ones and a bounded number of ended ones.</summary>
    public IReadOnlyList<OperationRun> Recent => _recent;

    /// <summary>
    /// Begins an operation, once it stands in the audit. Fails with <see cref="OperationRefusedException"/> before any host is called when the requester has no
    /// right on the object or on one of those that are named with it, an object is not there, it is not possible or cannot be recorded; from then on every end is a
    /// result of the run. <paramref name="stopping"/> gives up waiting, not the host's work.
    /// </summary>
    /// <param name="end">Who sends or receives the bytes, where <see cref="Operation.Bytes"/> go along.</param>
    public async Task<OperationRun> StartAsync(Requester requester, Operation operation, ObjectKey key, JsonObject? arguments, CancellationToken stopping, TransferEnd? end = null)
    {
        var record = OperationRecords.Of(requester, operation, key, arguments);
        try
        {
            var (pool, target) = Find(key);
            record = record with { Target = record.Target! with { Name = pool.NameOf(target) } };
            var (checkedArguments, others) = Check(requester.Actor, operation, pool, target, key, arguments);
            record = record with { Actor = record.Actor with { Role = RolesOf(requester.Actor, operation, key, checkedArguments) } };
            if (ObstacleTo(requester.Actor, operation, pool, target, checkedArguments) is { } obstacle)
                throw new OperationRefusedException(obstacle);
            if (operation.Bytes != end switch { TransferTarget => TransferDirection.Out, TransferSource => TransferDirection.In, _ => TransferDirection.None })
                throw new OperationRefusedException($"{operation.Name} {(operation.Bytes == TransferDirection.None ? "neither sends nor takes" : operation.Bytes == TransferDirection.Out ? "sends" : "takes")} bytes; "
                    + "it is called by the API's addresses for that.", RefusalReason.BadArguments);
            var connection = Reach(key.Pool);
            foreach (var other in others)
                Reach(other);

            var begun = await audit.AppendAsync(record with { Outcome = AuditOutcome.Begun }, stopping);
            var run = new OperationRun(operation, key, pool.NameOf(target), requester, begun) { Transfer = end?.Progress };
            LogBegun(requester.Actor.Name, operation.Name, run.TargetName, key);
            Remember(run);
            _ = RunAsync(run, new(run, pool, target, checkedArguments, connection, new(store, watch, key.Pool), new(store, pools, time, key.Pool), time, end, stopping, there => Elsewhere(there, checkedArguments, stopping), leftovers));
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
    }

    /// <summary>
    /// Whether <see cref="StartAsync"/> would begin it now: null when it would, else what is in the way, in words. Nothing is called and nothing recorded. Fails like
    /// the other where an object, a right or an argument is the reason.
    /// </summary>
    /// <param name="isNow">The pool has to be in reach, too.</param>
    public string? Review(Requester requester, Operation operation, ObjectKey key, JsonObject? arguments, bool isNow = false)
    {
        var (pool, target) = Find(key);
        var (given, others) = Check(requester.Actor, operation, pool, target, key, arguments);
        var obstacle = ObstacleTo(requester.Actor, operation, pool, target, given);
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
        if (!isTold)
            await WriteAsync(OperationRecords.EndOf(run, null, time.GetUtcNow()));
    }

    private XapiConnection Reach(string pool) => pools.Find(pool)
        ?? throw new OperationRefusedException("Its pool is out of reach at the moment; administrators see why under Settings → Pools.", RefusalReason.OutOfReach);

    private OperationWork Elsewhere(Located<XapiObject> there, OperationArguments arguments, CancellationToken stopping)
    {
        var pool = there.Pool.Uuid;
        return new(null, there.Pool, there.Object, arguments, pools.Find(pool) ?? throw new OperationFailedException($"{there.Pool.Name()} has just gone out of reach. Try again when it is back."),
            new(store, watch, pool), new(store, pools, time, pool), time, null, stopping);
    }

    /// <summary>The object that is judged is the one that is worked on, and for someone who may not view it, it is not there.</summary>
    private (PoolPicture Pool, XapiObject Target) Find(ObjectKey key) =>
        store.Current.Pool(key.Pool) is { } pool && (pool.GetByUuid(key.Uuid) ?? pool.Get(key.Uuid)) is { } target
            ? (pool, target) : throw new OperationRefusedException(AccessEngine.NoSuchObject(key), RefusalReason.NotThere, key.Uuid);

    private string? ObstacleTo(Actor actor, Operation operation, PoolPicture pool, XapiObject target, OperationArguments arguments) =>
        (ReservedFor(operation, pool.Uuid) ?? operation.Obstacle(pool, target) ?? operation.Obstacle(pool, target, arguments)) is { } obstacle ? access.Shown(actor, pool.Uuid, obstacle) : null;

    /// <summary>While a rolling reboot goes on, nothing else changes the pool and its hosts; how it goes on is its own matter.</summary>
    private string? ReservedFor(Operation operation, string pool) =>
        operation.Right == RollingRights.Control || operation.Right == RollingRights.Reboot || operation.Right == RollingRights.Rehearse ? null : rolling?.Obstacle(pool, operation.Target, operation.Right);

    /// <summary>Every right that is needed, on every object that is touched by name or without; then what was given, and the other pools that it names something of.</summary>
    private (OperationArguments Given, IReadOnlyCollection<string> OtherPools) Check(Actor actor, Operation operation, PoolPicture pool, XapiObject target, ObjectKey asked, JsonObject? arguments)
    {
        if (!operation.Rights.Any(right => access.Allows(actor, right, pool, target)))
            throw NoRight(access.Refusal(actor, operation.Right, pool, target, asked)!, target, asked.Uuid);
        if (!operation.IsFor(target))
            throw new OperationRefusedException($"{operation.Name} works on another kind of object than {pool.NameOf(target)} is.", RefusalReason.BadArguments);
        var others = new List<(OperationParameter Parameter, Located<XapiObject> Named)>();
        var given = new ArgumentCheck(operation.Name, Find).Read(operation.Parameters, WithoutUnchanged(actor, operation, pool, target, arguments));
        if (operation.RightsFor(given).Select(right => access.Refusal(actor, right, pool, target, asked)).FirstOrDefault(words => words is not null) is { } refusal)
            throw NoRight(refusal, target, asked.Uuid);
        foreach (var further in operation.AlsoNeeds(pool, target, given))
        {
            var around = further.Pool ?? pool;
            if (access.Allows(actor, further.Right, around, further.On))
                continue;
            throw new OperationRefusedException(access.Allows(actor, Right.View, around, further.On)
                ? access.Refusal(actor, further.Right, around, further.On)!
                : $"For this {actor.Name} would need the right '{further.Right.Title}' on something that belongs to {pool.NameOf(target)} and is not {actor.Name}'s to view. Choose another, or ask an administrator.", RefusalReason.NoRight);
        }

        // Rights come first, all of them; only then is it said why something does not suit.
        foreach (var (parameter, named) in others)
            if (parameter.Unsuitable?.Invoke(named.Pool, target, named.Object) is { } unsuitable)
                throw new OperationRefusedException(access.Shown(actor, named.Pool.Uuid, unsuitable));
        return (given, [.. others.Select(other => other.Named.Pool.Uuid).Where(uuid => uuid != pool.Uuid).Distinct()]);

        object Find(OperationParameter parameter, string id)
        {
            if (Named(actor, parameter, pool, id) is not var (around, named))
                throw new OperationRefusedException(AccessEngine.NoSuchObject(new(pool.Uuid, ForeignText.Shown(id))), RefusalReason.NotThere, id);
            if (access.Refusal(actor, parameter.Right!, around, named) is { } forbidden)
                throw new OperationRefusedException(forbidden, RefusalReason.NoRight, id);
            if (!parameter.Classes.Contains(named.Class))
                throw new OperationRefusedException($"'{parameter.Name}' of {operation.Name} takes another kind of object than {around.NameOf(named)} is.", RefusalReason.BadArguments);
            others.Add((parameter, new(around, named)));
            return parameter.IsAnywhere ? new Located<XapiObject>(around, named) : named;
        }

        // Of what may not be viewed the words say that it is not there, and so does the reason; nor does it get another name than it was asked for by.
        OperationRefusedException NoRight(string words, XapiObject on, string id) =>
            new(words, access.Allows(actor, Right.View, pool, on) ? RefusalReason.NoRight : RefusalReason.NotThere, id);
    }

    /// <summary>The object that a parameter's value names, of those that the actor may view; null when there is none.</summary>
    private (PoolPicture Pool, XapiObject Object)? Named(Actor actor, OperationParameter parameter, PoolPicture own, string id)
    {
        var (snapshot, stroke) = (store.Current, id.IndexOf('/', StringComparison.Ordinal));
        IEnumerable<PoolPicture> places = !parameter.IsAnywhere ? [own]
            : stroke > 0 ? snapshot.Pool(id[..stroke]) is { } named ? [named] : []
            : snapshot.Pools.Where(pool => pool.Uuid != own.Uuid).Prepend(own);
        var sought = parameter.IsAnywhere && stroke > 0 ? id[(stroke + 1)..] : id;
        foreach (var place in places)
            if ((place.GetByUuid(sought) ?? place.Get(sought)) is { } found && access.Allows(actor, Right.View, place, found))
                return (place, found);
        return null;
    }

    /// <summary>
    /// Programs send whole forms: a value that is given as it is already changes nothing, and whoever may not change it does not stumble over it. It is left out,
    /// so that it cannot undo what somebody else changes meanwhile.
    /// </summary>
    private JsonObject? WithoutUnchanged(Actor actor, Operation operation, PoolPicture pool, XapiObject target, JsonObject? arguments)
    {
        if (arguments is null || operation.Rights.Length == 1)
            return arguments;
        var others = operation.Parameters
            .Where(one => arguments.TryGetPropertyValue(one.Name, out var given) && one.Present is { } present && !access.Allows(actor, operation.RightFor(one), pool, target)
                && JsonNode.DeepEquals(given, present(pool, target)))
            .Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return others.Count == 0 ? arguments : new(arguments.Where(one => !others.Contains(one.Key)).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
    }

    private string? RolesOf(Actor actor, Operation operation, ObjectKey key, OperationArguments given)
    {
        var roles = operation.RightsFor(given).Select(right => access.RolesOf(actor, right, key)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return roles.Count == 0 ? null : string.Join(", ", roles);
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

        if (work.Leftover is { } leftover)
            await leftovers!.EndAsync(leftover.Mark, isClean: !work.LeavesBehind);
        LogEnded(run.Requester.Actor.Name, run.Operation.Name, run.TargetName, run.Target, run.Result!.End, run.Result.Code ?? "");
        await WriteAsync(OperationRecords.EndOf(run, store.Current.Pool(run.Result.Made?.Pool ?? run.Target.Pool), time.GetUtcNow()));
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
        // An error text names nothing that the requester may not view.
        var pool = store.Current.Pool(run.Target.Pool);
        var words = access.WordsFor(run.Requester.Actor, run.Target.Pool);
        parameters = [.. parameters.Select(words.OfValue)];
        return new(
            code == "TASK_CANCELLED" ? OperationEnd.Cancelled : OperationEnd.Failed,
            XapiErrorText.Of(code, parameters, reference => pool?.Get(reference) is { } named ? words.Of(pool.NameOf(named)) : null),
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
