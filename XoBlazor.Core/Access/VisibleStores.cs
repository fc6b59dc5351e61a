using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// What every actor sees of the store (<see cref="For"/>). Those who were given the same to view share one filtered picture. Follows the store
/// and the policy on a thread of its own (<see cref="RunAsync"/>): pools never wait for it, and it looks only at what a batch touched.
/// </summary>
public sealed partial class VisibleStores : IDisposable
{
    /// <summary>A picture that nobody looks at is kept this long, for a page that is loaded again.</summary>
    private static readonly TimeSpan s_keptUnused = TimeSpan.FromMinutes(1);

    /// <summary>Above the objects of the largest pool: reading one anew must not mean to look at all others again, for everyone.</summary>
    private const int MostChanges = 1_000_000;

    private static readonly TimeSpan s_cleanUpEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly AccessEngine _engine;
    private readonly TimeProvider _time;
    private readonly ILogger<VisibleStores> _logger;
    private readonly StoreSubscription _news;
    private readonly HashSet<VisibleStore> _views = [];
    private readonly Dictionary<ScopeIndex, VisibleSet> _sets = [];
    private StoreSnapshot _whole;
    private int _policyChanges;
    private int _policyChangesSeen;

    public VisibleStores(ObjectStore store, AccessEngine engine, TimeProvider time, ILogger<VisibleStores> logger)
    {
        (Store, _engine, _time, _logger) = (store, engine, time, logger);
        Whole = new(store);
        _news = store.Subscribe(MostChanges);
        _whole = _news.Present;
        _engine.Changed += OnChanged;
    }

    internal ObjectStore Store { get; }

    /// <summary>What administrators see.</summary>
    internal Sight Whole { get; }

    /// <summary>What the actor sees, from now on until it is disposed. Takes as long as looking at what was granted takes, the first time.</summary>
    public VisibleStore For(Actor actor)
    {
        lock (_turn)
        {
            CatchUpLocked();
            var view = new VisibleStore(this, actor, SetLocked(_engine.ViewOf(actor), _whole.Version));
            view.Set?.Viewers.Add(view);
            _views.Add(view);
            return view;
        }
    }

    /// <summary>Every view shows by the policy that holds now: for whoever answers questions one by one and may not be behind by a moment. Costs nothing while nothing was granted or taken.</summary>
    public void Settle()
    {
        if (Volatile.Read(ref _policyChangesSeen) != Volatile.Read(ref _policyChanges))
            CatchUp();
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        await using var cleaning = _time.CreateTimer(_ => _news.Wake(), null, s_cleanUpEvery, s_cleanUpEvery);
        while (true)
        {
            await _news.WaitAsync(token).ConfigureAwait(false);
            CatchUp();
        }
    }

    /// <summary>More is known of what the words in a pool name.</summary>
    internal void ReadAgain(string pool)
    {
        lock (_turn)
        {
            CatchUpLocked();
            foreach (var set in _sets.Values.ToList())
                TellLocked(set, () => set.ReadAgain(pool, _whole, _time.GetUtcNow()));
        }
    }

    public void Dispose()
    {
        _engine.Changed -= OnChanged;
        _news.Dispose();
    }

    /// <summary>Takes in all that happened so far.</summary>
    internal void CatchUp()
    {
        lock (_turn)
        {
            CatchUpLocked();
            foreach (var (key, set) in _sets)
                if (set.Viewers.Count == 0 && _time.GetElapsedTime(set.LeftAt) >= s_keptUnused)
                    _sets.Remove(key);
        }
    }

    internal void Leave(VisibleStore view)
    {
        lock (_turn)
        {
            _views.Remove(view);
            LeaveSetLocked(view);
        }
    }

    private void OnChanged(PolicyChange change)
    {
        Interlocked.Increment(ref _policyChanges);
        _news.Wake();
    }

    private void CatchUpLocked()
    {
        var changes = Volatile.Read(ref _policyChanges);
        if (changes != _policyChangesSeen)
        {
            RegroupLocked();
            Volatile.Write(ref _policyChangesSeen, changes);
        }

        if (_news.TryTake() is not { } signal)
            return;
        _whole = signal.Now;
        foreach (var set in _sets.Values)
            TellLocked(set, () => set.Follow(signal, _time.GetUtcNow()));
    }

    private void TellLocked(VisibleSet set, Func<ImmutableArray<StoreBatch>> follow)
    {
        try
        {
            var told = follow();
            if (told.IsEmpty)
                return;
            set.Sight.Tell(told);
            foreach (var view in set.Viewers)
                view.Publish(set.Current, told);
        }
        catch (Exception broken)
        {
            // Showing nothing is the only mistake that is allowed here; the next change of grants, or reloading the page later, looks anew.
            LogBroken(broken);
            set.Close();
            _sets.Remove(set.View);
            set.Sight.TellToLookAtEverything();
            foreach (var view in set.Viewers)
                view.Publish(set.Current, []);
        }
    }

    /// <summary>Gives every view what its actor may view by the policy that holds now.</summary>
    private void RegroupLocked()
    {
        var moved = _views.Where(v => !Equals(v.Set?.View, _engine.ViewOf(v.Actor))).ToList();
        if (moved.Count == 0)
            return;
        // Whoever moves must not meet an older version, whatever is moved to.
        var version = Store.Advance(_sets.Values.Select(s => s.Current.Version).DefaultIfEmpty().Max());
        var renewed = new HashSet<VisibleSet>();
        foreach (var view in moved)
        {
            var key = _engine.ViewOf(view.Actor);
            var isNew = key is not null && !_sets.ContainsKey(key);
            var set = SetLocked(key, version);
            if (set is not null && !isNew && renewed.Add(set))
            {
                set.Renew(version);
                foreach (var other in set.Viewers)
                    other.Publish(set.Current, []);
            }

            if (isNew)
                renewed.Add(set!);
            LeaveSetLocked(view);
            set?.Viewers.Add(view);
            view.Turn(set, _time.GetUtcNow());
        }
    }

    private VisibleSet? SetLocked(ScopeIndex? view, long version)
    {
        if (view is null)
            return null;
        if (!_sets.TryGetValue(view, out var set))
            _sets[view] = set = new(view, _whole, version);
        return set;
    }

    private void LeaveSetLocked(VisibleStore view)
    {
        if (view.Set is { } set && set.Viewers.Remove(view) && set.Viewers.Count == 0)
            set.LeftAt = _time.GetTimestamp();
    }

    [LoggerMessage(LogLevel.Error, "A view of the store broke and shows nothing now")]
    private partial void LogBroken(Exception exception);
}
