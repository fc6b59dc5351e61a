using XoBlazor.Core.Model;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// One stream of a host's, in a task of its own. The task is the truth about it, never the HTTP status: a host says 200 before it has read an upload, and a download
/// that fails only ends early (xapi-protocol.md §8.1). Disposing ends the task's following, not the task.
/// </summary>
internal sealed class HostStream : IAsyncDisposable
{
    private const int MostRedirects = 5;

    /// <summary>
    /// Said to hosts of an upload whose length nobody knows: they take no chunks, and find the end by themselves. Xen Orchestra says the same (xapi-protocol.md §8.1).
    /// </summary>
    private const long UnknownLength = 1L << 50;

    /// <summary>How long a host may take to tell why, once a line has broken.</summary>
    private static readonly TimeSpan s_patienceForReason = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_patienceForRefusal = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_patienceWithCancelling = TimeSpan.FromSeconds(2);

    private readonly OperationWork _work;
    private readonly HostHandler _handler;
    private readonly XenRef<XapiTask> _task;
    private readonly CancellationTokenSource _following;
    private readonly CancellationTokenSource _failed = new();
    private XapiEndpoint? _at;

    private HostStream(OperationWork work, HostHandler handler, XenRef<XapiTask> task)
    {
        (_work, _handler, _task, _at) = (work, handler, task, handler.At);
        _following = CancellationTokenSource.CreateLinkedTokenSource(work.Token);
        // One that is marked is looked for after a restart, so it stays until what came of it is written down.
        Verdict = work.FollowAsync(task, _following.Token, forgets: handler.Mark.Length == 0);
        // A host that gives up may keep the line open without reading.
        _ = Verdict.ContinueWith(_ => _failed.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The task's result, or its failure.</summary>
    public Task<string> Verdict { get; }

    /// <summary>Cancelled as soon as the task has failed.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>The host has taken the request, and ends its task some day.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The pool and its connection.</summary>
    public OperationWork Work => _work;

    public static async Task<HostStream> BeginAsync(OperationWork work, HostHandler handler) =>
        new(work, handler, await work.Connection.CallRefAsync<XapiTask>("task.create", [handler.Label, handler.Mark], work.Token));

    /// <summary>Asks the host, and the member that it names instead; a refusal is a failure.</summary>
    /// <param name="length">Of what will be sent; null when nobody knows.</param>
    public async Task<HostExchange> OpenAsync(string verb, long? length, CancellationToken token)
    {
        length = verb == "PUT" ? length ?? UnknownLength : null;
        for (var redirects = 0; ; redirects++)
        {
            var exchange = await _work.Connection.ExchangeAsync(_at, verb, $"{_handler.Target}{(_handler.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}task_id={_task}", length, token);
            if (exchange.Status == 200)
            {
                IsOpen = true;
                return exchange;
            }

            await exchange.DisposeAsync();
            _at = exchange.Status is 301 or 302 or 303 or 307 && redirects < MostRedirects ? HostEndpoints.Named(_work, exchange.Location) : throw new NotJsonException(exchange.Status, "");
        }
    }

    /// <summary>Asks the host to give up, unless its task has ended.</summary>
    public async Task CancelAsync()
    {
        if (Verdict.IsCompleted)
            return;
        using var deadline = new CancellationTokenSource(s_patienceWithCancelling, _work.Time);
        try
        {
            await _work.Connection.CallAsync("task.cancel", [XapiValue.Ref(_task)], deadline.Token);
        }
        catch (Exception failed) when (failed is XapiException or OperationCanceledException)
        {
            // It has ended, or the host cannot be asked; the line is cut in any case.
        }
    }

    /// <summary>How the task ended, if it does soon; null when it succeeded or says nothing. One that says nothing is cancelled.</summary>
    public async Task<Exception?> ReasonAsync(TimeSpan? patience = null)
    {
        // Of a request that was refused the task is told at once, or never.
        await Task.WhenAny(Verdict, Task.Delay(patience ?? (IsOpen ? s_patienceForReason : s_patienceForRefusal), _work.Time, _work.Token));
        if (!Verdict.IsCompleted)
        {
            await CancelAsync();
            await _following.CancelAsync();
        }

        await ((Task)Verdict).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Verdict.Exception?.InnerException;
    }

    /// <summary>What went wrong on our side of the line, as a failure of this host's; what it said itself goes before.</summary>
    public Exception Words(Exception failed, Exception? told) =>
        // What we could not understand the host has nothing to say about, but that we went.
        told is not null and not OperationCanceledException && failed is not XapiUnreachableException { Reason: UnreachableReason.BadAnswer or UnreachableReason.NotXapi } ? told
            : failed is OperationFailedException ? failed : _work.Connection.Broken(failed is PumpException { InnerException: { } why } ? why : failed, _at);

    public async ValueTask DisposeAsync()
    {
        await _following.CancelAsync();
        await ((Task)Verdict).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // The task of a request that was never taken has nobody who would end it.
        if (_handler.Mark.Length > 0 && (Verdict.IsCompletedSuccessfully || Verdict.IsFaulted || !IsOpen))
            await _work.ForgetAsync(_task);
        _following.Dispose();
        _failed.Dispose();
    }
}

/// <summary>One of a host's HTTP handlers, to be asked.</summary>
/// <param name="Label">What the host's task is called.</param>
/// <param name="Target">Path and query, without session and task.</param>
/// <param name="At">The member to ask first; null for the coordinator.</param>
/// <param name="Mark">By what the task is known again after a restart of ours; empty for none.</param>
internal sealed record HostHandler(string Label, string Target, XapiEndpoint? At = null, string Mark = "");
