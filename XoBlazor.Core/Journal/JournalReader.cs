using System.Collections.Concurrent;
using System.Collections.Immutable;
using XoBlazor.Core.Journal.Recording;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal;

/// <summary>
/// Answers questions about the past, from any thread. Sees everything written so far; what was announced in the last second may be missing.
/// Moments are kept to the millisecond. Fails with <see cref="JournalDiskException"/> or <see cref="JournalDamagedException"/>, whose messages
/// are made for people.
/// </summary>
public sealed class JournalReader(IJournalStorage storage, JournalRecorder recorder)
{
    private const int MostBuckets = 2000;

    /// <summary>What happened to one object, newest first, with the gaps of its pool's record between.</summary>
    /// <param name="before">A page's <see cref="JournalPage.Next"/>, or null for the newest.</param>
    public Task<JournalPage> ObjectTimelineAsync(ObjectKey key, long? before, int limit, CancellationToken token) =>
        storage.TimelineAsync(key, before, Math.Clamp(limit, 1, ChangesQuery.MaxLimit), token);

    public Task<JournalPage> ChangesAsync(ChangesQuery query, CancellationToken token) =>
        storage.ChangesAsync(query with { Limit = Math.Clamp(query.Limit, 1, ChangesQuery.MaxLimit) }, token);

    /// <summary>The object as it was at a moment, or null if it was not there (or the journal does not reach back that far).</summary>
    public async Task<RecordedObject?> ObjectAsOfAsync(ObjectKey key, DateTimeOffset moment, CancellationToken token)
    {
        var states = await storage.StatesAsync(key, [moment], token);
        return states[0] is { } state ? Decode(state, new StateDecoder()) : null;
    }

    /// <summary>The whole pool as it was at a moment.</summary>
    public async Task<PoolPicture> PoolAsOfAsync(string pool, DateTimeOffset moment, CancellationToken token)
    {
        var objects = new ConcurrentBag<RecordedObject>();
        using var decoders = new ThreadLocal<StateDecoder>(() => new StateDecoder());
        await storage.PoolStatesAsync(pool, moment, IsKnown, Take, token);
        var oldest = await storage.OldestAsync(token);
        return new(pool, moment, oldest <= moment, [.. objects]);

        // What has not changed since is the live record: nothing to read, nothing to keep twice.
        bool IsKnown(StoredObject stored, long position)
        {
            if (recorder.Committed(stored) is not { } committed || committed.Position != position)
                return false;
            objects.Add(Mark(committed.Object, committed.RecordedAt));
            return true;
        }

        void Take(StoredState state)
        {
            if (Decode(state, decoders.Value!) is { } recorded)
                objects.Add(recorded);
        }
    }

    /// <summary>What differs in a pool between two moments, by class and name.</summary>
    public Task<ImmutableArray<ObjectDifference>> DifferencesAsync(string pool, DateTimeOffset from, DateTimeOffset to, CancellationToken token) =>
        DifferencesAsync(pool, from, to, static _ => false, token);

    /// <summary>The same, with <see cref="ObjectDifference.State"/> where it is needed: making records costs more than comparing.</summary>
    internal async Task<ImmutableArray<ObjectDifference>> DifferencesAsync(
        string pool, DateTimeOffset from, DateTimeOffset to, Func<StoredObject, bool> needsState, CancellationToken token)
    {
        var differences = new ConcurrentBag<ObjectDifference>();
        using var decoders = new ThreadLocal<StateDecoder>(() => new StateDecoder());
        using var comparisons = new ThreadLocal<StateComparison>(() => new StateComparison());
        await storage.PoolChangesAsync(pool, from, to, Take, token);
        return [.. differences.OrderBy(d => d.Class, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Key.Uuid, StringComparer.Ordinal)];

        void Take(StoredState? old, StoredState? now)
        {
            if (comparisons.Value!.Compare(old, now) is { } difference)
                differences.Add((now ?? old) is { } state && needsState(state.Object) ? difference with { State = Decode(state, decoders.Value!)?.Object } : difference);
        }
    }

    /// <summary>What differs in one object between two moments; null if nothing does.</summary>
    public async Task<ObjectDifference?> DifferenceAsync(ObjectKey key, DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        var states = await storage.StatesAsync(key, [from, to], token);
        return new StateComparison().Compare(states[0], states[1]);
    }

    /// <summary>
    /// How many entries fall into each of equal stretches of time, for the whole journal, a pool, or an object. Counts of a pool are kept in
    /// slots of ten seconds, so an entry may count in the stretch beside its own.
    /// </summary>
    public async Task<ImmutableArray<ActivityBucket>> ActivityAsync(
        DateTimeOffset from, DateTimeOffset to, int buckets, string? pool, string? uuid, CancellationToken token)
    {
        var moments = Moments(from, to, buckets);
        return moments.IsEmpty ? [] : Buckets(moments, await storage.CountAsync(moments, pool, uuid, token));
    }

    /// <summary>The same for some objects, each counted by itself and exactly; null when they have more than <paramref name="most"/> entries in all.</summary>
    internal async Task<ImmutableArray<ActivityBucket>?> ActivityAsync(
        DateTimeOffset from, DateTimeOffset to, int buckets, IReadOnlyCollection<StoredObject> only, long most, CancellationToken token)
    {
        var moments = Moments(from, to, buckets);
        return moments.IsEmpty ? [] : await storage.CountAsync(moments, only, most, token) is { } counts ? Buckets(moments, counts) : null;
    }

    /// <summary>
    /// Hands over the objects that are gone and may have entries within the query's pool, moments and cursor, the last removed first, with the position
    /// of the removal and a way to the last state, valid during the call.
    /// </summary>
    internal Task<GoneStretch> GoneAsync(
        ChangesQuery within, Func<StoredObject, bool> concerns, int most, Action<StoredObject, long, Func<XapiObject?>> take, CancellationToken token)
    {
        var decoder = new StateDecoder();
        return storage.GoneAsync(within, concerns, most,
            (stored, removed, state) => take(stored, removed, () => state() is { } last ? Decode(last, decoder)?.Object : null), token);
    }

    /// <summary>The uuids of all pools that the journal ever met.</summary>
    public Task<ImmutableArray<string>> PoolsAsync(CancellationToken token) => storage.PoolsAsync(token);

    /// <summary>Hands over all words by which objects of a pool are and were known as far as the journal reaches, those that are borne first, then the last given up.</summary>
    public Task NamesAsync(string pool, Action<CalledName> take, CancellationToken token) => storage.NamesAsync(pool, take, token);

    /// <summary>Writes a consistent copy of the journal into a folder, while it goes on; copied into an empty journal folder it is a journal.</summary>
    public Task BackupToAsync(string folder, CancellationToken token) => storage.BackupAsync(folder, token);

    private static ImmutableArray<DateTimeOffset> Moments(DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        if (to <= from)
            return [];
        buckets = (int)Math.Clamp(Math.Min(buckets, (to - from).TotalMilliseconds), 1, MostBuckets);
        var (first, length) = (from.ToUnixTimeMilliseconds(), (to - from).TotalMilliseconds);
        return [.. Enumerable.Range(0, buckets + 1).Select(i => DateTimeOffset.FromUnixTimeMilliseconds(first + (long)(length * i / buckets)))];
    }

    private static ImmutableArray<ActivityBucket> Buckets(ImmutableArray<DateTimeOffset> moments, ImmutableArray<long> counts) =>
        [.. counts.Select((count, i) => new ActivityBucket(moments[i], moments[i + 1], count))];

    /// <summary>The record shares what it has in common with the live one.</summary>
    private RecordedObject? Decode(StoredState state, StateDecoder decoder) =>
        decoder.Decode(state, recorder.Committed(state.Object)?.Object) is { } value ? Mark(value, state.RecordedAt) : null;

    private RecordedObject Mark(XapiObject value, DateTimeOffset recordedAt) => new(value, recordedAt, recorder.Policy.NoiseOf(value.Class));
}
