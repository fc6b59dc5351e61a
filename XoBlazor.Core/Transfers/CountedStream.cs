using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Transfers;

/// <summary>What comes from somewhere else: counted, and given up when nothing comes for too long, which is a <see cref="TimeoutException"/>. Disposing leaves it open.</summary>
internal sealed class CountedStream : ForwardStream
{
    private readonly TransferProgress _progress;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _end = new();
    private readonly ITimer _clock;

    public CountedStream(Stream source, TransferProgress progress, TimeSpan silence, TimeProvider time)
        : base(source)
    {
        (_progress, _silence) = (progress, silence);
        // One clock that is set anew costs nothing; one for each piece would.
        _clock = time.CreateTimer(static end => ((CancellationTokenSource)end!).Cancel(), _end, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A read that was cancelled is the last.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _clock.Change(_silence, Timeout.InfiniteTimeSpan);
        try
        {
            using var stop = cancellationToken.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
            var read = await Source.ReadAsync(buffer, _end.Token);
            _progress.Count(read);
            return read;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"nothing came for {_silence.TotalMinutes:0.#} minutes");
        }
        finally
        {
            _clock.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _clock.Dispose();
        _end.Dispose();
    }
}
