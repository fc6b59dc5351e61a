using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations;

/// <summary>
/// Runs operations: asks <see cref="AccessEngine"/>, looks whether it is possible, calls the pool and follows the host's task through the
/// store until it ends. Nothing is written to the store: what an operation did comes back as events. Safe from any thread.
/// </summary>
public sealed partial class OperationRunner(
    ObjectStore store, TaskWatch watch, AccessEngine access, AuditLog audit, IPoolConnections pools, TimeProvider time, ILogger<OperationRunner> logger)
{
    private const int MostRemembered = 200;

    private readonly Lock _gate = new();
    private ImmutableList<OperationRun> _recent = [];

    /// <summary>The newest operations first, running ones and a bounded number of ended ones.</summary>
    public IReadOnlyList<OperationRun> Recent => _recent;

    /// <summary>
    /// Begins an operation, once it stands in the audit. Fails with <see cref="OperationRefusedException"/> before any host is called when the requester has no
    /// right, the object is not there, it is not possible or cannot be recorded; from then on every end is a result of the run.
    /// <paramref name="stopping"/> gives up waiting, not the host's work.
    /// </summary>
    public async Task<OperationRun> StartAsync(
        Requester requester, Operation operation, ObjectKey key, IReadOnlyDictionary<string, string>? arguments, CancellationToken stopping)
    {
        var record = OperationRecords.Of(requester, operation, key, arguments);
        try
        {
            var pool = store.Current.Pool(key.Pool);
            var target = pool?.GetByUuid(key.Uuid) ?? pool?.Get(key.Uuid);
            // The object that is judged is the one that is worked on, and for someone who may not view it, it is not there.
            if (pool is null || target is null)
                throw new OperationRefusedException(AccessEngine.NoSuchObject(key));
            record = record with { Target = record.Target! with { Name = pool.NameOf(target) } };
            if (access.Refusal(requester.Actor, operation.Right, pool, target) is { } refusal)
                throw new OperationRefusedException(refusal);
            if (target.Class != operation.Target)
                throw new OperationRefusedException($"{operation.Name} works on another class of object than {pool.NameOf(target)} is.");
            if (operation.Obstacle(pool, target) is { } obstacle)
                throw new OperationRefusedException(obstacle);
            var checkedArguments = OperationArguments.Check(operation, arguments);
            var connection = pools.Find(key.Pool)
                ?? throw new OperationRefusedException("Its pool is out of reach at the moment; administrators see why under Settings → Pools.");

            var begun = await audit.AppendAsync(record with { Outcome = AuditOutcome.Begun }, stopping);
            var run = new OperationRun(operation, key, pool.NameOf(target), requester, begun);
            LogBegun(requester.Actor.Name, operation.Name, run.TargetName, key);
            Remember(run);
            _ = RunAsync(run, connection, target, checkedArguments, stopping);
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

    private async Task RunAsync(OperationRun run, XapiConnection connection, XapiObject target, OperationArguments arguments, CancellationToken stopping)
    {
        try
        {
            var task = await run.Operation.BeginAsync(connection, target, arguments, stopping);
            if (task.IsNull)
            {
                run.TryEnd(OperationResult.Success);
            }
            else
            {
                run.Task = task;
                await FollowAsync(run, task, stopping);
                // The host keeps ended tasks of asynchronous calls until they are destroyed; a task still running stays for people to see.
                if (run.Result?.End is OperationEnd.Succeeded or OperationEnd.Failed or OperationEnd.Cancelled)
                    await connection.CallAsync("task.destroy", [task.ToString()], stopping);
            }
        }
        catch (XapiFailureException failure)
        {
            // A task that is already gone needs no destroying: TryEnd keeps the result that is there.
            run.TryEnd(Failure(run, failure.Code, failure.Parameters));
        }
        catch (XapiException broken)
        {
            run.TryEnd(new(OperationEnd.Unknown, $"{broken.Message} Whether it was done shows in {run.TargetName} itself."));
        }
        catch (OperationCanceledException)
        {
            run.TryEnd(new(OperationEnd.Unknown, $"The server stopped while this was going on. Whether it was done shows in {run.TargetName} itself."));
        }
        catch (Exception unexpected)
        {
            LogBroken(unexpected, run.Operation.Name, run.TargetName);
            run.TryEnd(new(OperationEnd.Unknown, "An internal error; the server's log has the details."));
        }

        LogEnded(run.Requester.Actor.Name, run.Operation.Name, run.TargetName, run.Target, run.Result!.End, run.Result.Code ?? "");
        await WriteAsync(OperationRecords.EndOf(run, time.GetUtcNow()));
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

    private async Task FollowAsync(OperationRun run, XenRef<XapiTask> task, CancellationToken stopping)
    {
        using var watching = watch.Watch(run.Target.Pool, task.Value!, Look);
        // The event may have come before the answer to the call.
        if (store.Current.Pool(run.Target.Pool)?.Get(task) is { } present)
            Look(present, IsListing: false);
        await run.Completion.WaitAsync(stopping);

        void Look(XapiTask? state, bool IsListing)
        {
            if (IsListing)
                state = store.Current.Pool(run.Target.Pool)?.Get(task);
            if (state is null)
                run.TryEnd(new(OperationEnd.Unknown, $"The host lost the task, probably because its toolstack restarted. Whether it was done shows in {run.TargetName} itself."));
            else
                See(run, state);
        }
    }

    private void See(OperationRun run, XapiTask task)
    {
        run.Progress = Math.Clamp(task.Progress, 0, 1);
        switch (task.Status)
        {
            case XapiTaskStatus.Success:
                run.TryEnd(OperationResult.Success);
                break;
            case XapiTaskStatus.Failure:
                run.TryEnd(task.ErrorInfo is [var code, .. var parameters] ? Failure(run, code, parameters) : new(OperationEnd.Failed, "The host gave no reason."));
                break;
            case XapiTaskStatus.Cancelled:
                run.TryEnd(new(OperationEnd.Cancelled, "Cancelled."));
                break;
            case XapiTaskStatus.Pending or XapiTaskStatus.Cancelling or XapiTaskStatus.Unrecognised:
                break;
        }
    }

    private OperationResult Failure(OperationRun run, string code, IReadOnlyList<string> parameters)
    {
        var pool = store.Current.Pool(run.Target.Pool);
        return new(
            code == "TASK_CANCELLED" ? OperationEnd.Cancelled : OperationEnd.Failed,
            XapiErrorText.Of(code, parameters, NameOf),
            string.Join(' ', [code, .. parameters]));

        // An error text names nothing that the requester may not view.
        string? NameOf(string reference) =>
            pool?.Get(reference) is { } named && access.Allows(run.Requester.Actor, Right.View, pool, named) ? pool.NameOf(named) : null;
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
