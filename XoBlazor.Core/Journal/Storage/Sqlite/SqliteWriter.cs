using System.Buffers;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Appends entries over the one writing connection. What it remembers about the end of the journal is read anew after a failure, so that a
/// rolled back transaction leaves nothing behind.
/// </summary>
internal sealed class SqliteWriter(SqliteDatabase database, PartitionLimits limits)
{
    /// <summary>Activity is counted by pool in slots of this many milliseconds.</summary>
    public const long ActivitySlot = 10_000;

    // Small steps back of the clock are taken as standing still; a larger one begins a new partition.
    private const long ToleratedStepBack = 60_000;

    private readonly TextInterner _texts = new(database);
    private readonly WordIndex _words = new(database);
    private readonly Dictionary<string, long> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Pool, long Slot), int> _activity = [];
    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private readonly ArrayBufferWriter<byte> _frame = new(4096);
    private readonly ArrayBufferWriter<byte> _scratch = new(4096);
    private bool _isFresh;
    private Partition? _partition;
    private long _lastTime;
    private long _bytes;

    public void Append(IReadOnlyList<StoredChange> changes)
    {
        var met = new List<StoredObject>();
        try
        {
            if (!_isFresh)
                ReadEnd();
            database.Execute("BEGIN IMMEDIATE");
            foreach (var change in changes)
                Write(change, met);
            FlushActivity();
            database.Execute("COMMIT");
        }
        catch
        {
            _isFresh = false;
            database.Rollback();
            foreach (var stored in met)
                stored.Id = 0;
            throw;
        }
    }

    private void Write(StoredChange change, List<StoredObject> met)
    {
        var partition = PartitionFor(change.Time.ToUnixTimeMilliseconds());
        var sql = partition.Sql;
        var position = partition.Last + 1;
        var pool = PoolOf(change.Pool);
        var objectId = change.Object is null ? -pool : ObjectOf(change, change.Object, pool, position, met);

        _row.ResetWrittenCount();
        new RowHead(change.Kind, change.Origin, _lastTime, (long)change.HostClockOffset.TotalMilliseconds, change.Omitted).Write(_row, partition.BaseTime);
        if (change.Marker is { } marker)
            WriteMarker(marker);
        else
            WriteFields(change);
        database.Statement(sql.InsertRow).Bind(1, position).Bind(2, objectId).Bind(3, _row.WrittenSpan).Run();
        if (change.KeyFrame is { } fields)
            WriteFrame(objectId, position, _lastTime, [.. fields]);

        NameRecord.Add(database, change, objectId, position);
        _words.Add(sql, position, pool, change);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_activity, (pool, _lastTime / ActivitySlot), out _)++;
        change.Position = position;
        _bytes += _row.WrittenCount + limits.RowOverhead;
        _partition = partition with { Last = position };
    }

    private void WriteMarker(JournalMarker marker)
    {
        _row.WriteNumber((long)marker.Kind);
        _row.WriteNumber(marker.Dropped);
        _row.WriteSigned(marker.Since.ToUnixTimeMilliseconds());
    }

    private void WriteFields(StoredChange change)
    {
        _texts.Write(_row, System.Text.Encoding.UTF8.GetBytes(change.Name), mayRepeat: true);
        _row.WriteNumber(change.Fields.Length);
        foreach (var field in change.Fields)
        {
            _row.WriteNumber(NameOf(field.Name));
            _texts.Write(_row, field.Old.Span, MayRepeat(field.Old.Span));
            _texts.Write(_row, field.New.Span, MayRepeat(field.New.Span));
        }

        foreach (var field in change.Carried)
        {
            _row.WriteNumber(NameOf(field.Name));
            _texts.Write(_row, field.Json.Span, MayRepeat(field.Json.Span));
        }
    }

    /// <summary>Writes an object's whole state as of a position.</summary>
    public void WriteFrame(long objectId, long position, long time, IReadOnlyList<StoredField> fields)
    {
        _frame.ResetWrittenCount();
        foreach (var field in fields)
        {
            _frame.WriteNumber(NameOf(field.Name));
            _frame.WriteBytes(field.Json.Span);
        }

        var packed = Squeeze.Pack(_frame.WrittenSpan, _scratch);
        _row.ResetWrittenCount();
        _row.WriteSigned(time);
        _row.Write(packed);
        database.Statement("INSERT OR REPLACE INTO frames VALUES (?,?)").Bind(1, SqliteSchema.FrameKey(objectId, position)).Bind(2, _row.WrittenSpan).Run();
        _bytes += _row.WrittenCount;
    }

    /// <summary>
    /// Prepares objects for the loss of all rows up to a position: those that were there then keep one key frame of that state, those that
    /// were gone and did not come back are forgotten.
    /// </summary>
    public void Rebase(IReadOnlyList<(long Id, StoredState? State)> states, long position)
    {
        try
        {
            if (!_isFresh)
                ReadEnd();
            database.Execute("BEGIN IMMEDIATE");
            foreach (var (id, state) in states)
            {
                if (state is not null)
                    WriteFrame(id, state.Position, state.RecordedAt.ToUnixTimeMilliseconds(), Latest(state.Fields));
                database.Statement("DELETE FROM frames WHERE key >= ? AND key < ?")
                    .Bind(1, SqliteSchema.FrameKey(id, 0)).Bind(2, SqliteSchema.FrameKey(id, state?.Position ?? position)).Run();
                NameRecord.Forget(database, id, position);
                database.Statement("DELETE FROM objects WHERE id = ? AND removed <= ?").Bind(1, id).Bind(2, position).Run();
            }

            database.Execute("COMMIT");
        }
        catch
        {
            _isFresh = false;
            database.Rollback();
            throw;
        }
    }

    private static List<StoredField> Latest(IReadOnlyList<StoredField> fields)
    {
        var latest = new Dictionary<string, StoredField>(StringComparer.Ordinal);
        foreach (var field in fields)
            latest[field.Name] = field;
        return [.. latest.Values];
    }

    /// <summary>Numbers, truths and moments are written where they stand, everything else once.</summary>
    private static bool MayRepeat(ReadOnlySpan<byte> json) =>
        json.Length > 0 && json[0] is (byte)'"' or (byte)'[' or (byte)'{' && !(json.Length == 20 && json[9] == 'T' && json[18] == 'Z');

    private Partition PartitionFor(long time)
    {
        if (_partition is { } current)
        {
            var isFull = current.Rows >= limits.Rows || _bytes + _texts.Bytes >= limits.Bytes || time - current.BaseTime >= limits.Milliseconds;
            if (current.Rows == 0 || (!isFull && time >= _lastTime - ToleratedStepBack))
            {
                _lastTime = Math.Max(time, current.Rows == 0 ? current.BaseTime : _lastTime);
                return current;
            }

            Close(current);
        }

        var next = _partition is { } before ? (before.Last + Partition.BlockRows) & ~(Partition.BlockRows - 1L) : Partition.BlockRows;
        var opened = new Partition(database.Scalar("SELECT coalesce(max(id), 0) + 1 FROM partitions"), next, next - 1, time, IsClosed: false);
        opened.Sql.CreateTables(database);
        database.Statement("INSERT INTO partitions (id, first, base_time) VALUES (?,?,?)").Bind(1, opened.Id).Bind(2, opened.First).Bind(3, time).Run();
        Enter(opened);
        _lastTime = time;
        return opened;
    }

    private void Close(Partition partition)
    {
        _words.Complete(partition.Sql);
        FlushActivity();
        database.Statement("UPDATE partitions SET last = ?, objects = ? WHERE id = ?")
            .Bind(1, partition.Last).Bind(2, ObjectBitmap.Pack(ObjectBitmap.Read(database, partition.Sql))).Bind(3, partition.Id).Run();
    }

    private void Enter(Partition partition)
    {
        _partition = partition;
        _texts.Begin(partition);
        _words.Begin();
        _bytes = 0;
    }

    private void FlushActivity()
    {
        foreach (var ((pool, slot), entries) in _activity)
            database.Statement(_partition!.Value.Sql.CountActivity).Bind(1, pool).Bind(2, slot).Bind(3, entries).Run();
        _activity.Clear();
    }

    private long PoolOf(string uuid)
    {
        if (!_pools.TryGetValue(uuid, out var id))
            _pools[uuid] = id = IdOf("SELECT id FROM pools WHERE uuid = ?", "INSERT INTO pools (uuid) VALUES (?)", uuid);
        return id;
    }

    private long NameOf(string name)
    {
        if (!_names.TryGetValue(name, out var id))
            _names[name] = id = IdOf("SELECT id FROM names WHERE name = ?", "INSERT INTO names (name) VALUES (?)", name);
        return id;
    }

    private long IdOf(string find, string insert, string text)
    {
        var statement = database.Statement(find).Bind(1, text);
        var known = statement.Step() ? statement.Long(0) : 0;
        statement.Reset();
        if (known != 0)
            return known;
        database.Statement(insert).Bind(1, text).Run();
        return database.LastRowId;
    }

    private long ObjectOf(StoredChange change, StoredObject stored, long pool, long position, List<StoredObject> met)
    {
        if (stored.Id == 0)
        {
            var type = NameOf(stored.Class);
            var uuid = UuidKey.Of(stored.Uuid);
            met.Add(stored);
            var find = database.Statement("SELECT id FROM objects WHERE uuid = ? AND pool = ? AND class = ?").Bind(1, uuid).Bind(2, pool).Bind(3, type);
            if (!find.Step())
            {
                database.Statement("INSERT INTO objects (pool, class, uuid, born, removed) VALUES (?,?,?,?,?)")
                    .Bind(1, pool).Bind(2, type).Bind(3, uuid).Bind(4, position).Bind(5, SqliteSchema.Living).Run();
                stored.Id = database.LastRowId;
                return stored.Id;
            }

            stored.Id = find.Long(0);
            find.Reset();
        }

        if (change.Kind is EntryKind.Added or EntryKind.Removed)
            database.Statement("UPDATE objects SET removed = ? WHERE id = ?")
                .Bind(1, change.Kind == EntryKind.Added ? SqliteSchema.Living : position).Bind(2, stored.Id).Run();
        return stored.Id;
    }

    /// <summary>Learns where the journal ends, and the words of the block that is not full yet.</summary>
    private void ReadEnd()
    {
        _pools.Clear();
        _names.Clear();
        _activity.Clear();
        _partition = null;
        _words.Begin();
        using var session = new ReadSession(database, new StorageCache());
        if (session.Partitions is [var newest, ..])
        {
            Enter(newest);
            _lastTime = newest.Rows == 0 ? newest.BaseTime : session.TimeAt(newest, newest.Last);
            _bytes = newest.Rows * (limits.RowOverhead * 2);
            var blockStart = Math.Max(newest.First, newest.Last & ~(Partition.BlockRows - 1L));
            for (var position = blockStart; position <= newest.Last; position++)
                if (session.EntryAt(newest, position) is { } entry)
                    _words.Add(newest.Sql, PoolOf(entry.Pool), entry);
        }

        _isFresh = true;
    }
}
