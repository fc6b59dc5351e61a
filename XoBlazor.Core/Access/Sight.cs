using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// What all those see who were given the same to view; administrators are such a circle, too. One instance for all of them, so that whatever
/// is made from it can be made once and shared. Safe from any thread.
/// </summary>
public sealed class Sight
{
    private readonly ScopeIndex? _scopes;
    private readonly Func<StoreSnapshot> _current;
    private readonly ObjectStore? _whole;
    private readonly Lock _gate = new();
    private ImmutableArray<StoreSubscription> _subscriptions = [];
    private StoreBatch? _last;

    /// <summary>What some see who were given these scopes to view.</summary>
    internal Sight(ScopeIndex scopes, Func<StoreSnapshot> current) => (_scopes, _current) = (scopes, current);

    /// <summary>Everything.</summary>
    internal Sight(ObjectStore whole) => (_whole, _current) = (whole, () => whole.Current);

    /// <summary>Told what came of the pools' changes and shows, on the thread that follows the store. Never told where everything is seen. Handlers only take note and do not throw.</summary>
    public event Action<StoreBatch>? Told;

    public StoreSnapshot Current => _current();

    /// <summary>Nothing at all is hidden: the store itself.</summary>
    public bool IsWhole => _scopes is null;

    /// <summary>All pools show, those included that were never reached.</summary>
    public bool SeesEveryPool => _scopes is null || _scopes.HasEverything;

    /// <summary>When something that shows last changed; null where everything is seen, or nothing changed since somebody looked.</summary>
    public DateTimeOffset? LastChange => Volatile.Read(ref _last)?.Time;

    /// <summary>All that is in the pool shows.</summary>
    public bool SeesPool(string uuid) => _scopes is null || _scopes.HasPool(uuid);

    /// <summary>
    /// The present and every change from there on, for all who see this; it may tell once more what the present had already. Some time after the
    /// last viewer left nothing is told any more.
    /// </summary>
    public StoreSubscription Subscribe(int mostChanges = StoreSubscription.DefaultMostChanges)
    {
        if (_whole is not null)
            return _whole.Subscribe(mostChanges);
        lock (_gate)
        {
            var subscription = new StoreSubscription(Current, mostChanges, Leave);
            _subscriptions = _subscriptions.Add(subscription);
            return subscription;
        }
    }

    internal void Tell(IReadOnlyList<StoreBatch> batches)
    {
        foreach (var batch in batches)
        {
            Volatile.Write(ref _last, batch);
            Told?.Invoke(batch);
        }

        var now = Current;
        foreach (var subscription in _subscriptions)
        {
            foreach (var batch in batches)
                subscription.Add(now, batch);
            subscription.Wake();
        }
    }

    /// <summary>What shows now has nothing to do with what showed before.</summary>
    internal void TellToLookAtEverything()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.LookAtEverything(Current);
            subscription.Wake();
        }
    }

    private void Leave(StoreSubscription subscription)
    {
        lock (_gate)
            _subscriptions = _subscriptions.Remove(subscription);
    }
}
