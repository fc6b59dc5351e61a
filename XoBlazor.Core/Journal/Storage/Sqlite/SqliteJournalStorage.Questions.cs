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
        var (position, objects) = await Readers.ReadAsync(session =>
        {
            var position = session.PositionAt(moment);
            return (position, session.ObjectsBetween(pool, position, position));
        }, token);
        await ShareAsync(objects, (session, id) =>
        {
            if (session.State(id, position, isKnown) is { } state)
                take(state);
        }, token);
    }

    public async Task PoolChangesAsync(
        string pool, DateTimeOffset from, DateTimeOffset to, Action<StoredState?, StoredState?> take, CancellationToken token)
    {
        var (first, last, objects) = await Readers.ReadAsync(session =>
        {
            var (first, last) = (session.PositionAt(from), session.PositionAt(to));
            return (first, last, session.ObjectsBetween(pool, first, last));
        }, token);
        await ShareAsync(objects, (session, id) =>
        {
            if (session.HasRow(id, first + 1, last))
                take(session.State(id, first), session.State(id, last));
        }, token);
    }

    public Task<ImmutableArray<long>> CountAsync(ImmutableArray<DateTimeOffset> moments, string? pool, string? uuid, CancellationToken token) =>
        Readers.ReadAsync(session => new ActivityCount(session, token).Count(moments, pool, uuid), token);

    /// <summary>
    /// Does something for each object, in shares over several connections. What is committed meanwhile lies after the positions asked for and
    /// changes nothing.
    /// </summary>
    private Task ShareAsync(List<long> objects, Action<ReadSession, long> work, CancellationToken token)
    {
        var next = -1;
        var hands = Math.Clamp(objects.Count / ObjectsPerShare, 1, Math.Min(Environment.ProcessorCount, 4));
        return Task.WhenAll(Enumerable.Range(0, hands).Select(_ => Readers.ReadAsync(session =>
        {
            for (var share = Interlocked.Increment(ref next); share * ObjectsPerShare < objects.Count; share = Interlocked.Increment(ref next))
            {
                token.ThrowIfCancellationRequested();
                for (var i = share * ObjectsPerShare; i < Math.Min(objects.Count, (share + 1) * ObjectsPerShare); i++)
                    work(session, objects[i]);
            }

            return true;
        }, token)));
    }
}
