using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>
/// Moves a run on, step by step, until it is over, stands or the server stops. Between two steps it listens to what people want. A step whose pool went out of reach
/// is taken again when it is back: each asks the pool first what of it is done.
/// </summary>
internal sealed partial class RollingDriver(
    RollingRuns runs, ObjectStore store, TaskWatch watch, IPoolConnections pools, AccessEngine access, IMissingUpdates missing, IUpdateInstaller installer, AuditLog audit, IOptions<RollingOptions> options, TimeProvider time, ILogger<RollingDriver> logger)
{
    // A pool that goes away in the same step again and again is not restarting.
    private const int MostTries = 8;

    public async Task DriveAsync(Guid id, CancellationToken stopping)
    {
        var tries = 0;
        RollingNote? last = null;
        while (await ListenAsync(id, stopping) is { } run)
        {
            var unwanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var line = new RollingLine(store, watch, pools, time, run.Pool, unwanted.Task, stopping);
            tries = ReferenceEquals(last, run.Notes[^1]) ? tries : 0;
            last = run.Notes[^1];
            runs.Changed += Look;
            try
            {
                // It may have been wanted a moment before somebody listened.
                Look(runs.Find(id)!);
                // After a restart of ours the pool has to be known again. Whoever waits for a host waits for the pool, too.
                if (run.Current is not { Turn: RollingTurn.Returning } && !await line.UntilAsync(static picture => picture.Pool is not null, options.Value.PoolReturn))
                    throw new RollingStopException($"{run.PoolName} is out of reach. When it answers again, retry.");
                await new RollingSteps(runs, access, missing, installer, options.Value, line, id).TakeAsync(run);
            }
            catch (RollingStopException stop)
            {
                await StopAsync(run, stop.Message, stopping);
            }
            catch (XapiFailureException failure)
            {
                await StopAsync(run, line.Words(failure), stopping);
            }
            catch (Exception away) when (away is XapiException or TaskLostException)
            {
                LogAway(run.PoolName, away.Message);
                if (++tries > MostTries)
                    await StopAsync(run, $"{run.PoolName} goes out of reach again and again: {away.Message}", stopping);
            }
            finally
            {
                runs.Changed -= Look;
            }

            void Look(RollingRun now)
            {
                if (now.Id == id && now.Wish == RollingWish.Cancel)
                    unwanted.TrySetResult();
            }
        }
    }

    /// <summary>The run when it is to go on; null when it is to stand, or is over.</summary>
    private async Task<RollingRun?> ListenAsync(Guid id, CancellationToken stopping)
    {
        var run = await runs.ChangeAsync(id, run => (run.State, run.Wish) switch
        {
            (RollingState.Running, RollingWish.Pause) => (run with { State = RollingState.Paused, Wish = RollingWish.None }).Noting(runs.Now, "Paused."),
            (RollingState.Running, RollingWish.Cancel) when !run.IsCancelling => RollingCourse.Cancelling(run, runs.Now),
            _ => run,
        }, stopping);
        if (run.State != RollingState.Running)
            await TellAsync(run);
        return run.State == RollingState.Running ? run : null;
    }

    private async Task StopAsync(RollingRun run, string words, CancellationToken stopping)
    {
        LogStopped(run.PoolName, words);
        // Who wanted it to end early meanwhile need not say so again.
        await runs.ChangeAsync(run.Id, now => now is { Wish: RollingWish.Cancel, IsCancelling: false } ? now.Noting(runs.Now, words, isProblem: true, now.Current?.Uuid) : (now with { State = RollingState.Stopped, Problem = words, Wish = RollingWish.None }).Noting(runs.Now, $"Stopped: {words}", isProblem: true, now.Current?.Uuid), stopping);
    }

    /// <summary>Writes down the end of a run that nobody follows any more: the server was stopped in the middle, or the run had stopped and was taken up again.</summary>
    private async Task TellAsync(RollingRun run)
    {
        if (!run.IsOver || run.Act == 0 || runs.IsFollowed(run.Id))
            return;
        try
        {
            if (audit.Act(run.Act) is not { } act)
                return;
            await audit.AppendAsync(act.First with
            {
                Outcome = run.State == RollingState.Completed ? AuditOutcome.Succeeded : AuditOutcome.Cancelled,
                Of = act.Ended is null ? run.Act : null,
                Parameters = [],
                Message = "It was interrupted, and went on to its end.",
                Duration = run.Ended - run.Began,
            }, CancellationToken.None);
        }
        catch (AuditException unwritten)
        {
            LogUnwritten(unwritten, run.PoolName);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The rolling reboot or update of {Pool} stopped: {Problem}")]
    private partial void LogStopped(string pool, string problem);

    [LoggerMessage(LogLevel.Information, "In the rolling reboot or update of {Pool} the pool is waited for: {Problem}")]
    private partial void LogAway(string pool, string problem);

    [LoggerMessage(LogLevel.Error, "The audit does not tell how the rolling reboot or update of {Pool} ended")]
    private partial void LogUnwritten(Exception exception, string pool);
}
