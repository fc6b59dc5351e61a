using System.Threading.Channels;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>
/// Batches on their way to the writer. Never blocks and never grows beyond its length by more than one batch: past that the sum of each
/// pool's changes is kept (<see cref="MissedChanges"/>) and handed out after the batches. Safe from any thread.
/// </summary>
internal sealed class JournalQueue(int length)
{
    private const int LightestListing = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<StoreBatch> _batches = [];
    private readonly Dictionary<string, MissedChanges> _missed = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _waiting;

    /// <summary>How many changes wait, and since when.</summary>
    public (long Changes, DateTimeOffset? Since, long Dropped) Waiting
    {
        get
        {
            lock (_gate)
                return (_waiting + _missed.Values.Sum(m => m.Objects.Count),
                    _batches.TryPeek(out var oldest) ? oldest.Time : _missed.Values.Select(m => (DateTimeOffset?)m.Since).Min(),
                    _missed.Values.Sum(m => m.Dropped));
        }
    }

    public void Add(StoreBatch batch)
    {
        lock (_gate)
        {
            if (_missed.TryGetValue(batch.Pool, out var missed))
                missed.Add(batch);
            else if (_waiting >= length)
                (_missed[batch.Pool] = new MissedChanges(batch)).Add(batch);
            else
            {
                _batches.Enqueue(batch);
                _waiting += Weight(batch);
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>The next thing to write: a batch, or when there is none the sum of what a pool missed; neither when all is written.</summary>
    public (StoreBatch? Batch, MissedChanges? Missed) Take()
    {
        lock (_gate)
        {
            if (_batches.TryDequeue(out var batch))
            {
                _waiting -= Weight(batch);
                return (batch, null);
            }

            foreach (var (pool, missed) in _missed)
            {
                _missed.Remove(pool);
                return (null, missed);
            }

            return default;
        }
    }

    /// <summary>Waits until something was added, at most for the given time.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken token)
    {
        try
        {
            await _signal.Reader.WaitToReadAsync(token).AsTask().WaitAsync(longest, time, token);
            _signal.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // Nothing came; the caller has other things to do.
        }
    }

    /// <summary>A listing's records are those of the live picture and cost only their row in the batch; many pools list at once when the server starts.</summary>
    private static int Weight(StoreBatch batch) =>
        batch.Origin == BatchOrigin.Listing ? Math.Min(batch.Changes.Length, LightestListing) : batch.Changes.Length;
}
