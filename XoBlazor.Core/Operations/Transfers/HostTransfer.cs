using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// One stream between a host and the other end of its operation. The host's task is the truth about it, never the HTTP status: a host says 200 before it has read an
/// upload, and a download that fails only ends early (xapi-protocol.md §8.1). What the host gives as its reason goes before what we saw of the line.
/// </summary>
internal static class HostTransfer
{
    private const int MostRedirects = 5;

    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(5);

    /// <summary>How long a host may take to tell why, once a line has broken.</summary>
    private static readonly TimeSpan s_patienceForReason = TimeSpan.FromSeconds(10);

    /// <summary>From the host. Returns the task's result.</summary>
    public static Task<string> OutAsync(OperationWork work, HostHandler handler, TransferHead head)
    {
        var target = work.End as TransferTarget ?? throw new InvalidOperationException($"{handler.Label} needs somewhere to put its bytes");
        return RunAsync(work, target, "GET", handler, null, async (exchange, token) =>
        {
            // The first bytes come before the word is given to the other end: until then a failure is told as one.
            var first = new byte[64];
            var length = await OnSideAsync(true, () => exchange.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, token).AsTask());
            if (first.AsSpan(0, length).StartsWith("HTTP/1.1 5"u8))
                throw new PumpException(true, new NotJsonException(500, ""));
            var bytes = await OnSideAsync(false, () => target.BeginAsync(head, token));
            await Pump.CopyAsync(new PrefixedStream(first.AsMemory(0, length), exchange), bytes, s_silence, work.Time, target.Count, token);
        });
    }

    /// <summary>To the host. Returns the task's result.</summary>
    public static Task<string> InAsync(OperationWork work, HostHandler handler) =>
        InAsync(work, handler, work.End as TransferSource ?? throw new InvalidOperationException($"{handler.Label} needs something to send"));

    public static Task<string> InAsync(OperationWork work, HostHandler handler, TransferSource source) =>
        RunAsync(work, source, "PUT", handler, source.Length, async (exchange, token) =>
        {
            await Pump.CopyAsync(source.Stream, exchange, s_silence, work.Time, source.Count, token);
            if (source.Length is { } announced && source.Bytes != announced)
                throw new PumpException(true, new EndOfStreamException($"{announced} bytes were announced, {source.Bytes} came"));
        });

    private static async Task<string> RunAsync(OperationWork work, TransferEnd end, string verb, HostHandler handler, long? length, Func<HostExchange, CancellationToken, Task> move)
    {
        var task = await work.Connection.CallRefAsync<XapiTask>("task.create", [handler.Label, ""], work.Token);
        using var following = CancellationTokenSource.CreateLinkedTokenSource(work.Token);
        using var moving = CancellationTokenSource.CreateLinkedTokenSource(work.Token, end.Gone);
        var verdict = work.FollowAsync(task, following.Token);
        // A host that gives up may keep the line open without reading.
        _ = verdict.ContinueWith(_ => moving.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var at = handler.At;
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                await using var exchange = await work.Connection.ExchangeAsync(at, verb, $"{handler.Target}{(handler.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}task_id={task}", length, moving.Token);
                if (exchange.Status is 301 or 302 or 303 or 307 && redirects < MostRedirects)
                {
                    at = HostEndpoints.Named(work, exchange.Location);
                    continue;
                }

                if (exchange.Status != 200)
                    throw new NotJsonException(exchange.Status, "");
                await move(exchange, moving.Token);
                // The line stays open until the host has said how it went: it may still be reading.
                return await verdict;
            }
        }
        catch (Exception failed) when (!work.Token.IsCancellationRequested)
        {
            var fromUs = end.Gone.IsCancellationRequested || failed is PumpException { IsSource: var isSource } && isSource == (verb == "PUT");
            if (fromUs && !verdict.IsFaulted)
                await CancelAsync(work, task);
            var told = await ReasonAsync(work, verdict, following);
            if (told is null && !fromUs && verb == "PUT" && verdict.IsCompletedSuccessfully)
                return await verdict;
            if (fromUs)
                throw new OperationFailedException(Words(work, end, verb, failed));
            // What we could not understand the host has nothing to say about, but that we went.
            throw told is not null and not OperationCanceledException && failed is not XapiUnreachableException { Reason: UnreachableReason.BadAnswer or UnreachableReason.NotXapi } ? told
                : failed is OperationFailedException ? failed : work.Connection.Broken(failed is PumpException { InnerException: { } why } ? why : failed, at);
        }
    }

    /// <summary>How the task ended, if it does soon; null when it succeeded or says nothing.</summary>
    private static async Task<Exception?> ReasonAsync(OperationWork work, Task<string> verdict, CancellationTokenSource following)
    {
        await Task.WhenAny(verdict, Task.Delay(s_patienceForReason, work.Time, work.Token));
        if (!verdict.IsCompleted)
            await following.CancelAsync();
        await ((Task)verdict).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return verdict.Exception?.InnerException;
    }

    private static async Task CancelAsync(OperationWork work, XenRef<XapiTask> task)
    {
        try
        {
            await work.CallAsync("task.cancel", XapiValue.Ref(task));
        }
        catch (XapiException)
        {
            // It has ended, or the host cannot be asked; the line is cut in any case.
        }
    }

    private static string Words(OperationWork work, TransferEnd end, string verb, Exception failed)
    {
        var so = SizeText.Write(end.Bytes);
        var why = failed is PumpException { InnerException: { } inner } ? $" ({inner.Message.TrimEnd('.')})" : "";
        return verb == "GET" ? $"Whoever received it stopped after {so}{why}. Nothing of {work.Pool.NameOf(work.Target)} was changed; begin again."
            : $"Whoever sent it stopped after {so}{why}. What was written until then is not to be used; send it again.";
    }

    /// <summary>A failure tells whose side it was on.</summary>
    private static async Task<T> OnSideAsync<T>(bool isSource, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new PumpException(isSource, failed);
        }
    }
}

/// <summary>One of a host's HTTP handlers, to be asked.</summary>
/// <param name="Label">What the host's task is called.</param>
/// <param name="Target">Path and query, without session and task.</param>
/// <param name="At">The member to ask first; null for the coordinator.</param>
internal sealed record HostHandler(string Label, string Target, XapiEndpoint? At = null);
