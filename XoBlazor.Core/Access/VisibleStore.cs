using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// The part of the store that one actor may view, kept up to date: with the store, and with what is granted. To whoever reads it, what may not
/// be viewed does not exist. Keeps the promises of <see cref="ObjectStore"/>; what comes into view is announced as added, what goes as
/// removed. An administrator reads the store itself. Safe from any thread; dispose when nobody looks any more.
/// </summary>
public sealed class VisibleStore : IStoreView, IDisposable
{
    private readonly VisibleStores _home;
    private readonly Lock _gate = new();
    private ImmutableArray<StoreSubscription> _subscriptions = [];
    private volatile StoreSnapshot? _filtered;
    private volatile VisibleSet? _set;

    internal VisibleStore(VisibleStores home, Actor actor, VisibleSet? set) => (_home, Actor, _set, _filtered) = (home, actor, set, set?.Current);

    /// <summary>The actor sees something else from now on: <see cref="Sight"/> is another one. Handlers only take note and do not throw.</summary>
    public event Action? Turned;

    public Actor Actor { get; }

    public StoreSnapshot Current => _filtered ?? _home.Store.Current;

    /// <summary>What the actor sees together with all who see the same, at this moment: another one when that changes.</summary>
    public Sight Sight => _set?.Sight ?? _home.Whole;

    /// <summary>What the actor sees with others; null for an administrator. Changed only within a turn of the home.</summary>
    internal VisibleSet? Set
    {
        get => _set;
        private set => _set = value;
    }

    public StoreSubscription Subscribe(int mostChanges = StoreSubscription.DefaultMostChanges)
    {
        lock (_gate)
        {
            var subscription = _filtered is { } present ? new(present, mostChanges, Leave) : _home.Store.Subscribe(mostChanges, Leave);
            _subscriptions = _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Ends the view and all its subscriptions: no signal comes any more, and the present stays as it was for those who filter.</summary>
    public void Dispose()
    {
        _home.Leave(this);
        lock (_gate)
        {
            foreach (var subscription in _subscriptions)
                _home.Store.Detach(subscription);
            _subscriptions = [];
        }
    }

    internal void Publish(StoreSnapshot now, ImmutableArray<StoreBatch> batches)
    {
        ImmutableArray<StoreSubscription> told;
        lock (_gate)
        {
            _filtered = now;
            told = _subscriptions;
            foreach (var batch in batches)
                foreach (var subscription in told)
                    subscription.Add(now, batch);
        }

        foreach (var subscription in told)
            subscription.Wake();
    }

    /// <summary>Goes on with another set, or with the whole store; the subscribers stay.</summary>
    internal void Turn(VisibleSet? set, DateTimeOffset now)
    {
        var before = Set is null ? null : _filtered;
        Set = set;
        if (before is not null && set is not null)
        {
            Publish(set.Current, VisibleSet.Differences(before, set.Current, now));
            Turned?.Invoke();
            return;
        }

        ImmutableArray<StoreSubscription> told;
        lock (_gate)
        {
            _filtered = set?.Current;
            told = _subscriptions;
            foreach (var subscription in told)
                if (set is null)
                {
                    _home.Store.Attach(subscription);
                }
                else
                {
                    _home.Store.Detach(subscription);
                    subscription.LookAtEverything(set.Current);
                }
        }

        foreach (var subscription in told)
            subscription.Wake();
        Turned?.Invoke();
    }

    private void Leave(StoreSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.Remove(subscription);
            _home.Store.Detach(subscription);
        }
    }
}
