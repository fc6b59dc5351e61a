using XoBlazor.Core.Pools;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// The export of one host piped into the import of another: two pieces are held, each is looked at before it is handed on, and nothing is kept. Whoever is slow slows the
/// other and nobody else.
/// </summary>
internal static class HostPipe
{
    /// <summary>After a failure or a cancellation the importing host takes away what it made; so long it is waited for.</summary>
    private static readonly TimeSpan s_patienceWithCleaning = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Returns the result of the import's task, when both hosts say that all went well and what passed was whole. Fails otherwise, with what went wrong first and where; an
    /// import that had succeeded nevertheless is told to <paramref name="made"/>.
    /// </summary>
    /// <param name="arrived">Is handed the result of the import before its host may forget it.</param>
    /// <param name="made">Is handed the result of an import that must not stay.</param>
    public static async Task<string> RunAsync(OperationWork from, HostHandler export, OperationWork to, HostHandler import, XvaWatch watch, Func<string, Task> arrived, Func<string, Task> made)
    {
        await using var source = await HostStream.BeginAsync(from, export);
        await using var target = await HostStream.BeginAsync(to, import);
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(from.Token, from.Cancelling, source.Failed, target.Failed);
        var bytes = 0L;
        HostStream? culprit = null;
        try
        {
            // The one that is to take them goes first: it refuses before it costs anything.
            await using var taking = await OnAsync(target, target.OpenAsync("PUT", null, moving.Token));
            await using var giving = await OnAsync(source, source.OpenAsync("GET", null, moving.Token));
            try
            {
                var first = await OnAsync(source, HostTransfer.FirstAsync(giving, moving.Token));
                await Pump.CopyAsync(new PrefixedStream(first, giving), taking, HostTransfer.Silence, from.Time, Count, moving.Token, watch.AddAsync);
                await source.Verdict.WaitAsync(moving.Token);
                await watch.CompleteAsync();
                var result = await target.Verdict.WaitAsync(from.Cancelling);
                await arrived(result);
                return result;
            }
            catch (Exception failed)
            {
                // Asked before the lines are cut, after which both hosts fail.
                culprit = CulpritOf(failed, source, target);
                throw;
            }
        }
        catch (Exception failed) when (!from.Token.IsCancellationRequested)
        {
            throw await FailureAsync(from, source, target, failed, culprit ?? CulpritOf(failed, source, target), made);
        }

        void Count(int length) => from.Count(bytes += length);
    }

    /// <summary>Whose failure came first: a line that broke is the matter of the host whose line it was; else it is the task that has failed. Null for nobody's.</summary>
    private static HostStream? CulpritOf(Exception failed, HostStream source, HostStream target) => failed switch
    {
        PumpException { InnerException: XvaDamagedException } or XvaDamagedException => null,
        PumpException { IsSource: true } => source,
        PumpException => target,
        SideException side => side.Stream,
        _ => source.Verdict.IsFaulted ? source : target.Verdict.IsFaulted ? target : null,
    };

    /// <summary>What went wrong, once both hosts have stopped.</summary>
    private static async Task<Exception> FailureAsync(OperationWork from, HostStream source, HostStream target, Exception failed, HostStream? culprit, Func<string, Task> made)
    {
        var isCancelled = from.Cancelling.IsCancellationRequested;
        var damage = failed as XvaDamagedException ?? (failed as PumpException)?.InnerException as XvaDamagedException;
        var telling = isCancelled || culprit is null ? Task.FromResult<Exception?>(null) : culprit.ReasonAsync();
        await Task.WhenAll(new[] { source, target }.Where(stream => stream != culprit || isCancelled).Select(stream => stream.CancelAsync()));
        var told = await telling;
        await Task.WhenAll(source.ReasonAsync(s_patienceWithCleaning), target.ReasonAsync(s_patienceWithCleaning));
        if (target.Verdict.IsCompletedSuccessfully)
            await made(await target.Verdict);
        else if (!target.Verdict.IsFaulted && target.IsOpen)
            from.LeaveBehind();

        if (isCancelled)
            return new XapiFailureException("TASK_CANCELLED", []);
        if (damage is not null)
            return new OperationFailedException($"{damage.Message} Look at its storage in {source.Work.Pool.Name()}, and try again. Nothing of it stays in {target.Work.Pool.Name()}.");
        var why = failed is SideException { InnerException: { } inner } ? inner : failed;
        return culprit is null ? why : Named(culprit, culprit.Words(why, told));
    }

    /// <summary>A failure in words that say in which pool.</summary>
    private static Exception Named(HostStream culprit, Exception failure) => failure switch
    {
        XapiFailureException { Code: "TASK_CANCELLED" } => failure,
        XapiFailureException refused => new OperationFailedException(
            $"{culprit.Work.Pool.Name()}: {XapiErrorText.Of(refused, culprit.Work.Pool.NameOfReference)} ({string.Join(' ', [refused.Code, .. refused.Parameters])})"),
        XapiException or TaskLostException => new OperationFailedException($"{culprit.Work.Pool.Name()}: {failure.Message}"),
        _ => failure,
    };

    private static async Task<T> OnAsync<T>(HostStream stream, Task<T> step)
    {
        try
        {
            return await step;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new SideException(stream, failed);
        }
    }

    private sealed class SideException(HostStream stream, Exception why) : Exception(why.Message, why)
    {
        public HostStream Stream => stream;
    }
}
