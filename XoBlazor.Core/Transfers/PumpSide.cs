namespace XoBlazor.Core.Transfers;

/// <summary>
/// One side of a <see cref="Pump"/>: its steps, one at a time, each of which may be silent for so long. One clock is set anew for each step, which costs nothing; a source
/// of cancellation for each would cost a kilobyte.
/// </summary>
internal sealed class PumpSide : IDisposable
{
    private readonly bool _isSource;
    private readonly TimeSpan _silence;
    private readonly CancellationToken _given;
    private readonly CancellationTokenSource _end;
    private readonly ITimer _clock;
    private volatile bool _isSilent;

    public PumpSide(bool isSource, TimeSpan silence, TimeProvider time, CancellationToken given)
    {
        (_isSource, _silence, _given) = (isSource, silence, given);
        _end = CancellationTokenSource.CreateLinkedTokenSource(given);
        _clock = time.CreateTimer(static side => ((PumpSide)side!).FallSilent(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the side is to stop, or was silent for too long.</summary>
    public CancellationToken Token => _end.Token;

    public void Begin() => _clock.Change(_silence, Timeout.InfiniteTimeSpan);

    public void End() => _clock.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public Task StopAsync() => _end.CancelAsync();

    /// <summary>What a step's failure means.</summary>
    public Exception Failure(Exception failed) =>
        _given.IsCancellationRequested ? new OperationCanceledException(_given)
        : failed is not OperationCanceledException ? new PumpException(_isSource, failed)
        : _isSilent ? new PumpException(_isSource, new TimeoutException($"nothing came through for {_silence.TotalMinutes:0.#} minutes"))
        : failed;

    public void Dispose()
    {
        _clock.Dispose();
        _end.Dispose();
    }

    private void FallSilent()
    {
        _isSilent = true;
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at the very moment.
        }
    }
}
