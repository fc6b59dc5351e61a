using System.Collections.Immutable;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>
/// The journal as somebody may read it, judged by what is granted today: an object that exists by what it is now, one that is gone by its last
/// known state and by relations as far as they are known; what cannot be judged is not shown. Safe from any thread; fails like <see cref="JournalReader"/>.
/// </summary>
public sealed class VisibleJournal
{
    /// <summary>The most entries that are read whole, of which some are shown, for one question.</summary>
    private const int MostRead = 2_000;

    /// <summary>The most entries whose index is looked at to count them.</summary>
    private const int MostCounted = 500_000;

    private readonly JournalReader _journal;
    private readonly AccessEngine _engine;
    private readonly ObjectStore _store;
    private readonly LastStates _lastStates;
    private readonly JournalReach _reach;

    public VisibleJournal(JournalReader journal, AccessEngine engine, ObjectStore store)
    {
        (_journal, _engine, _store) = (journal, engine, store);
        _lastStates = new(journal);
        _reach = new(journal, engine, store, _lastStates);
    }

    /// <summary>
    /// What may be seen of the changes asked for. Who sees little gets it from the index of objects; else the journal is looked through and a page may
    /// be shorter than asked for, as <see cref="ChangesQuery.LookThrough"/> says. A page that is shorter and has no next one is the last.
    /// </summary>
    public async Task<JournalPage> ChangesAsync(Actor actor, ChangesQuery query, CancellationToken token)
    {
        if (SeesAll(actor))
            return await _journal.ChangesAsync(query, token);
        var words = new JournalWords(_engine, actor);
        var page = query is { Pool: { } pool, Uuid: { } uuid } ? await OfOneAsync(actor, new(pool, uuid), query, token)
            : await _reach.FindAsync(actor, query, withWholePools: true, token) is { IsUseful: true } reach ? await WithinAsync(reach, query, token)
            : await LookThroughAsync(actor, query, token);
        return page with { Entries = [.. page.Entries.Select(e => words.Of(e, query.Text)).OfType<JournalEntry>()] };
    }

    /// <summary>What happened to one object; empty for one that may not be seen. How much a gap swallowed is told to those who see the whole pool.</summary>
    public async Task<JournalPage> ObjectTimelineAsync(Actor actor, ObjectKey key, long? before, int limit, CancellationToken token)
    {
        if (!await AllowsAsync(actor, key, token))
            return new([], null);
        var page = await _journal.ObjectTimelineAsync(key, before, limit, token);
        var words = new JournalWords(_engine, actor);
        return SeesPool(actor, key.Pool) ? page
            : page with { Entries = [.. page.Entries.Select(e => e.Marker is { } marker ? e with { Marker = marker with { Dropped = 0 } } : words.Of(e, null)!)] };
    }

    public async Task<RecordedObject?> ObjectAsOfAsync(Actor actor, ObjectKey key, DateTimeOffset moment, CancellationToken token) =>
        await AllowsAsync(actor, key, token) && await _journal.ObjectAsOfAsync(key, moment, token) is { } past
            ? past with { Object = new JournalWords(_engine, actor).In(key.Pool).Of(past.Object) } : null;

    public async Task<ObjectDifference?> DifferenceAsync(Actor actor, ObjectKey key, DateTimeOffset from, DateTimeOffset to, CancellationToken token) =>
        await AllowsAsync(actor, key, token) && await _journal.DifferenceAsync(key, from, to, token) is { } difference ? new JournalWords(_engine, actor).Of(difference) : null;

    /// <summary>What may be seen of a pool as it was at a moment.</summary>
    public async Task<Journal.PoolPicture> PoolAsOfAsync(Actor actor, string pool, DateTimeOffset moment, CancellationToken token)
    {
        var past = await _journal.PoolAsOfAsync(pool, moment, token);
        if (SeesAll(actor))
            return past;
        var judge = await JudgeAsync(actor, pool, [], [.. past.All.Select(o => o.Object)], token);
        var words = new JournalWords(_engine, actor).In(pool);
        return new(pool, moment, past.IsComplete, [.. past.All.Where(o => judge.Allows(o.Object)).Select(o => words.Of(o.Object) is var shown && ReferenceEquals(shown, o.Object) ? o : o with { Object = shown })]);
    }

    /// <summary>What may be seen of what differs in a pool between two moments.</summary>
    public async Task<ImmutableArray<ObjectDifference>> DifferencesAsync(Actor actor, string pool, DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        if (SeesAll(actor))
            return await _journal.DifferencesAsync(pool, from, to, token);
        var present = _store.Current.Pool(pool);
        var all = await _journal.DifferencesAsync(pool, from, to,
            stored => XapiCodec.Find(stored.Class) is { } codec && JournalJudge.Present(present, codec.Class, stored.Uuid) is null, token);
        var judge = await JudgeAsync(actor, pool, [], [.. all.Select(d => d.State).OfType<XapiObject>()], token);
        var words = new JournalWords(_engine, actor);
        return [.. all.Where(d => judge.Allows(d.Class, d.Key.Uuid)).Select(words.Of)];
    }

    /// <summary>How much happened when, of what may be seen in one pool or all. For an object only whoever may see it gets counts.</summary>
    public async Task<VisibleActivity> ActivityAsync(
        Actor actor, DateTimeOffset from, DateTimeOffset to, int buckets, string? pool, string? uuid, CancellationToken token)
    {
        if (pool is not null && uuid is not null)
            return await AllowsAsync(actor, new(pool, uuid), token) ? new(await _journal.ActivityAsync(from, to, buckets, pool, uuid, token)) : new([]);
        if (SeesAll(actor) || (pool is not null && SeesPool(actor, pool)))
            return new(await _journal.ActivityAsync(from, to, buckets, pool, uuid, token));

        var within = new ChangesQuery { Pool = pool, From = from, To = to };
        if (await _reach.FindAsync(actor, within, withWholePools: false, token) is not { } reach)
            return new([], "what you may see are too many single objects to count their changes.");
        if (reach.Horizon > 0)
            return new([], "too much came and went in this time to tell what of it you may see. Choose a shorter one.");
        if (await _journal.ActivityAsync(from, to, buckets, reach.Only, MostCounted, token) is not { } counted)
            return new([], "what you may see changed too often in this time. Choose a shorter one.");
        var sum = counted.ToArray();
        foreach (var whole in _store.Current.Pools.Where(p => (pool is null || p.Uuid == pool) && SeesPool(actor, p.Uuid)))
        {
            var ofPool = await _journal.ActivityAsync(from, to, buckets, whole.Uuid, null, token);
            for (var i = 0; i < sum.Length; i++)
                sum[i] = sum[i] with { Entries = sum[i].Entries + ofPool[i].Entries };
        }

        return new([.. sum]);
    }

    /// <summary>One object is found by itself, and whether it may be seen is asked once.</summary>
    private async Task<JournalPage> OfOneAsync(Actor actor, ObjectKey key, ChangesQuery query, CancellationToken token) =>
        await AllowsAsync(actor, key, token) ? await _journal.ChangesAsync(query, token) : new([], null);

    private async Task<JournalPage> WithinAsync(JournalReach.Found reach, ChangesQuery query, CancellationToken token)
    {
        var page = await _journal.ChangesAsync(query with { Only = reach.Only }, token);
        page = page with { LookedAt = page.LookedAt + reach.LookedAt };
        return page.Next is { } next && next > reach.Horizon || reach.Horizon == 0 ? page
            : page with { Entries = [.. page.Entries.Where(e => e.Position >= reach.Horizon)], Next = reach.Horizon };
    }

    private async Task<JournalPage> LookThroughAsync(Actor actor, ChangesQuery query, CancellationToken token)
    {
        var limit = Math.Clamp(query.Limit, 1, ChangesQuery.MaxLimit);
        var shown = ImmutableArray.CreateBuilder<JournalEntry>();
        var hidden = new HashSet<(string, string, string)>();
        var (lookedAt, read) = (0L, 0);
        for (var cursor = query.Cursor; ;)
        {
            var page = await _journal.ChangesAsync(query with
            {
                Cursor = cursor,
                // Some of it may turn out to be hidden.
                Limit = Math.Min(2 * (limit - shown.Count) + 20, MostRead - read),
                LookThrough = query.LookThrough - (int)lookedAt,
                Shows = stored => MayShow(actor, stored) && !hidden.Contains((stored.Pool, stored.Class, stored.Uuid)),
            }, token);
            lookedAt += page.LookedAt;
            read += page.Entries.Length;
            foreach (var entries in page.Entries.Where(e => e.Kind != EntryKind.Marker).GroupBy(e => e.Pool))
            {
                var named = entries.Select(e => (e.Class, e.Uuid)).Distinct().ToList();
                var judge = await JudgeAsync(actor, entries.Key, named, [], token);
                hidden.UnionWith(named.Where(n => !judge.Allows(n.Class, n.Uuid)).Select(n => (entries.Key, n.Class, n.Uuid)));
            }

            foreach (var entry in page.Entries.Where(e => !hidden.Contains((e.Pool, e.Class, e.Uuid))))
            {
                if (shown.Count == limit)
                    return new(shown.ToImmutable(), shown[^1].Position, lookedAt);
                shown.Add(entry);
            }

            if (page.Next is not { } next)
                return new(shown.DrainToImmutable(), null, lookedAt);
            if (lookedAt >= query.LookThrough || read >= MostRead)
                return new(shown.DrainToImmutable(), next, lookedAt);
            cursor = next;
        }
    }

    /// <summary>What is there is judged at once; what is gone is read first. Asked on the journal's thread.</summary>
    private bool MayShow(Actor actor, StoredObject stored)
    {
        if (stored.IsRemarks)
            return SeesPool(actor, stored.Pool);
        if (XapiCodec.Find(stored.Class) is not { } codec || Inheritance.IsForAdministratorsOnly(codec.Class))
            return false;
        var pool = _store.Current.Pool(stored.Pool);
        return pool is null || JournalJudge.Present(pool, codec.Class, stored.Uuid) is not { } there || _engine.Allows(actor, Right.ReadJournal, pool, there);
    }

    private bool SeesAll(Actor actor) => _engine.IsUnhidden(actor, Right.ReadJournal);

    private bool SeesPool(Actor actor, string pool) => _engine.AllowsPool(actor, Right.ReadJournal, pool);

    private async Task<bool> AllowsAsync(Actor actor, ObjectKey key, CancellationToken token)
    {
        if (SeesAll(actor))
            return true;
        if (_store.Current.Pool(key.Pool) is { } pool && pool.GetByUuid(key.Uuid) is { } there)
            return _engine.Allows(actor, Right.ReadJournal, pool, there);
        if (await _lastStates.OfAsync(key, token) is not { } last)
            return false;
        // By itself, or by what it belonged to when that is gone, too.
        return (await JudgeAsync(actor, key.Pool, [], [last], token)).Allows(last)
            || (await _reach.FindAsync(actor, new() { Pool = key.Pool }, withWholePools: false, token) is { } reach
                && reach.Only.Any(o => o.Uuid == key.Uuid && XapiCodec.Find(o.Class)?.Class == last.Class));
    }

    /// <summary>Gathers what it takes to judge these objects, which are named or given in some state, in today's light.</summary>
    private async Task<JournalJudge> JudgeAsync(
        Actor actor, string pool, IReadOnlyCollection<(string Class, string Uuid)> named, IReadOnlyCollection<XapiObject> states, CancellationToken token)
    {
        var present = _store.Current.Pool(pool);
        var gone = new List<XapiObject>();
        foreach (var (type, uuid) in named)
            if (XapiCodec.Find(type) is { } codec && JournalJudge.Present(present, codec.Class, uuid) is null && await _lastStates.OfAsync(new(pool, uuid), token) is { } last)
                gone.Add(last);
        foreach (var state in states)
            if (JournalJudge.Present(present, state.Class, state.Uuid) is null)
                gone.Add(state is Vm && await _lastStates.OfAsync(new(pool, state.Uuid), token) is Vm last ? last : state);
        return new(_engine, actor, pool, present, gone);
    }
}
