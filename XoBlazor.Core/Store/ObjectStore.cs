using System.Collections.Immutable;

namespace XoBlazor.Core.Store;

/// <summary>
/// The live picture of all pools. What it promises:
/// <list type="number">
/// <item>Each pool has exactly one writer (<see cref="Open"/>): its event loop.</item>
/// <item>A batch is applied whole, indexes included, then announced once; a reader sees before or after.</item>
/// <item>Reads take no lock: everything is answered from one immutable snapshot, <see cref="Current"/>.</item>
/// <item>States of one object come in order, some may be skipped; nothing is promised between two pools.</item>
/// <item>A subscriber gets the present first, then changes: no gap, no duplicate.</item>
/// <item>The signal is "look again", with what changed attached; bursts collapse, a slow subscriber delays only itself and its memory is bounded.</item>
/// <item>After a lost stream the pool is read anew and what is missing becomes a removal. A pool out of touch keeps its objects.</item>
/// </list>
/// </summary>
public sealed class ObjectStore : IStoreView
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ImmutableArray<IStoreObserver> _observers;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private ImmutableArray<StoreSubscription> _subscriptions = [];
    private volatile StoreSnapshot _current = StoreSnapshot.Empty;

    public ObjectStore(TimeProvider time, IEnumerable<IStoreObserver> observers)
    {
        _time = time;
        _observers = [.. observers];
    }

    /// <summary>The present. Never null, never blocks.</summary>
    public StoreSnapshot Current => _current;

    /// <summary>What objects were called before is taken note of.</summary>
    internal bool RemembersNames { get; init; } = true;

    /// <summary>Somebody will tell what objects of a pool were called before this server's start; asked when the pool is met.</summary>
    internal Func<string, bool> HasUntoldPast { get; set; } = static _ => false;

    /// <summary>Opens the one writer of a pool; fails while another is open. The pool's objects stay when the writer is disposed.</summary>
    public PoolWriter Open(string poolUuid)
    {
        lock (_gate)
        {
            if (!_open.Add(poolUuid))
                throw new InvalidOperationException($"The pool {poolUuid} already has a writer; a pool has exactly one.");
        }

        return new(this, poolUuid);
    }

    /// <summary>The present and, from there on, every change: see <see cref="StoreSubscription"/>.</summary>
    public StoreSubscription Subscribe(int mostChanges = StoreSubscription.DefaultMostChanges) => Subscribe(mostChanges, Detach);

    internal StoreSubscription Subscribe(int mostChanges, Action<StoreSubscription> leave)
    {
        lock (_gate)
        {
            var subscription = new StoreSubscription(_current, mostChanges, leave);
            _subscriptions = _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Takes over a subscription that began elsewhere: it is told to look at everything, and from there on every change.</summary>
    internal void Attach(StoreSubscription subscription)
    {
        lock (_gate)
        {
            subscription.LookAtEverything(_current);
            _subscriptions = _subscriptions.Add(subscription);
        }
    }

    internal void Detach(StoreSubscription subscription)
    {
        lock (_gate)
            _subscriptions = _subscriptions.Remove(subscription);
    }

    /// <summary>Gives the present a version above the one given although nothing changed, so that a view which did change has one of its own. Nobody is told.</summary>
    internal long Advance(long above)
    {
        lock (_gate)
            return (_current = _current.At(Math.Max(_current.Version, above) + 1)).Version;
    }

    /// <summary>Makes a picture the present and gives its batch to the subscribers, as one step; then tells the observers on this thread.</summary>
    internal StoreBatch Publish(PictureEdit edit, ImmutableArray<ObjectChange> changes, string pool, BatchOrigin origin, TimeSpan hostClockOffset)
    {
        StoreBatch batch;
        ImmutableArray<StoreSubscription> told;
        lock (_gate)
        {
            var version = _current.Version + 1;
            var picture = edit.Build(version);
            _current = origin == BatchOrigin.Forgotten ? _current.Without(picture) : _current.With(picture);
            batch = new(pool, version, _time.GetUtcNow(), hostClockOffset, origin, changes);
            told = _subscriptions;
            foreach (var subscription in told)
                subscription.Add(_current, batch);
        }

        foreach (var subscription in told)
            subscription.Wake();
        foreach (var observer in _observers)
            observer.Observe(batch);
        return batch;
    }

    internal void Close(string poolUuid)
    {
        lock (_gate)
            _open.Remove(poolUuid);
    }
}
