using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>The questions of many readers.</summary>
public sealed partial class SqliteJournalStorage
{
    private const int SmallestShare = 512;
    private const int LargestShare = 8192;
    private const int MostHands = 4;

    public Task<DateTimeOffset?> OldestAsync(CancellationToken token) =>
        Readers.ReadAsync<DateTimeOffset?>(session => session.Partitions.LastOrDefault(p => p.Rows > 0) is { Rows: > 0 } first
            ? DateTimeOffset.FromUnixTimeMilliseconds(first.BaseTime) : null, token);

    public Task<JournalPage> TimelineAsync(ObjectKey key, long? before, int limit, CancellationToken token) =>
        Readers.ReadAsync(session => new EntrySearch(session, token).Timeline(key, before, limit), token);

    public Task<JournalPage> ChangesAsync(ChangesQuery query, CancellationToken token) =>
        Readers.ReadAsync(session => new EntrySearch(session, token).Changes(query), token);

    public Task<GoneStretch> GoneAsync(
        ChangesQuery within, Func<StoredObject, bool> concerns, int most, Action<StoredObject, long, Func<StoredState?>> take, CancellationToken token) =>
        Readers.ReadAsync(session => new GoneSearch(session, concerns, take, token).Find(within, most), token);

    public Task<ImmutableArray<string>> PoolsAsync(CancellationToken token) =>
        Readers.ReadAsync(session => session.Pools().Select(p => p.Uuid).ToImmutableArray(), token);

    public Task NamesAsync(string pool, Action<CalledName> take, CancellationToken token) =>
        Readers.ReadAsync(session =>
        {
            if (session.PoolId(pool) is { } id)
                NameRecord.Read(session.Database, id, take, token);
            return true;
        }, token);

    public Task<ImmutableArray<StoredState?>> StatesAsync(ObjectKey key, ImmutableArray<DateTimeOffset> moments, CancellationToken token) =>
        Readers.ReadAsync(session =>
        {
            var objects = session.ObjectIds(key.Pool, key.Uuid).Select(session.Object).ToList();
            return moments.Select(m => session.PositionAt(m))
                .Select(p => objects.Select(o => StateReader.State(session, o, p)).FirstOrDefault(s => s is not null)).ToImmutableArray();
        }, token);

    public async Task PoolStatesAsync(
        string pool, DateTimeOffset moment, Func<StoredObject, long, bool> isKnown, Action<StoredState> take, CancellationToken token)
    {
        var (position, objects) = await Readers.ReadAsync(session =>
        {
            var position = session.PositionAt(moment);
            return (position, session.ObjectsBetween(pool, position, position));
        }, token);
        await ShareAsync(objects, session =>
        {
            var states = new StateReader(session);
            return share =>
            {
                states.Find(share.Span, position, isKnown: isKnown);
                foreach (var i in states.InFileOrder)
                    if (states.Decode(i) is { } state)
                        take(state);
            };
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
        await ShareAsync(objects, session =>
        {
            var (before, after) = (new StateReader(session), new StateReader(session));
            return share =>
            {
                after.Find(share.Span, last, after: first);
                var changed = after.InFileOrder.ToArray();
                before.Find([.. changed.Select(i => share.Span[i])], first);
                for (var i = 0; i < changed.Length; i++)
                    take(before.Decode(i), after.Decode(changed[i]));
            };
        }, token);
    }

    public Task<ImmutableArray<long>> CountAsync(ImmutableArray<DateTimeOffset> moments, string? pool, string? uuid, CancellationToken token) =>
        Readers.ReadAsync(session => new ActivityCount(session, token).Count(moments, pool, uuid), token);

    public Task<ImmutableArray<long>?> CountAsync(ImmutableArray<DateTimeOffset> moments, IReadOnlyCollection<StoredObject> only, long most, CancellationToken token) =>
        Readers.ReadAsync(session => new ActivityCount(session, token).Count(moments, only, most), token);

    /// <summary>
    /// Does something for all objects, in shares over several connections. What is committed meanwhile lies after the positions asked for and
    /// changes nothing. One share a connection is best: the rows of all its objects are taken in their order and share pages.
    /// </summary>
    private Task ShareAsync(StoredObject[] objects, Func<ReadSession, Action<ReadOnlyMemory<StoredObject>>> hand, CancellationToken token)
    {
        var next = -1;
        var hands = Math.Clamp(objects.Length / SmallestShare, 1, Math.Min(Environment.ProcessorCount, MostHands));
        var size = Math.Min((objects.Length + hands - 1) / hands, LargestShare);
        return Task.WhenAll(Enumerable.Range(0, hands).Select(_ => Readers.ReadAsync(session =>
        {
            var work = hand(session);
            for (var start = Interlocked.Increment(ref next) * size; start < objects.Length; start = Interlocked.Increment(ref next) * size)
            {
                token.ThrowIfCancellationRequested();
                work(objects.AsMemory(start, Math.Min(size, objects.Length - start)));
            }

            return true;
        }, token)));
    }
}
