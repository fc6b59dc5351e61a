using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
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
        var objects = new ConcurrentDictionary<long, RecordedObject>();
        using var decoders = new ThreadLocal<StateDecoder>(() => new StateDecoder());
        await storage.PoolStatesAsync(pool, moment, IsKnown, Take, token);
        var oldest = await storage.OldestAsync(token);
        return new(pool, moment, oldest <= moment, [.. objects.Values]);

        // What has not changed since is the live record: nothing to read, nothing to keep twice.
        bool IsKnown(StoredObject stored, long position) =>
            recorder.TryGetCommitted(stored, position, out var committed) && objects.TryAdd(stored.Id, Mark(committed.Object, committed.RecordedAt));

        void Take(StoredState state)
        {
            if (!objects.ContainsKey(state.Object.Id) && Decode(state, decoders.Value!) is { } recorded)
                objects[state.Object.Id] = recorded;
        }
    }

    /// <summary>What differs in a pool between two moments, by class and name.</summary>
    public async Task<ImmutableArray<ObjectDifference>> DifferencesAsync(string pool, DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        var differences = new ConcurrentBag<ObjectDifference>();
        using var decoders = new ThreadLocal<StateDecoder>(() => new StateDecoder());
        using var encoders = new ThreadLocal<StateEncoder>(() => new StateEncoder(), trackAllValues: true);
        await storage.PoolChangesAsync(pool, from, to, Take, token);
        foreach (var encoder in encoders.Values)
            encoder.Dispose();
        return [.. differences.OrderBy(d => d.Class, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Key.Uuid, StringComparer.Ordinal)];

        void Take(StoredState? old, StoredState? now)
        {
            var before = old is null ? null : Decode(old, decoders.Value!);
            var after = now is null ? null : Decode(now, decoders.Value!, before?.Object);
            if ((before ?? after) is not null && Difference(encoders.Value!, pool, before, after) is { } difference)
                differences.Add(difference);
        }
    }

    /// <summary>What differs in one object between two moments; null if nothing does.</summary>
    public async Task<ObjectDifference?> DifferenceAsync(ObjectKey key, DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        var states = await storage.StatesAsync(key, [from, to], token);
        var decoder = new StateDecoder();
        var before = states[0] is { } old ? Decode(old, decoder) : null;
        var after = states[1] is { } now ? Decode(now, decoder) : null;
        if (before is null && after is null)
            return null;
        using var encoder = new StateEncoder();
        return Difference(encoder, key.Pool, before, after);
    }

    /// <summary>
    /// How many entries fall into each of equal stretches of time, for the whole journal, a pool, or an object. Counts of a pool are kept in
    /// slots of ten seconds, so an entry may count in the stretch beside its own.
    /// </summary>
    public async Task<ImmutableArray<ActivityBucket>> ActivityAsync(
        DateTimeOffset from, DateTimeOffset to, int buckets, string? pool, string? uuid, CancellationToken token)
    {
        if (to <= from)
            return [];
        buckets = (int)Math.Clamp(Math.Min(buckets, (to - from).TotalMilliseconds), 1, MostBuckets);
        var (first, length) = (from.ToUnixTimeMilliseconds(), (to - from).TotalMilliseconds);
        var moments = Enumerable.Range(0, buckets + 1)
            .Select(i => DateTimeOffset.FromUnixTimeMilliseconds(first + (long)(length * i / buckets))).ToImmutableArray();
        var counts = await storage.CountAsync(moments, pool, uuid, token);
        return [.. counts.Select((count, i) => new ActivityBucket(moments[i], moments[i + 1], count))];
    }

    /// <summary>Writes a consistent copy of the journal into a folder, while it goes on; copied into an empty journal folder it is a journal.</summary>
    public Task BackupToAsync(string folder, CancellationToken token) => storage.BackupAsync(folder, token);

    private RecordedObject? Decode(StoredState state, StateDecoder decoder, XapiObject? like = null) =>
        decoder.Decode(state, like) is { } value ? Mark(value, state.RecordedAt) : null;

    private RecordedObject Mark(XapiObject value, DateTimeOffset recordedAt) => new(value, recordedAt, recorder.Policy.NoiseOf(value.Class));

    private static ObjectDifference? Difference(StateEncoder encoder, string pool, RecordedObject? before, RecordedObject? after)
    {
        var value = (after ?? before)!.Object;
        var codec = XapiCodec.For(value.Class);
        var kind = before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Modified;
        var set = (before, after) switch
        {
            (null, _) or (_, null) => StateEncoder.Meaningful(value),
            _ => codec.Compare(before.Object, after.Object),
        };
        if (kind == ChangeKind.Modified && set.IsEmpty)
            return null;
        var old = before is null ? default : encoder.Fields(before.Object, set);
        var now = after is null ? default : encoder.Fields(after.Object, set);
        var fields = ImmutableArray.CreateBuilder<FieldDifference>(set.Count);
        foreach (var field in set)
            fields.Add(new(codec.Fields[field].Wire, Text(old, fields.Count), Text(now, fields.Count)));
        return new(new ObjectKey(pool, value.Uuid), codec.WireName, encoder.Name(value), kind, fields.MoveToImmutable(), before, after);
    }

    private static string? Text(ImmutableArray<StoredField> fields, int at) => fields.IsDefault ? null : Encoding.UTF8.GetString(fields[at].Json.Span);
}
