using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// What all those see who were given the same to view: one filtered snapshot that follows the store. Changed only within a turn of
/// <see cref="VisibleStores"/>.
/// </summary>
internal sealed class VisibleSet
{
    private long _since;
    private volatile StoreSnapshot _current;

    public VisibleSet(ScopeIndex view, StoreSnapshot whole, long version)
    {
        View = view;
        _current = Look(whole, version);
        Sight = new(view, () => _current);
    }

    /// <summary>The same for those outside who look.</summary>
    public Sight Sight { get; }

    public ScopeIndex View { get; }

    public StoreSnapshot Current
    {
        get => _current;
        private set => _current = value;
    }

    /// <summary>Those who look through it now.</summary>
    public HashSet<VisibleStore> Viewers { get; } = [];

    /// <summary>When the last viewer left.</summary>
    public long LeftAt { get; set; }

    /// <summary>Takes in what happened to the store and says what of it shows.</summary>
    public ImmutableArray<StoreBatch> Follow(StoreSignal signal, DateTimeOffset now)
    {
        if (signal.LookAtEverything)
            return LookAnew(signal.Now, now);
        var told = ImmutableArray.CreateBuilder<StoreBatch>();
        foreach (var batches in signal.Batches.GroupBy(b => b.Pool))
            if (View.HasPool(batches.Key) || View.In(batches.Key) is not null)
                Follow(batches.Key, [.. batches], signal.Now, told);
        return told.DrainToImmutable();
    }

    /// <summary>Looks at everything again, as after too many changes or a mistake.</summary>
    public ImmutableArray<StoreBatch> LookAnew(StoreSnapshot whole, DateTimeOffset now)
    {
        var before = Current;
        Current = Look(whole, Math.Max(whole.Version, before.Version + 1));
        return Differences(before, Current, now);
    }

    /// <summary>Puts what tasks and messages of a pool say in words anew, as more is known of what these name.</summary>
    public ImmutableArray<StoreBatch> ReadAgain(string uuid, StoreSnapshot whole, DateTimeOffset now)
    {
        if (View.HasPool(uuid) || View.In(uuid) is not { } scopes || Current.Pool(uuid) is not { } shown || whole.Pool(uuid) is not { } pool)
            return [];
        var version = Math.Max(whole.Version, Current.Version + 1);
        var edit = new VisibleEdit(scopes, shown, pool);
        edit.LookAtWords();
        var (picture, changes) = edit.Finish(version);
        if (changes.IsEmpty)
            return [];
        Current = Current.With(picture);
        return [new(uuid, version, now, TimeSpan.Zero, BatchOrigin.Events, changes)];
    }

    /// <summary>Shows nothing any more.</summary>
    public void Close() => Current = StoreSnapshot.Of([], Current.Version + 1);

    /// <summary>Gives the same snapshot a new version, for somebody who comes from another.</summary>
    public void Renew(long version)
    {
        _since = version;
        Current = StoreSnapshot.Of([.. Current.Pools.Select(p => VisiblePool.Renewed(p, version))], version);
    }

    /// <summary>How to get from one snapshot to another: what went out of view as removed, what came into view as added.</summary>
    public static ImmutableArray<StoreBatch> Differences(StoreSnapshot before, StoreSnapshot after, DateTimeOffset now)
    {
        var told = ImmutableArray.CreateBuilder<StoreBatch>();
        foreach (var uuid in before.Pools.Concat(after.Pools).Select(p => p.Uuid).Distinct(StringComparer.Ordinal))
        {
            var changes = VisiblePool.Differences(before.Pool(uuid), after.Pool(uuid));
            if (!changes.IsEmpty)
                told.Add(new(uuid, after.Version, now, TimeSpan.Zero, after.Pool(uuid) is null ? BatchOrigin.Forgotten : BatchOrigin.Listing, changes));
        }

        return told.DrainToImmutable();
    }

    private StoreSnapshot Look(StoreSnapshot whole, long version)
    {
        _since = version;
        return StoreSnapshot.Of([.. whole.Pools.Select(p => VisiblePool.Of(View, p, version)).OfType<PoolPicture>()], version);
    }

    private void Follow(string uuid, StoreBatch[] batches, StoreSnapshot whole, ImmutableArray<StoreBatch>.Builder told)
    {
        var shown = Current.Pool(uuid);
        var version = Math.Max(batches[^1].Version, Current.Version + 1);
        var (picture, changes) = Next(shown, whole.Pool(uuid), batches, version);
        var isListing = shown is not null && batches.Any(b => b.Origin == BatchOrigin.Listing);
        if (changes.IsEmpty && !isListing)
            return;
        Current = picture is { Count: > 0 } ? Current.With(picture) : shown is not null ? Current.Without(VisiblePool.Empty(uuid, version)) : Current;
        var origin = picture is null ? BatchOrigin.Forgotten : isListing ? BatchOrigin.Listing : batches[^1].Origin;
        told.Add(batches[^1] with { Version = version, Origin = origin, Changes = changes });
    }

    private (PoolPicture? Picture, ImmutableArray<ObjectChange> Changes) Next(PoolPicture? shown, PoolPicture? pool, StoreBatch[] batches, long version)
    {
        if (pool is null)
            return (null, VisiblePool.Differences(shown, null));
        if (View.HasPool(pool.Uuid))
        {
            var picture = VisiblePool.Whole(pool, version, _since);
            return (picture, Passed(shown, picture, batches));
        }

        // A pool that was forgotten in between has all its places anew.
        if (batches.Any(b => b.Origin == BatchOrigin.Forgotten))
        {
            var picture = VisiblePool.Of(View, pool, version);
            return (picture, VisiblePool.Differences(shown, picture));
        }

        var edit = new VisibleEdit(View.In(pool.Uuid)!, shown, pool);
        foreach (var batch in batches)
            foreach (var change in batch.Changes)
                edit.Look(change);
        return edit.Finish(version);
    }

    /// <summary>What changed in a pool that shows whole.</summary>
    private static ImmutableArray<ObjectChange> Passed(PoolPicture? shown, PoolPicture picture, StoreBatch[] batches)
    {
        var changes = ImmutableArray.CreateBuilder<ObjectChange>();
        foreach (var reference in batches.SelectMany(b => b.Changes).Select(c => c.Object.Ref).Distinct(StringComparer.Ordinal))
            if (shown?.Get(reference) is var before && picture.Get(reference) is var after && !ReferenceEquals(before, after))
                VisiblePool.Tell(changes, before, after);
        return changes.DrainToImmutable();
    }
}
