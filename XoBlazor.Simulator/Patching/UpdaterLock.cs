namespace XoBlazor.Simulator.Patching;

/// <summary>
/// One operation of a host's updater at a time, as its lock file has it: an update waits a while for a question to end, everything else is sent
/// away at once.
/// </summary>
internal sealed class UpdaterLock(TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(1, 1);
    private volatile string? _operation;

    /// <summary>Takes the lock until the answer is disposed.</summary>
    /// <exception cref="UpdaterException">Something else runs.</exception>
    public async Task<IDisposable> TakeAsync(string operation, CancellationToken cancellation)
    {
        if (operation == "update" && _operation == "update") throw new UpdaterException("Update already in progress");
        if (!await WaitAsync(operation == "update" ? s_patience : TimeSpan.Zero, cancellation)) throw Busy(_operation ?? "<UNKNOWN>");
        _operation = operation;
        return new Holder(this);
    }

    public static UpdaterException Busy(string operation) => new($"The updater plugin is busy (current operation: {operation})");

    private async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        if (_free.Wait(TimeSpan.Zero, cancellation)) return true;
        if (patience == TimeSpan.Zero) return false;
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _free.WaitAsync(end.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class Holder(UpdaterLock taken) : IDisposable
    {
        public void Dispose()
        {
            taken._operation = null;
            taken._free.Release();
        }
    }
}
