using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics.History;

/// <summary>
/// Our own history of figures, in the SQLite file <c>metrics.db</c>. What is new is written as it came; when a window of six hours is over, each object's values of it
/// are packed into one row, and their hourly means into the row of a longer window. Rows are numbered by window and object, so that what grows old lies together.
/// What is not yet packed is in memory, too. Safe from any thread; all of it works on the disk. Fails with <see cref="HistoryException"/>.
/// </summary>
internal sealed partial class HistoryStore(HistoryOptions options, TimeProvider time) : IDisposable
{
    private const string FileName = "metrics.db";
    private const int ObjectBits = 32;

    /// <summary>Of all objects: 20 moments of 10 000.</summary>
    private const int MostWaiting = 200_000;

    /// <summary>A day that the disk does not take.</summary>
    private const int MostWindows = 4;

    /// <summary>For what comes late.</summary>
    private const long Grace = 900;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, OpenWindow> _windows = [];
    private readonly List<(HistoryKey Key, long Slot, float[] Values)> _waiting = [];
    private readonly Dictionary<HistoryKey, long> _ids = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private SqliteDatabase? _database;
    private long _dropped;

    private static HistoryGrid Fine => HistoryGrid.Fine;

    private static HistoryGrid Hourly => HistoryGrid.Hourly;

    private string FilePath => Path.Combine(options.Folder, FileName);

    private SqliteDatabase Database => _database ?? throw new HistoryException("The file with the history of figures is not open.");

    /// <summary>Takes an object's values of one moment, in the order of its series. They are written by <see cref="Flush"/>.</summary>
    public void Add(HistoryKey key, long slot, float[] values)
    {
        lock (_gate)
        {
            WindowLocked(Fine.WindowOf(slot)).Set(key, Fine.PlaceOf(slot), values);
            if (_waiting.Count < MostWaiting)
                _waiting.Add((key, slot, values));
            else
                _dropped++;
        }
    }

    /// <summary>The last moment that something is known of, of what is not yet packed; null when there is none.</summary>
    public long? LastSlot(HistoryKey key)
    {
        lock (_gate)
        {
            foreach (var (window, open) in _windows.OrderByDescending(pair => pair.Key))
                if (open.Objects.GetValueOrDefault(key) is { } values)
                    for (var place = Fine.Places - 1; place >= 0; place--)
                        if (!float.IsNaN(values.Of(0)[place]))
                            return Fine.FirstOf(window) + place;
            return null;
        }
    }

    /// <summary>Writes what is new, all of it or nothing.</summary>
    public void Flush()
    {
        lock (_gate)
            FlushLocked();
    }

    /// <summary>Packs the windows that are over.</summary>
    public void Pack()
    {
        List<long> over;
        lock (_gate)
        {
            FlushLocked();
            over = [.. _windows.Keys.Where(window => ((window + 1) * Fine.Span) + Grace <= time.GetUtcNow().ToUnixTimeSeconds()).Order()];
        }

        foreach (var window in over)
            Pack(window);
    }

    /// <summary>What is known of an object between two moments of Unix time, as values of one grid, with gaps.</summary>
    /// <param name="isHourly">For what is older than the finer values, and for long times.</param>
    public ObjectMetrics Read(HistoryKey key, long from, long to, bool isHourly)
    {
        var grid = isHourly ? Hourly : Fine;
        var (first, last) = (grid.SlotOf(from), grid.SlotOf(to - 1));
        var count = (int)Math.Max(0, last - first + 1);
        var kept = HistorySeriesFacts.KeptOf(key.Owner);
        var values = kept.Select(_ => Unknown(count)).ToArray();
        lock (_gate)
        {
            if (_database is not null && count > 0 && IdLocked(key, isMade: false) is { } id)
                for (var window = grid.WindowOf(first); window <= grid.WindowOf(last); window++)
                    if (RowLocked(isHourly, window, id, key.Owner) is { } row)
                        Copy(row, window);
            // What is not packed yet is newer.
            foreach (var (window, open) in _windows)
                if (open.Objects.GetValueOrDefault(key) is { } recent)
                    Copy(isHourly ? Condensed(recent, key.Owner, window) : recent, isHourly ? Hourly.WindowOf(Fine.FirstOf(window) * Fine.Step / Hourly.Step) : window);
        }

        return new(DateTimeOffset.FromUnixTimeSeconds(grid.EndOf(last)), TimeSpan.FromSeconds(grid.Step), count,
            kept.Select((series, at) => (series, at)).ToFrozenDictionary(one => one.series.Name(), one => ImmutableCollectionsMarshal.AsImmutableArray(values[one.at]), StringComparer.Ordinal));

        void Copy(HistoryValues from, long window)
        {
            var begin = grid.FirstOf(window);
            for (var series = 0; series < values.Length; series++)
                for (var place = (int)Math.Max(0, first - begin); place < grid.Places && begin + place <= last; place++)
                    if (from.Of(series)[place] is var value && !float.IsNaN(value))
                        values[series][begin + place - first] = value;
        }
    }

    /// <summary>How it is doing, without the reason why it may not be writable, which who writes knows.</summary>
    public HistoryState Measure()
    {
        lock (_gate)
            return new(new[] { FilePath, FilePath + "-wal" }.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length), _waiting.Count, _dropped, null);
    }

    public void Dispose()
    {
        lock (_gate)
            CloseLocked();
    }

    private static float[] Unknown(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static HistoryValues Condensed(HistoryValues fine, MetricsOwner owner, long window)
    {
        var hourly = new HistoryValues(owner, Hourly.Places);
        fine.Condense((int)(Hourly.Step / Fine.Step), hourly, Hourly.PlaceOf(Fine.FirstOf(window) * Fine.Step / Hourly.Step));
        return hourly;
    }

    private OpenWindow WindowLocked(long window)
    {
        if (_windows.TryGetValue(window, out var open))
            return open;
        // The oldest goes when the disk has taken none for long: it would not end.
        while (_windows.Count >= MostWindows && _windows.Keys.Min() is var oldest && oldest < window)
        {
            _dropped += _windows[oldest].Objects.Count * Fine.Places;
            _windows.Remove(oldest);
            _waiting.RemoveAll(one => Fine.WindowOf(one.Slot) == oldest);
        }

        return _windows[window] = new();
    }

    private void FlushLocked()
    {
        if (_waiting.Count == 0)
            return;
        WriteLocked(() =>
        {
            foreach (var group in _waiting.GroupBy(one => Fine.WindowOf(one.Slot)))
            {
                _buffer.ResetWrittenCount();
                foreach (var (key, slot, values) in group)
                {
                    _buffer.WriteNumber(IdLocked(key, isMade: true)!.Value);
                    _buffer.WriteNumber(Fine.PlaceOf(slot));
                    var kept = HistorySeriesFacts.KeptOf(key.Owner);
                    for (var series = 0; series < kept.Length; series++)
                        _buffer.WriteNumber(HistoryPacking.Code(values[series], kept[series]));
                }

                Database.Statement("INSERT INTO recent (slice, data) VALUES (?, ?)").Bind(1, group.Key).Bind(2, _buffer.WrittenSpan).Run();
            }
        });
        _waiting.Clear();
    }

    private void Pack(long window)
    {
        const int Slice = 500;
        List<KeyValuePair<HistoryKey, HistoryValues>> objects;
        int changes;
        lock (_gate)
        {
            if (!_windows.TryGetValue(window, out var open))
                return;
            (objects, changes) = ([.. open.Objects], open.Changes);
        }

        foreach (var slice in objects.Chunk(Slice))
            lock (_gate)
                WriteLocked(() =>
                {
                    foreach (var (key, values) in slice)
                        PackLocked(window, key, values);
                });
        lock (_gate)
        {
            // What came meanwhile is packed at the next time, with all the rest of it.
            if (!_windows.TryGetValue(window, out var open) || open.Changes != changes)
                return;
            WriteLocked(() => Database.Statement("DELETE FROM recent WHERE slice = ?").Bind(1, window).Run());
            _windows.Remove(window);
            _ids.Clear();
        }
    }

    private void PackLocked(long window, HistoryKey key, HistoryValues values)
    {
        var id = IdLocked(key, isMade: true)!.Value;
        // It was packed before, and more came late.
        if (RowLocked(isHourly: false, window, id, key.Owner) is { } before)
            values.Complete(before);
        PutLocked(isHourly: false, window, id, values);
        var hourly = Condensed(values, key.Owner, window);
        var longer = Hourly.WindowOf(Fine.FirstOf(window) * Fine.Step / Hourly.Step);
        if (RowLocked(isHourly: true, longer, id, key.Owner) is { } others)
            hourly.Complete(others);
        PutLocked(isHourly: true, longer, id, hourly);
        Database.Statement("UPDATE objects SET last = max(last, ?) WHERE id = ?").Bind(1, window).Bind(2, id).Run();
    }

    private void PutLocked(bool isHourly, long window, long id, HistoryValues values)
    {
        _buffer.ResetWrittenCount();
        values.Write(_buffer);
        Database.Statement($"INSERT OR REPLACE INTO {Table(isHourly)} (id, data) VALUES (?, ?)").Bind(1, (window << ObjectBits) | id).Bind(2, _buffer.WrittenSpan).Run();
    }

    private HistoryValues? RowLocked(bool isHourly, long window, long id, MetricsOwner owner)
    {
        var statement = Database.Statement($"SELECT data FROM {Table(isHourly)} WHERE id = ?").Bind(1, (window << ObjectBits) | id);
        var row = statement.Step() ? HistoryValues.Read(statement.Blob(0), owner, (isHourly ? Hourly : Fine).Places) : null;
        statement.Reset();
        return row;
    }

    private static string Table(bool isHourly) => isHourly ? "hourly" : "fine";

    private long? IdLocked(HistoryKey key, bool isMade)
    {
        if (_ids.TryGetValue(key, out var known))
            return known;
        var (pool, uuid) = (UuidKey.Of(key.Object.Pool), UuidKey.Of(key.Object.Uuid));
        var statement = Database.Statement("SELECT id FROM objects WHERE uuid = ? AND pool = ? AND owner = ?").Bind(1, uuid).Bind(2, pool).Bind(3, (long)key.Owner);
        long? id = statement.Step() ? statement.Long(0) : null;
        statement.Reset();
        if (id is null && isMade)
        {
            Database.Statement("INSERT INTO objects (uuid, pool, owner, last) VALUES (?, ?, ?, ?)").Bind(1, uuid).Bind(2, pool).Bind(3, (long)key.Owner)
                .Bind(4, Fine.WindowOf(Fine.SlotOf(time.GetUtcNow().ToUnixTimeSeconds()))).Run();
            id = Database.LastRowId;
        }

        if (id is { } found && isMade)
            _ids[key] = found;
        return id;
    }

    // Numbers of objects that were given in what is taken back are given to others.
    private void WriteLocked(Action write)
    {
        var database = Database;
        try
        {
            database.Execute("BEGIN IMMEDIATE");
            write();
            database.Execute("COMMIT");
        }
        catch
        {
            database.Rollback();
            _ids.Clear();
            throw;
        }
    }

    /// <summary>A window that is not packed.</summary>
    private sealed class OpenWindow
    {
        public Dictionary<HistoryKey, HistoryValues> Objects { get; } = [];

        public int Changes { get; private set; }

        public void Set(HistoryKey key, int place, ReadOnlySpan<float> values)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(Objects, key, out _);
            (own ??= new(key.Owner, Fine.Places)).Set(place, values);
            Changes++;
        }
    }
}
