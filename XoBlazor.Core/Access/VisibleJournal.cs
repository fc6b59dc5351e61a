using System.Collections.Concurrent;
using System.Collections.Immutable;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>
/// The journal as somebody may read it, judged by what is granted today: an object that exists by what it is now, one that is gone by its last
/// known state and by relations as far as they are known; what cannot be judged is not shown. Safe from any thread; fails like <see cref="JournalReader"/>.
/// </summary>
public sealed class VisibleJournal(JournalReader journal, AccessEngine engine, ObjectStore store)
{
    private const int LatestEntries = 20;
    private const int MostRemembered = 10_000;

    /// <summary>The states of gone objects before the entry that removed them, which do not change any more.</summary>
    private readonly ConcurrentDictionary<(ObjectKey Key, long Removal), XapiObject?> _lastStates = new();

    /// <summary>What may be seen of the changes asked for: a page is as full as it was asked for while there is more, and its end tells nothing of the rest.</summary>
    public async Task<JournalPage> ChangesAsync(Actor actor, ChangesQuery query, CancellationToken token)
    {
        if (SeesAll(actor))
            return await journal.ChangesAsync(query, token);
        var limit = Math.Clamp(query.Limit, 1, ChangesQuery.MaxLimit);
        var shown = ImmutableArray.CreateBuilder<JournalEntry>();
        for (var cursor = query.Cursor; ;)
        {
            var page = await journal.ChangesAsync(query with { Cursor = cursor, Limit = ChangesQuery.MaxLimit }, token);
            var judges = new Dictionary<string, Judge>();
            foreach (var entries in page.Entries.GroupBy(e => e.Pool))
                judges[entries.Key] = await JudgeAsync(actor, entries.Key, [.. entries.Where(e => e.Kind != EntryKind.Marker).Select(e => (e.Class, e.Uuid)).Distinct()], [], token);
            foreach (var entry in page.Entries)
            {
                if (entry.Kind == EntryKind.Marker ? !SeesPool(actor, entry.Pool) : !judges[entry.Pool].Allows(entry.Class, entry.Uuid))
                    continue;
                if (shown.Count == limit)
                    return new(shown.ToImmutable(), shown[^1].Position);
                shown.Add(entry);
            }

            if (page.Next is null)
                return new(shown.DrainToImmutable(), null);
            cursor = page.Next;
        }
    }

    /// <summary>What happened to one object; empty for one that may not be seen. How much a gap swallowed is told to those who see the whole pool.</summary>
    public async Task<JournalPage> ObjectTimelineAsync(Actor actor, ObjectKey key, long? before, int limit, CancellationToken token)
    {
        if (!await AllowsAsync(actor, key, token))
            return new([], null);
        var page = await journal.ObjectTimelineAsync(key, before, limit, token);
        return SeesPool(actor, key.Pool) ? page
            : page with { Entries = [.. page.Entries.Select(e => e.Marker is { } marker ? e with { Marker = marker with { Dropped = 0 } } : e)] };
    }

    public async Task<RecordedObject?> ObjectAsOfAsync(Actor actor, ObjectKey key, DateTimeOffset moment, CancellationToken token) =>
        await AllowsAsync(actor, key, token) ? await journal.ObjectAsOfAsync(key, moment, token) : null;

    public async Task<ObjectDifference?> DifferenceAsync(Actor actor, ObjectKey key, DateTimeOffset from, DateTimeOffset to, CancellationToken token) =>
        await AllowsAsync(actor, key, token) ? await journal.DifferenceAsync(key, from, to, token) : null;

    /// <summary>What may be seen of a pool as it was at a moment.</summary>
    public async Task<Journal.PoolPicture> PoolAsOfAsync(Actor actor, string pool, DateTimeOffset moment, CancellationToken token)
    {
        var past = await journal.PoolAsOfAsync(pool, moment, token);
        if (SeesAll(actor))
            return past;
        var judge = await JudgeAsync(actor, pool, [], [.. past.All.Select(o => o.Object)], token);
        return new(pool, moment, past.IsComplete, [.. past.All.Where(o => judge.Allows(o.Object))]);
    }

    /// <summary>What may be seen of what differs in a pool between two moments.</summary>
    public async Task<ImmutableArray<ObjectDifference>> DifferencesAsync(Actor actor, string pool, DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        if (SeesAll(actor))
            return await journal.DifferencesAsync(pool, from, to, token);
        var present = store.Current.Pool(pool);
        var all = await journal.DifferencesAsync(pool, from, to,
            stored => XapiCodec.Find(stored.Class) is { } codec && Present(present, codec.Class, stored.Uuid) is null, token);
        var judge = await JudgeAsync(actor, pool, [], [.. all.Select(d => d.State).OfType<XapiObject>()], token);
        return [.. all.Where(d => judge.Allows(d.Class, d.Key.Uuid))];
    }

    /// <summary>
    /// How much happened when; null where the actor sees only a part of what is asked for, because counts are not kept object by object and those of
    /// the whole would tell of the rest.
    /// </summary>
    public async Task<ImmutableArray<ActivityBucket>?> ActivityAsync(
        Actor actor, DateTimeOffset from, DateTimeOffset to, int buckets, string? pool, string? uuid, CancellationToken token)
    {
        var isSeen = (pool, uuid) switch
        {
            ({ } there, { } it) => await AllowsAsync(actor, new(there, it), token),
            ({ } there, null) => SeesPool(actor, there),
            _ => SeesAll(actor),
        };
        return isSeen ? await journal.ActivityAsync(from, to, buckets, pool, uuid, token) : null;
    }

    private bool SeesAll(Actor actor) => engine.IsUnhidden(actor, Right.ReadJournal);

    private bool SeesPool(Actor actor, string pool) => engine.AllowsPool(actor, Right.ReadJournal, pool);

    private async Task<bool> AllowsAsync(Actor actor, ObjectKey key, CancellationToken token)
    {
        if (SeesAll(actor))
            return true;
        if (store.Current.Pool(key.Pool) is { } pool && pool.GetByUuid(key.Uuid) is { } there)
            return engine.Allows(actor, Right.ReadJournal, pool, there);
        return await LastStateAsync(key, token) is { } last
            && (await JudgeAsync(actor, key.Pool, [], [last], token)).Allows(last);
    }

    /// <summary>Gathers what it takes to judge these objects, which are named or given in some state, in today's light.</summary>
    private async Task<Judge> JudgeAsync(
        Actor actor, string pool, IReadOnlyCollection<(string Class, string Uuid)> named, IReadOnlyCollection<XapiObject> states, CancellationToken token)
    {
        var present = store.Current.Pool(pool);
        var gone = new List<XapiObject>();
        foreach (var (type, uuid) in named)
            if (XapiCodec.Find(type) is { } codec && Present(present, codec.Class, uuid) is null && await LastStateAsync(new(pool, uuid), token) is { } last)
                gone.Add(last);
        foreach (var state in states)
            if (Present(present, state.Class, state.Uuid) is null)
                gone.Add(state is Vm && await LastStateAsync(new(pool, state.Uuid), token) is Vm last ? last : state);
        return new(engine, actor, present, PictureOf(pool, gone));
    }

    /// <summary>A gone object just before it went; what rules ask of a VM is what it was then.</summary>
    private async Task<XapiObject?> LastStateAsync(ObjectKey key, CancellationToken token)
    {
        var latest = await journal.ObjectTimelineAsync(key, null, LatestEntries, token);
        if (latest.Entries.FirstOrDefault(e => e.Kind != EntryKind.Marker) is not { } last)
            return null;
        if (_lastStates.TryGetValue((key, last.Position), out var known))
            return known;
        var moment = last.Kind == EntryKind.Removed ? last.Time.AddMilliseconds(-1) : last.Time;
        var state = (await journal.ObjectAsOfAsync(key, moment, token))?.Object;
        if (_lastStates.Count >= MostRemembered)
            _lastStates.Clear();
        return _lastStates[(key, last.Position)] = state;
    }

    private static XapiObject? Present(Store.PoolPicture? pool, XapiClass type, string uuid) =>
        pool?.AllByUuid(uuid).FirstOrDefault(o => o.Class == type);

    /// <summary>A store of its own, so that the gone objects find each other like the present ones.</summary>
    private static Store.PoolPicture PictureOf(string pool, IEnumerable<XapiObject> objects)
    {
        using var writer = new ObjectStore(TimeProvider.System, []).Open(pool);
        writer.ApplyListing(objects);
        return writer.Picture;
    }

    private sealed class Judge(AccessEngine engine, Actor actor, Store.PoolPicture? present, Store.PoolPicture gone)
    {
        private readonly Surroundings _around = present is null ? new(gone) : new(present, gone);
        private readonly Dictionary<(XapiClass, string), bool> _known = [];

        public bool Allows(XapiObject state) => Allows(state.Class, state.Uuid);

        public bool Allows(string type, string uuid) => XapiCodec.Find(type) is { } codec && Allows(codec.Class, uuid);

        private bool Allows(XapiClass type, string uuid)
        {
            if (!_known.TryGetValue((type, uuid), out var allows))
                _known[(type, uuid)] = allows = (Present(present, type, uuid) ?? Present(gone, type, uuid)) is { } judged
                    && engine.Allows(actor, Right.ReadJournal, _around, judged);
            return allows;
        }
    }
}
