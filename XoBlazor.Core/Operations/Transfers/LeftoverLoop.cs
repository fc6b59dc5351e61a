using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations.Updates;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// Takes away what transfers and updates have left behind: those that a stop or a crash of the server interrupted, and those whose hosts could not be asked when they ended. An
/// interrupted one is listed as what it is, in the audit and among the operations.
/// </summary>
internal sealed partial class LeftoverLoop(
    Leftovers leftovers, ObjectStore store, TaskWatch watch, IPoolConnections pools, OperationCatalogue catalogue, OperationRunner runner, AuditLog audit, TimeProvider time, ILogger<LeftoverLoop> logger) : BackgroundService
{
    private const int MostLooks = 10;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, int> _looks = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var isMore = true;
            try
            {
                var all = await leftovers.FindAsync(stoppingToken);
                foreach (var leftover in all)
                    await CleanAsync(leftover, stoppingToken);
                isMore = !all.IsEmpty;
            }
            catch (Exception unread) when (unread is not OperationCanceledException)
            {
                LogUnread(unread);
            }

            await leftovers.WaitAsync(isMore ? s_again : s_rest, stoppingToken);
        }
    }

    private async Task CleanAsync(Leftover leftover, CancellationToken stopping)
    {
        if (At(leftover.Target.Pool, stopping) is not { } from || At(leftover.To, stopping) is not { } to)
            return;
        try
        {
            var looks = _looks[leftover.Mark] = _looks.GetValueOrDefault(leftover.Mark) + 1;
            var isLast = looks >= MostLooks;
            if (!await (UpdateTraces.IsOfUpdate(leftover) ? UpdateTraces.CleanAsync(leftover, from, isLast) : LeftoverCleaning.RunAsync(leftover, from, to, isLast)))
                return;
            _looks.Remove(leftover.Mark);
            await TellAsync(leftover, to.Pool);
            await leftovers.RemoveAsync(leftover.Mark, stopping);
            LogCleaned(leftover.Act, leftover.Target);
        }
        catch (Exception failed) when (failed is XapiException or AuditException)
        {
            LogFailed(failed, leftover.Act, leftover.Target);
        }
    }

    private OperationWork? At(string pool, CancellationToken stopping) =>
        store.Current.Pool(pool) is { Pool: { } about } picture && pools.Find(pool) is { } connection
            ? new(null, picture, about, OperationArguments.None, connection, new(store, watch, pool), new(store, pools, time, pool), time, null, stopping) : null;

    /// <summary>Tells the end that an interrupted operation could not tell itself; one of this run of the server has told its own.</summary>
    private async Task TellAsync(Leftover leftover, PoolPicture to)
    {
        if (runner.Recent.Any(run => run.Number == leftover.Act) || audit.Act(leftover.Act) is not { } act || catalogue.Find(act.First.Action) is not { } operation)
            return;
        var words = leftover.IsKept
            ? $"The server stopped in the middle of it. What was made is whole in {to.Name()}; what had to be done after that was not done."
            : "The server stopped in the middle of it. What it had made was taken away.";
        await runner.RememberInterruptedAsync(operation, act.Begun ?? act.Newest, words, isTold: act.Ended is not null);
    }

    [LoggerMessage(LogLevel.Information, "What operation {Act} on {Target} had left behind is taken away")]
    private partial void LogCleaned(long act, ObjectKey target);

    [LoggerMessage(LogLevel.Error, "What was left behind could not be looked up")]
    private partial void LogUnread(Exception exception);

    [LoggerMessage(LogLevel.Warning, "What operation {Act} on {Target} left behind cannot be taken away yet")]
    private partial void LogFailed(Exception exception, long act, ObjectKey target);
}
