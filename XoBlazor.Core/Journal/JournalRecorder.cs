using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Journal.Recording;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal;

/// <summary>
/// Writes down every change the store announces. Promises:
/// 1. <see cref="Observe"/> only takes note: it never waits for the disk and never fails.
/// 2. What was observed is on disk within a second as long as the disk keeps up, and no crash undoes or damages it.
/// 3. If the disk does not keep up or refuses, memory stays bounded: the sum of what was missed is written when it can be, behind a marker that
///    says what was dropped and since when. <see cref="State"/> says so meanwhile, in words.
/// 4. The first reading of a pool after a start is compared with the journal's last state; only differences are written.
/// </summary>
public sealed partial class JournalRecorder : IStoreObserver, IDisposable
{
    private const int SliceChanges = 2_000;
    private const int ListingSlice = 1_000;

    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromSeconds(15);

    private readonly IJournalStorage _storage;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<JournalRecorder> _logger;
    private readonly JournalQueue _queue;
    private readonly ChangeComposer _composer;
    private readonly ConcurrentDictionary<string, TrackedPool> _pools = new(StringComparer.Ordinal);
    private readonly StateDecoder _decoder = new();
    private readonly List<Composed> _slice = [];
    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _latest;
    private DateTimeOffset _nextCare;
    private volatile StorageMeasure _measure = new(0, 0, null, null);
    private long _dropped;
    private volatile string? _error;
    private volatile string? _notice;
    private bool _isOpen;
    private bool _mustCompareAnew;

    public JournalRecorder(IJournalStorage storage, IOptions<JournalOptions> options, TimeProvider time, ILogger<JournalRecorder> logger)
    {
        (_storage, _options, _time, _logger) = (storage, options.Value, time, logger);
        _queue = new JournalQueue(_options.QueueLength);
        Policy = new ThinningPolicy(_options.Thinning);
        _composer = new ChangeComposer(Policy);
    }

    public ThinningPolicy Policy { get; }

    public JournalState State
    {
        get
        {
            var (changes, since, dropped) = _queue.Waiting;
            var listed = _pools.Values.Sum(p => p.Listing?.Changes.Length ?? 0);
            var behind = since is { } first ? _time.GetUtcNow() - first : TimeSpan.Zero;
            return new(_measure.Rows, _measure.Size, _measure.Oldest, changes + listed + _slice.Count, behind > TimeSpan.Zero ? behind : TimeSpan.Zero,
                Interlocked.Read(ref _dropped) + dropped, _composer.Omitted, _error, _notice);
        }
    }

    public void Observe(StoreBatch batch) => _queue.Add(batch);

    /// <summary>
    /// Opens the journal, so that a folder that cannot be used is known before the server starts. Fails with <see cref="JournalDiskException"/>,
    /// whose message is made for the administrator.
    /// </summary>
    public async Task OpenAsync(CancellationToken token)
    {
        if (await _storage.OpenAsync(token) is { } notice)
        {
            _notice = notice;
            LogNotice(notice);
        }

        _isOpen = true;
        _measure = await _storage.MeasureAsync(token);
    }

    /// <summary>Writes until cancelled, then writes what is left and ends.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        if (!_isOpen)
            await OpenAsync(token);
        while (!token.IsCancellationRequested)
        {
            try
            {
                await _queue.WaitAsync(Rest(), _time, token);
                await Task.Delay(_options.FlushInterval, _time, token);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            try
            {
                await InTurnAsync(() => WriteOrForgetAsync(token), token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        // One try: whoever stops the server does not wait for a broken disk.
        using var last = new CancellationTokenSource(s_longestRest, _time);
        await WriteLastAsync(last.Token);
    }

    /// <summary>Writes what still waits after <see cref="RunAsync"/> has ended, or never began.</summary>
    internal async Task WriteLastAsync(CancellationToken token)
    {
        try
        {
            await InTurnAsync(() => WriteWaitingAsync(token), token);
        }
        catch (OperationCanceledException)
        {
            // The last try took too long.
        }
    }

    /// <summary>Writes what waits: in place of <see cref="RunAsync"/> for tests and tools that want no loop, or at once beside it.</summary>
    internal Task FlushAsync(CancellationToken token) => InTurnAsync(
        async () =>
        {
            await WriteWaitingAsync(token);
            await CareAsync(token);
        }, token);

    /// <summary>The object's last state on disk: the live record itself. Null if it is gone, or not met since the start. Safe from any thread.</summary>
    internal CommittedState? Committed(StoredObject stored) =>
        XapiCodec.Find(stored.Class) is { } codec
        && _pools.TryGetValue(stored.Pool, out var pool)
        && pool.Objects.TryGetValue(new(codec.Class, stored.Uuid), out var tracked) ? tracked.Committed : null;

    public void Dispose()
    {
        _composer.Dispose();
        _turn.Dispose();
    }

    private async Task WriteOrForgetAsync(CancellationToken token)
    {
        try
        {
            await WriteWaitingAsync(token);
            await CareAsync(token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of ours. What was being written is counted as dropped, and all pools are compared anew.
            LogFault(e);
            Interlocked.Add(ref _dropped, _slice.Count);
            _slice.Clear();
            _mustCompareAnew = true;
        }
    }

    /// <summary>The storage has one writer, and what is remembered of it one thread.</summary>
    private async Task InTurnAsync(Func<Task> write, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            await write();
        }
        finally
        {
            _turn.Release();
        }
    }

    private TimeSpan Rest()
    {
        var now = _time.GetUtcNow();
        var rest = _composer.NextDue is { } due && due - now < s_longestRest ? due - now : s_longestRest;
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    /// <summary>Writes until nothing waits. News go before the comparison of a first reading, which can be long.</summary>
    private async Task WriteWaitingAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                token.ThrowIfCancellationRequested();
                var isIdle = true;
                while (_slice.Count < SliceChanges && _queue.Take() is var (batch, missed) && (batch ?? (object?)missed) is not null)
                {
                    isIdle = false;
                    if (batch is not null)
                        await TakeAsync(batch, token);
                    else
                        await TakeAsync(missed!, token);
                }

                _slice.AddRange(_composer.Due(_time.GetUtcNow()));
                foreach (var pool in _pools.Values)
                    if (pool.Listing is not null)
                    {
                        isIdle = false;
                        await CompareAsync(pool, token);
                        break;
                    }

                await AppendAsync(token);
                if (_mustCompareAnew)
                    await CompareAnewAsync(token);
                else if (isIdle)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the last try took too long.
        }
    }

    private async Task TakeAsync(StoreBatch batch, CancellationToken token)
    {
        var pool = await PoolAsync(batch, token);
        _latest = batch.Time;
        pool.HostClockOffset = batch.HostClockOffset;
        if (batch.Origin == BatchOrigin.Listing && pool.Listing is null && pool.LastTime == default)
        {
            pool.LastTime = batch.Time;
            pool.BeginListing(batch);
            return;
        }

        pool.LastTime = batch.Time;
        var seen = new Sighting(batch.Time, batch.HostClockOffset, OriginOf(batch.Origin));
        foreach (var change in batch.Changes)
        {
            var uid = ObjectUid.Of(change.Object);
            if (pool.Listing is { } listing && pool.TakeEarly(uid) && change.Before is { } listed)
                await ComposeAsync(pool, uid, listed, ListingSighting(listing), token);
            await ComposeAsync(pool, uid, change.After, seen, token);
        }

        if (batch.Origin == BatchOrigin.Forgotten)
            await ForgetAsync(pool, seen, token);
    }

    /// <summary>What a pool missed while the disk did not keep up.</summary>
    private async Task TakeAsync(MissedChanges missed, CancellationToken token)
    {
        var pool = await PoolAsync(missed.Last, token);
        _latest = missed.Last.Time;
        Interlocked.Add(ref _dropped, missed.Dropped);
        AddMarker(pool, missed.Last, new JournalMarker(MarkerKind.Gap, missed.Dropped, missed.Since), EntryOrigin.AfterGap);
        LogGap(missed.Dropped, pool.Uuid, missed.Since);
        var isFirstReading = missed.HasListing && pool.LastTime == default;
        pool.LastTime = missed.Last.Time;
        var seen = new Sighting(missed.Last.Time, missed.Last.HostClockOffset, EntryOrigin.AfterGap);
        foreach (var (uid, after) in missed.Objects)
        {
            if (pool.Listing is not null)
                pool.TakeEarly(uid);
            await ComposeAsync(pool, uid, after, seen, token);
            if (_slice.Count >= SliceChanges)
                await AppendAsync(token);
        }

        if (isFirstReading)
            await RemoveUnseenAsync(pool, seen, token);
        if (missed.HasForgotten && missed.Objects.Values.All(v => v is null))
            await ForgetAsync(pool, seen, token);
    }

    /// <summary>Some more objects of a first reading; at its end, what the journal knows and the pool no longer has is gone.</summary>
    private async Task CompareAsync(TrackedPool pool, CancellationToken token)
    {
        var batch = pool.Listing!;
        var seen = ListingSighting(batch);
        foreach (var change in pool.NextListed(ListingSlice))
            await ComposeAsync(pool, ObjectUid.Of(change.Object), change.After, seen, token);
        _decoder.Trim();
        if (!pool.IsListingDone)
            return;
        await RemoveUnseenAsync(pool, seen, token);
        pool.EndListing();
    }

    /// <summary>Objects known from an earlier run that the pool did not list are gone.</summary>
    private async Task RemoveUnseenAsync(TrackedPool pool, Sighting seen, CancellationToken token)
    {
        foreach (var (uid, _) in pool.Objects.Where(o => o.Value.Last is null).ToList())
        {
            await ComposeAsync(pool, uid, null, seen, token);
            if (_slice.Count >= SliceChanges)
                await AppendAsync(token);
        }
    }

    private async Task ForgetAsync(TrackedPool pool, Sighting seen, CancellationToken token)
    {
        foreach (var uid in pool.Objects.Keys.ToList())
            await ComposeAsync(pool, uid, null, seen, token);
        if (pool.Listing is not null)
            pool.EndListing();
        _pools.TryRemove(pool.Uuid, out _);
    }

    private async Task ComposeAsync(TrackedPool pool, ObjectUid uid, XapiObject? now, Sighting seen, CancellationToken token)
    {
        if (pool.Objects.TryGetValue(uid, out var tracked) && tracked.Last is null)
        {
            StoredState? state = null;
            await PersistAsync(async () => state = await _storage.LastStateAsync(tracked.Stored, token), token);
            if (state is not null && DecodeOrNull(state, now) is { } last)
                ChangeComposer.Adopt(tracked, state, last);
            else
                pool.Objects.TryRemove(uid, out _);
        }

        if ((now is null ? _composer.Gone(pool, uid, seen) : _composer.Present(pool, now, seen)) is { } composed)
            _slice.Add(composed);
    }

    /// <summary>A state that cannot be read is as good as none: the object is recorded whole again.</summary>
    private XapiObject? DecodeOrNull(StoredState state, XapiObject? like)
    {
        try
        {
            return _decoder.Decode(state, like);
        }
        catch (JournalDamagedException e)
        {
            LogTrouble(e.Message);
            return null;
        }
    }

    /// <summary>The pool, with the objects the journal knows of it when it is met for the first time in this run.</summary>
    private async Task<TrackedPool> PoolAsync(StoreBatch batch, CancellationToken token)
    {
        if (_pools.TryGetValue(batch.Pool, out var known))
            return known;
        var pool = _pools[batch.Pool] = await KnownPoolAsync(batch.Pool, token);
        if (!pool.Objects.IsEmpty)
            AddMarker(pool, batch, new JournalMarker(MarkerKind.Resumed, 0, _measure.Newest ?? batch.Time), EntryOrigin.Listing);
        return pool;
    }

    private async Task<TrackedPool> KnownPoolAsync(string uuid, CancellationToken token)
    {
        var pool = new TrackedPool(uuid);
        IReadOnlyList<StoredObject> living = [];
        await PersistAsync(async () => living = await _storage.LivingAsync(uuid, token), token);
        foreach (var stored in living)
            if (XapiCodec.Find(stored.Class) is { } codec)
                pool.Objects[new(codec.Class, stored.Uuid)] = new TrackedObject(stored);
        return pool;
    }

    /// <summary>After damage: what is remembered of each pool is compared with what could be saved, as if it were listed anew.</summary>
    private async Task CompareAnewAsync(CancellationToken token)
    {
        _mustCompareAnew = false;
        foreach (var old in _pools.Values)
        {
            var present = old.Objects.Values.Select(t => t.Waiting ?? t.Last).OfType<XapiObject>().Select(o => new ObjectChange(null, o, FieldSet.All));
            var pool = await KnownPoolAsync(old.Uuid, token);
            (pool.LastTime, pool.HostClockOffset) = (old.LastTime, old.HostClockOffset);
            pool.BeginListing(new StoreBatch(old.Uuid, 0, _time.GetUtcNow(), old.HostClockOffset, BatchOrigin.Listing, [.. present]));
            _pools[old.Uuid] = pool;
        }
    }

    private void AddMarker(TrackedPool pool, StoreBatch batch, JournalMarker marker, EntryOrigin origin) =>
        _slice.Add(new(new StoredChange
        {
            Pool = pool.Uuid,
            Kind = EntryKind.Marker,
            Origin = origin,
            Time = batch.Time,
            HostClockOffset = batch.HostClockOffset,
            Marker = marker,
        }, null, null));

    private Sighting ListingSighting(StoreBatch batch) =>
        new(batch.Time > _latest ? batch.Time : _latest, batch.HostClockOffset, EntryOrigin.Listing);

    private static EntryOrigin OriginOf(BatchOrigin origin) => origin switch
    {
        BatchOrigin.Events => EntryOrigin.Events,
        BatchOrigin.Listing => EntryOrigin.Listing,
        BatchOrigin.Forgotten => EntryOrigin.Forgotten,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Journal: {Notice}")]
    private partial void LogNotice(string notice);

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal: {Trouble}")]
    private partial void LogTrouble(string trouble);

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal: entries could not be written; all pools are compared anew")]
    private partial void LogFault(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Journal: writing again")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Journal: {Dropped} changes of pool {Pool} since {Since} are not recorded one by one")]
    private partial void LogGap(long dropped, string pool, DateTimeOffset since);
}
