using System.Collections.Immutable;

namespace XoBlazor.Core.Store;

/// <summary>
/// One listener's view of the store: <see cref="Present"/> first, then signals without gap or duplicate. Signals wait here until they are
/// taken and collapse into one; beyond a bound the changes are dropped and the signal says to look at everything. One consumer at a time.
/// </summary>
public sealed class StoreSubscription : IDisposable
{
    public const int DefaultMostChanges = 10_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly int _mostChanges;
    private readonly Action<StoreSubscription> _leave;
    private readonly List<StoreBatch> _waiting = [];
    private StoreSnapshot? _now;
    private int _changes;
    private bool _overflowed;

    internal StoreSubscription(StoreSnapshot present, int mostChanges, Action<StoreSubscription> leave)
    {
        Present = present;
        _mostChanges = mostChanges;
        _leave = leave;
    }

    /// <summary>The store at the moment of subscribing; the first signal continues from here.</summary>
    public StoreSnapshot Present { get; }

    /// <summary>Waits until something changed and takes all that did since the last call.</summary>
    public async ValueTask<StoreSignal> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (TryTake() is { } signal)
                return signal;
        }
    }

    public void Dispose() => _leave(this);

    /// <summary>Called by the store, in the order of versions.</summary>
    internal void Add(StoreSnapshot now, StoreBatch batch)
    {
        lock (_gate)
        {
            _now = now;
            _changes += batch.Changes.Length + 1;
            _overflowed |= _changes > _mostChanges;
            if (_overflowed)
                _waiting.Clear();
            else
                _waiting.Add(batch);
        }
    }

    /// <summary>What was told so far counts no more: the next signal says to look at everything.</summary>
    internal void LookAtEverything(StoreSnapshot now)
    {
        lock (_gate)
        {
            _now = now;
            _waiting.Clear();
            _overflowed = true;
        }
    }

    /// <summary>Waits until woken, by news or not.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) => _news.WaitAsync(cancellationToken);

    internal void Wake()
    {
        lock (_gate)
        {
            if (_news.CurrentCount == 0)
                _news.Release();
        }
    }

    /// <summary>What changed since the last call, or null when nothing did.</summary>
    internal StoreSignal? TryTake()
    {
        lock (_gate)
        {
            if (_now is null)
                return null;
            var signal = new StoreSignal(_now, [.. _waiting], _overflowed);
            _waiting.Clear();
            (_now, _changes, _overflowed) = (null, 0, false);
            return signal;
        }
    }
}
