using System.IO.Pipelines;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Api.Transfers;

/// <summary>
/// What somebody sends for an operation, in one request or, where the connection is lost, in several: each goes on where the one before it ended, and the host's side stays
/// open for <see cref="Grace"/> meanwhile. Nothing is kept: what was received has been handed to the host, or is among the few bytes on the way. Safe from any thread.
/// </summary>
internal sealed class Upload
{
    /// <summary>How long whoever sends may stay away.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>How long the end can be asked for.</summary>
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(2);

    private const int MostOnTheWay = 1 << 20;
    private const int Piece = 128 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: MostOnTheWay, resumeWriterThreshold: MostOnTheWay / 2, minimumSegmentSize: Piece, useSynchronizationContext: false));
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _gone = new();
    private readonly TransferOffer _offer;
    private readonly Func<TransferSource, Task<OperationRun>> _start;
    private readonly Func<TransferOffer, CancellationToken, Task<bool>> _mayGoOn;
    private readonly TimeProvider _time;
    private readonly ITimer _grace;
    private DateTimeOffset? _forgetAt;
    private OperationRun? _run;
    private bool _isWhole;
    private long _received;

    public Upload(TransferOffer offer, Func<TransferSource, Task<OperationRun>> start, Func<TransferOffer, CancellationToken, Task<bool>> mayGoOn, TimeProvider time)
    {
        (_offer, _start, _mayGoOn, _time) = (offer, start, mayGoOn, time);
        _forgetAt = time.GetUtcNow() + TransferDesk.Life;
        _grace = time.CreateTimer(_ => _gone.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TransferOwner Owner => _offer.Owner;

    /// <summary>In bytes; null when it is not known, and all has to come in one request.</summary>
    public long? Length => _offer.Length;

    /// <summary>How many bytes were received: where the next request goes on.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>It was never begun and nobody came, or ended and nobody asks any more.</summary>
    public bool IsForgotten(DateTimeOffset now)
    {
        lock (_gone)
            return _forgetAt <= now;
    }

    /// <summary>Whoever sends gives up.</summary>
    public void Cancel() => _gone.Cancel();

    /// <summary>
    /// Takes the next bytes, and when they were the last waits for the end of the operation. Null when there are more to come. Fails with
    /// <see cref="OperationRefusedException"/> when it cannot be begun, with <see cref="UploadOffsetException"/> where the bytes do not go on from what was received,
    /// and as the body does when the connection is lost.
    /// </summary>
    public async Task<OperationResult?> ReceiveAsync(Stream body, long offset, CancellationToken aborted)
    {
        await _turn.WaitAsync(aborted);
        try
        {
            _grace.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (offset != Received)
                throw new UploadOffsetException(Received);
            _run ??= await BeginAsync();
            await PassAsync(body, aborted);
            if (_run.Result is null && Length is { } length && Received < length)
                return null;
            _isWhole = true;
            await _pipe.Writer.CompleteAsync();
            return await _run.Completion.WaitAsync(aborted);
        }
        finally
        {
            // Nobody has to stay for what is at the host.
            if (_run is { Result: null } && !_isWhole)
                _grace.Change(Grace, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    private async Task PassAsync(Stream body, CancellationToken aborted)
    {
        try
        {
            while (_run!.Result is null)
            {
                var read = await body.ReadAsync(_pipe.Writer.GetMemory(Piece), aborted);
                if (read == 0)
                    return;
                if (Length is { } length && Received + read > length)
                    throw new UploadOffsetException(length);
                _pipe.Writer.Advance(read);
                Interlocked.Add(ref _received, read);
                // What was received stays received, whoever goes meanwhile.
                if ((await _pipe.Writer.FlushAsync(CancellationToken.None)).IsCompleted)
                    return;
            }
        }
        catch (Exception) when (Length is null)
        {
            // Nobody can go on with what has no known end.
            await _gone.CancelAsync();
            throw;
        }
    }

    private async Task<OperationRun> BeginAsync()
    {
        lock (_gone)
            _forgetAt = null;
        try
        {
            var run = await _start(new(_pipe.Reader.AsStream(), Length, _gone.Token));
            _ = FollowAsync(run);
            return run;
        }
        catch
        {
            await EndAsync();
            throw;
        }
    }

    private async Task FollowAsync(OperationRun run)
    {
        await HttpTransfer.WatchedAsync(run.Completion, look => _mayGoOn(_offer, look), _gone, _time);
        await EndAsync();
    }

    private async Task EndAsync()
    {
        // Whoever is still sending notices.
        await _pipe.Reader.CompleteAsync();
        await _grace.DisposeAsync();
        lock (_gone)
            _forgetAt = _time.GetUtcNow() + s_remembered;
    }
}

/// <summary>What came does not go on from what was received.</summary>
internal sealed class UploadOffsetException(long received) : Exception($"{received} bytes were received; go on from there.")
{
    public long Received => received;
}
