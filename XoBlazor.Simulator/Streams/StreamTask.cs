using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Streams;

/// <summary>
/// The task in which a stream runs: the one that the client names, which is ended and stays, or one of its own, which is gone at the end
/// (xapi-protocol.md §8.1). Cancelling it ends the stream at once, also while nothing moves.
/// </summary>
internal sealed class StreamTask : IAsyncDisposable
{
    private readonly PoolSimulator _pool;
    private readonly CancellationTokenSource _end;
    private readonly Task _watching;
    private readonly bool _isOwn;
    private int _percent;

    private StreamTask(PoolSimulator pool, HttpContext http, DbObject row, bool isOwn)
    {
        (_pool, Row, _isOwn) = (pool, row, isOwn);
        _end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, pool.Stopping);
        row["allowed_operations"] = XapiValue.SetOf("cancel");
        _watching = WatchAsync();
    }

    public DbObject Row { get; }

    public string Ref => Row.Ref;

    /// <summary>Ends when the client has gone, the pool stops, or somebody cancelled the task.</summary>
    public CancellationToken Token => _end.Token;

    public bool IsCancelled { get; private set; }

    /// <summary>What is to go wrong with the stream; null for nothing.</summary>
    public Fault? Fault { get; init; }

    public static StreamTask Begin(PoolSimulator pool, HttpContext http, string label, Fault? fault) => Given(pool, http) is { } given
        ? new(pool, http, given, isOwn: false) { Fault = fault }
        : new(pool, http, Tasks.Create(pool, label, "", pool.Addresses.HostAt(http.Connection.LocalIpAddress)), isOwn: true) { Fault = fault };

    /// <summary>The task that the client names; null when it names none that is there.</summary>
    public static DbObject? Given(PoolSimulator pool, HttpContext http) =>
        http.Request.Query["task_id"].ToString() is { Length: > 0 } given && pool.Db.Exists("task", given) ? pool.Db.Get("task", given) : null;

    /// <summary>Tells how far the stream is, in whole percents.</summary>
    public void Progress(double fraction)
    {
        var percent = (int)(fraction * 100);
        if (percent <= _percent || !Row.Exists) return;
        _percent = percent;
        Row["progress"] = percent / 100.0;
    }

    /// <summary>To be called when all is done: the last moment to fail for a stream that is to.</summary>
    /// <exception cref="XapiException">It is to fail.</exception>
    public void Finish()
    {
        if (Fault is { Kind: FaultKind.StreamFailure }) throw FaultyStream.Failure();
    }

    public void Succeed(string result)
    {
        Tasks.Succeed(_pool, Row, result);
        if (_isOwn) Row.Destroy();
    }

    public void Fail(XapiException failure)
    {
        Tasks.Fail(_pool, Row, failure);
        if (_isOwn) Row.Destroy();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                var change = _pool.Db.NextChange;
                if (!Row.Exists) return;
                if (Row["current_operations"].AsMap.Entries.Any(entry => entry.Value.AsText == "cancel"))
                {
                    IsCancelled = true;
                    await _end.CancelAsync();
                    return;
                }

                await change.WaitAsync(_end.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or XapiException)
        {
            // The stream has ended, or its task was destroyed under it.
        }
    }
}
