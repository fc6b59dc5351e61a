using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.Core.Access;

/// <summary>
/// Finds what of the journal is within somebody's reach when that is little: the objects that may be seen now, and the gone ones that could be. Their
/// entries are then found one object after the other, however much else the journal holds.
/// </summary>
internal sealed class JournalReach(JournalReader journal, AccessEngine engine, ObjectStore store, LastStates lastStates)
{
    /// <summary>Each object costs one look into the index for every page.</summary>
    private const int MostObjects = 2_000;

    /// <summary>Reading the last state of a gone object takes some 50 µs.</summary>
    private const int MostGone = 5_000;

    /// <summary>
    /// What somebody may see of the journal within the query's pool, moments and cursor; null when it is too much to be looked at one by one, or
    /// cannot be told now.
    /// </summary>
    /// <param name="withWholePools">What pools that show whole hold is wanted, too.</param>
    public async Task<Found?> FindAsync(Actor actor, ChangesQuery within, bool withWholePools, CancellationToken token)
    {
        if (engine.ScopesOf(actor, Right.ReadJournal) is not { } scopes)
            return null;
        var now = store.Current;
        var only = new List<StoredObject>();
        foreach (var pool in now.Pools)
            if (IsWanted(pool.Uuid) && !AddPresent(scopes, pool, only, token))
                return null;

        var gone = new Dictionary<string, List<XapiObject>>(StringComparer.Ordinal);
        var looked = 0;
        var stretch = await journal.GoneAsync(within, Concerns, MostGone, (stored, removal, read) =>
        {
            looked++;
            if (lastStates.Of(stored, removal, read) is not { } last)
                return;
            if (!gone.TryGetValue(stored.Pool, out var ofPool))
                gone[stored.Pool] = ofPool = [];
            ofPool.Add(last);
        }, token);
        // A pool that was not read since the start: what is there of it cannot be told.
        if (stretch.Living.Any(p => now.Pool(p) is null && IsWanted(p)))
            return null;

        foreach (var (pool, states) in gone)
        {
            var judge = new JournalJudge(engine, actor, pool, now.Pool(pool), states);
            foreach (var state in states)
            {
                token.ThrowIfCancellationRequested();
                if (judge.Allows(state))
                    only.Add(Stored(pool, state));
            }
        }

        return only.Count > MostObjects ? null : new(only, stretch.Horizon, stretch.Horizon <= stretch.Last, looked);

        bool IsWanted(string pool) => (within.Pool is null || within.Pool == pool) && (scopes.HasPool(pool) ? withWholePools : scopes.In(pool) is not null);

        bool Concerns(StoredObject stored) =>
            XapiCodec.Find(stored.Class) is { } codec && !Inheritance.IsForAdministratorsOnly(codec.Class) && IsWanted(stored.Pool)
            && JournalJudge.Present(now.Pool(stored.Pool), codec.Class, stored.Uuid) is null;
    }

    /// <returns>False when it is too much.</returns>
    private static bool AddPresent(ScopeIndex scopes, PoolPicture pool, List<StoredObject> only, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (scopes.HasPool(pool.Uuid))
            only.Add(StoredObject.RemarksOf(pool.Uuid));
        if (VisiblePool.Of(scopes, pool, version: 0) is not { } seen)
            return true;
        if (only.Count + seen.Count > MostObjects)
            return false;
        foreach (var type in Enum.GetValues<XapiClass>())
            foreach (var value in seen.All(type))
                only.Add(Stored(pool.Uuid, value));
        return true;
    }

    private static StoredObject Stored(string pool, XapiObject value) =>
        new(pool, XapiCodec.For(value.Class).WireName, value.Uuid.Length > 0 ? value.Uuid : value.Ref);

    /// <param name="Only">The objects, and the remarks of pools that show whole.</param>
    /// <param name="Horizon">Entries before this position may be of gone objects that were not looked at; 0 when all were.</param>
    /// <param name="IsUseful">Something lies behind the horizon that was asked about.</param>
    /// <param name="LookedAt">How many gone objects were judged.</param>
    internal sealed record Found(IReadOnlyCollection<StoredObject> Only, long Horizon, bool IsUseful, int LookedAt);
}
