using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>The questions of many readers.</summary>
public sealed partial class SqliteJournalStorage
{
    private const int ObjectsPerShare = 256;

    public Task<DateTimeOffset?> OldestAsync(CancellationToken token) =>
        Readers.ReadAsync<DateTimeOffset?>(session => session.Partitions.LastOrDefault(p => p.Rows > 0) is { Rows: > 0 } first
            ? DateTimeOffset.FromUnixTimeMilliseconds(first.BaseTime) : null, token);

    public Task<JournalPage> TimelineAsync(ObjectKey key, long? before, int limit, CancellationToken token) =>
        Readers.ReadAsync(session => new EntrySearch(session, token).Timeline(key, before, limit), token);

    public Task<JournalPage> ChangesAsync(ChangesQuery query, CancellationToken token) =>
        Readers.ReadAsync(session => new EntrySearch(session, token).Changes(query), token);

    public Task<ImmutableArray<StoredState?>> StatesAsync(ObjectKey key, ImmutableArray<DateTimeOffset> moments, CancellationToken token) =>
        Readers.ReadAsync(session =>
        {
            var ids = session.ObjectIds(key.Pool, key.Uuid);
            return moments.Select(m => session.PositionAt(m)).Select(p => ids.Select(id => session.State(id, p)).FirstOrDefault(s => s is not null)).ToImmutableArray();
        }, token);

    public async Task PoolStatesAsync(
        string pool, DateTimeOffset moment, Func<StoredObject, long, bool> isKnown, Action<StoredState> take, CancellationToken token)
    {
        var (position, objects) = await Readers.ReadAsync(session => (session.PositionAt(moment), Candidates(session, pool, moment)), token);
        var next = -1;
        // Each share reads with a connection of its own. What is committed meanwhile lies after the position and changes nothing.
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Environment.ProcessorCount, 4)).Select(_ => Readers.ReadAsync(session =>
        {
            for (var share = Interlocked.Increment(ref next); share * ObjectsPerShare < objects.Count; share = Interlocked.Increment(ref next))
            {
                token.ThrowIfCancellationRequested();
                foreach (var id in objects.Skip(share * ObjectsPerShare).Take(ObjectsPerShare))
                    if (session.State(id, position, isKnown) is { } state)
                        take(state);
            }

            return true;
        }, token)));
    }

    public Task<ImmutableArray<long>> CountAsync(ImmutableArray<DateTimeOffset> moments, string? pool, string? uuid, CancellationToken token) =>
        Readers.ReadAsync(session => new ActivityCount(session, token).Count(moments, pool, uuid), token);

    /// <summary>The objects of a pool that were born by then and not removed by then; those with several lives may be absent all the same.</summary>
    private static List<long> Candidates(ReadSession session, string pool, DateTimeOffset moment)
    {
        var ids = new List<long>();
        if (session.PoolId(pool) is not { } poolId)
            return ids;
        var position = session.PositionAt(moment);
        var statement = session.Database.Statement("SELECT id FROM objects WHERE pool = ? AND removed > ? AND born <= ? ORDER BY id")
            .Bind(1, poolId).Bind(2, position).Bind(3, position);
        while (statement.Step())
            ids.Add(statement.Long(0));
        statement.Reset();
        return ids;
    }
}
