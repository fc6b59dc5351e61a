using System.Collections.Immutable;
using System.Text;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// One look at the journal: a read transaction, so all answers are of one moment however long it takes. One thread at a time.
/// </summary>
internal sealed class ReadSession : IDisposable
{
    private const int MostTexts = 20_000;

    private readonly StorageCache _cache;
    private readonly Dictionary<long, StoredObject> _objects = [];
    private readonly Dictionary<(long Partition, long Id), byte[]> _texts = [];

    public ReadSession(SqliteDatabase database, StorageCache cache)
    {
        Database = database;
        _cache = cache;
        database.Execute("BEGIN");
        Partitions = ReadPartitions();
    }

    public SqliteDatabase Database { get; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<Partition> Partitions { get; }

    public long Rows => Partitions.Sum(p => p.Rows);

    /// <summary>The number of a pool, or null if the journal never met it.</summary>
    public long? PoolId(string uuid)
    {
        var statement = Database.Statement("SELECT id FROM pools WHERE uuid = ?").Bind(1, uuid);
        return First(statement);
    }

    public string PoolUuid(long id) => _cache.Pools.GetOrAdd(id, static (id, db) => Text(db, "SELECT uuid FROM pools WHERE id = ?", id), Database);

    public string Name(long id) => _cache.Names.GetOrAdd(id, static (id, db) => Text(db, "SELECT name FROM names WHERE id = ?", id), Database);

    public StoredObject Object(long id)
    {
        if (_objects.TryGetValue(id, out var known))
            return known;
        var statement = Database.Statement("SELECT pool, class, uuid FROM objects WHERE id = ?").Bind(1, id);
        if (!statement.Step())
            throw new JournalDamagedException($"The journal's file is damaged: object number {id} is missing.");
        var (pool, type, uuid) = (statement.Long(0), statement.Long(1), UuidKey.Text(statement.Blob(2)));
        statement.Reset();
        return _objects[id] = new(PoolUuid(pool), Name(type), uuid) { Id = id };
    }

    /// <summary>The objects with this uuid: one for each class that uses it, usually one.</summary>
    public List<long> ObjectIds(string pool, string uuid)
    {
        var ids = new List<long>();
        if (PoolId(pool) is not { } poolId)
            return ids;
        var statement = Database.Statement("SELECT id FROM objects WHERE uuid = ? AND pool = ? ORDER BY id").Bind(1, UuidKey.Of(uuid)).Bind(2, poolId);
        while (statement.Step())
            ids.Add(statement.Long(0));
        statement.Reset();
        return ids;
    }

    /// <summary>The objects whose uuid begins like this, or is exactly this one.</summary>
    public List<long> ObjectsOf(string beginning, string? exact, long? pool, int most)
    {
        var ids = new List<long>();
        var (first, last) = exact is null ? UuidKey.Range(beginning) : (UuidKey.Of(exact), UuidKey.Of(exact));
        var statement = Database.Statement("SELECT id, pool FROM objects WHERE uuid BETWEEN ? AND ?").Bind(1, first).Bind(2, last);
        while (ids.Count < most && statement.Step())
            if (pool is null || statement.Long(1) == pool)
                ids.Add(statement.Long(0));
        statement.Reset();
        return ids;
    }

    public List<long> ObjectsOfPool(long pool)
    {
        var ids = new List<long>();
        var statement = Database.Statement("SELECT id FROM objects WHERE pool = ?").Bind(1, pool);
        while (statement.Step())
            ids.Add(statement.Long(0));
        statement.Reset();
        return ids;
    }

    /// <summary>The objects of a pool that were born by a position and not removed by another; those with several lives may be absent there.</summary>
    public List<long> ObjectsBetween(string pool, long notRemovedBy, long bornBy)
    {
        var ids = new List<long>();
        if (PoolId(pool) is not { } poolId)
            return ids;
        var statement = Database.Statement("SELECT id FROM objects WHERE pool = ? AND removed > ? AND born <= ?")
            .Bind(1, poolId).Bind(2, notRemovedBy).Bind(3, bornBy);
        while (statement.Step())
            ids.Add(statement.Long(0));
        statement.Reset();
        ids.Sort();
        return ids;
    }

    public bool HasRow(long objectId, long from, long to) => Partitions.Any(p => p.First <= to && p.Last >= from && MayTellAbout(p, objectId)
        && First(Database.Statement(p.Sql.LastOfObject).Bind(1, objectId).Bind(2, from).Bind(3, to)) is not null);

    /// <summary>The position at which the first of these objects was met.</summary>
    public long Born(IReadOnlyList<long> ids)
    {
        var born = long.MaxValue;
        foreach (var id in ids)
            born = Math.Min(born, First(Database.Statement("SELECT born FROM objects WHERE id = ?").Bind(1, id)) ?? long.MaxValue);
        return born;
    }

    /// <summary>The last position whose time is not later, or one before the first position.</summary>
    public long PositionAt(DateTimeOffset moment)
    {
        var time = moment.ToUnixTimeMilliseconds();
        foreach (var partition in Partitions)
        {
            if (partition.Rows == 0 || partition.BaseTime > time)
                continue;
            var (low, high) = (partition.First, partition.Last);
            while (low < high)
            {
                var middle = low + (high - low + 1) / 2;
                if (TimeAt(partition, middle) <= time)
                    low = middle;
                else
                    high = middle - 1;
            }

            return low;
        }

        return Partitions is [.., var oldest] ? oldest.First - 1 : 0;
    }

    /// <summary>The time of the row at a position, or of the nearest one where a damaged file lost it.</summary>
    public long TimeAt(Partition partition, long position) =>
        TimeOf(partition, Database.Statement(partition.Sql.RowFrom).Bind(1, position))
        ?? TimeOf(partition, Database.Statement(partition.Sql.RowsDown).Bind(1, partition.First).Bind(2, position))
        ?? partition.BaseTime;

    public JournalEntry? EntryAt(Partition partition, long position)
    {
        var statement = Database.Statement(partition.Sql.RowAt).Bind(1, position);
        var entry = statement.Step() ? Entry(partition, position, statement.Long(1), statement.Blob(2)) : null;
        statement.Reset();
        return entry;
    }

    /// <summary>Reads a whole row.</summary>
    public JournalEntry Entry(Partition partition, long position, long objectId, ReadOnlySpan<byte> body)
    {
        var row = new ByteReader(body);
        var head = RowHead.Read(ref row, partition.BaseTime);
        var (time, offset) = (DateTimeOffset.FromUnixTimeMilliseconds(head.Time), TimeSpan.FromMilliseconds(head.HostClockOffset));
        if (objectId < 0)
        {
            var marker = new JournalMarker((MarkerKind)row.ReadNumber(), row.ReadNumber(), DateTimeOffset.FromUnixTimeMilliseconds(row.ReadSigned()));
            return new(position, time, offset, EntryKind.Marker, head.Origin, PoolUuid(-objectId), "", "", "", [], 0, marker);
        }

        var stored = Object(objectId);
        var name = Encoding.UTF8.GetString(Text(partition, ref row));
        var fields = ImmutableArray.CreateBuilder<FieldDifference>();
        for (var left = row.ReadNumber(); left > 0; left--)
        {
            var field = Name(row.ReadNumber());
            var old = Encoding.UTF8.GetString(Text(partition, ref row));
            fields.Add(new(field, old, Encoding.UTF8.GetString(Text(partition, ref row))));
        }

        if (head.Kind == EntryKind.Added && FrameAt(objectId, position) is { } frame)
            foreach (var field in frame.Fields.Where(f => f.Name != FieldNames.Reference))
                fields.Add(new(field.Name, null, Encoding.UTF8.GetString(field.Json.Span)));
        return new(position, time, offset, head.Kind, head.Origin, stored.Pool, stored.Class, stored.Uuid, name, fields.ToImmutable(), head.Omitted, null);
    }

    /// <summary>An object's state after a position; null if it was not there.</summary>
    /// <param name="isKnown">Says whether the caller has the state of this position already; then no fields are read.</param>
    public StoredState? State(long objectId, long position, Func<StoredObject, long, bool>? isKnown = null)
    {
        var frame = Database.Statement("SELECT key, body FROM frames WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1")
            .Bind(1, SqliteSchema.FrameKey(objectId, 0)).Bind(2, SqliteSchema.FrameKey(objectId, Math.Max(position, 0)));
        if (!frame.Step())
            return null;
        var framePosition = SqliteSchema.FramePosition(frame.Long(0));
        var stored = Object(objectId);
        foreach (var partition in Partitions)
        {
            if (partition.First > position)
                continue;
            if (partition.Last <= framePosition)
                break;
            if (!MayTellAbout(partition, objectId))
                continue;
            var last = Database.Statement(partition.Sql.ObjectLast).Bind(1, objectId).Bind(2, framePosition + 1).Bind(3, position);
            if (last.Step())
            {
                var state = StateOf(stored, partition, last, frame, isKnown);
                last.Reset();
                frame.Reset();
                return state;
            }

            last.Reset();
        }

        var kept = isKnown is not null && isKnown(stored, framePosition)
            ? new StoredState(stored, framePosition, default, [], [])
            : Frame(stored, framePosition, frame.Blob(1));
        frame.Reset();
        return kept;
    }

    public void Dispose() => Database.Rollback();

    /// <summary>The state after an object's row: its key frame with the fields of the row over it.</summary>
    private StoredState? StateOf(StoredObject stored, Partition partition, SqliteStatement last, SqliteStatement frame, Func<StoredObject, long, bool>? isKnown)
    {
        var position = last.Long(0);
        var row = new ByteReader(last.Blob(1));
        var head = RowHead.Read(ref row, partition.BaseTime);
        if (head.Kind == EntryKind.Removed)
            return null;
        if (isKnown is not null && isKnown(stored, position))
            return new(stored, position, default, [], []);

        var fields = new List<StoredField>(Frame(stored, position, frame.Blob(1)).Fields);
        var since = new List<string>();
        Text(partition, ref row);
        for (var left = row.ReadNumber(); left > 0; left--)
        {
            var name = Name(row.ReadNumber());
            Skip(ref row);
            fields.Add(new(name, TextBytes(partition, ref row)));
            since.Add(name);
        }

        while (!row.IsAtEnd)
        {
            var name = Name(row.ReadNumber());
            fields.Add(new(name, TextBytes(partition, ref row)));
            since.Add(name);
        }

        return new(stored, position, DateTimeOffset.FromUnixTimeMilliseconds(head.Time), fields, since);
    }

    private StoredState? FrameAt(long objectId, long position)
    {
        var statement = Database.Statement("SELECT body FROM frames WHERE key = ?").Bind(1, SqliteSchema.FrameKey(objectId, position));
        var frame = statement.Step() ? Frame(Object(objectId), position, statement.Blob(0)) : null;
        statement.Reset();
        return frame;
    }

    private StoredState Frame(StoredObject stored, long position, ReadOnlySpan<byte> body)
    {
        var reader = new ByteReader(body);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadSigned());
        var plain = Squeeze.Unpack(reader.Rest);
        var fields = new List<StoredField>();
        var values = new ByteReader(plain);
        while (!values.IsAtEnd)
        {
            var name = Name(values.ReadNumber());
            var length = (int)values.ReadNumber();
            var start = plain.Length - values.Rest.Length;
            values.ReadBytes(length);
            fields.Add(new(name, plain.AsMemory(start, length)));
        }

        return new(stored, position, time, fields, []);
    }

    public bool MayTellAbout(Partition partition, long objectId) =>
        !partition.IsClosed || objectId < 0 || ObjectBitmap.Contains(Bitmap(partition), objectId);

    private byte[] Bitmap(Partition partition) => _cache.Bitmaps.GetOrAdd(partition.Id, static (id, db) =>
    {
        var statement = db.Statement("SELECT objects FROM partitions WHERE id = ?").Bind(1, id);
        var bits = statement.Step() ? Squeeze.Unpack(statement.Blob(0)) : [];
        statement.Reset();
        return bits;
    }, Database);

    private ReadOnlySpan<byte> Text(Partition partition, ref ByteReader row)
    {
        var head = row.ReadNumber();
        if ((head & 1) == 0)
            return row.ReadBytes(head >> 1);
        var id = head >> 1;
        if (_texts.TryGetValue((partition.Id, id), out var known))
            return known;
        var statement = Database.Statement(partition.Sql.TextAt).Bind(1, id);
        if (!statement.Step())
            throw new JournalDamagedException($"The journal's file is damaged: text {id} is missing.");
        var text = Squeeze.Unpack(statement.Blob(0));
        statement.Reset();
        if (_texts.Count >= MostTexts)
            _texts.Clear();
        return _texts[(partition.Id, id)] = text;
    }

    private byte[] TextBytes(Partition partition, ref ByteReader row) => Text(partition, ref row).ToArray();

    private static void Skip(ref ByteReader row)
    {
        var head = row.ReadNumber();
        if ((head & 1) == 0)
            row.ReadBytes(head >> 1);
    }

    private ImmutableArray<Partition> ReadPartitions()
    {
        var partitions = ImmutableArray.CreateBuilder<Partition>();
        var statement = Database.Statement("SELECT id, first, base_time, last FROM partitions ORDER BY id DESC");
        while (statement.Step())
            partitions.Add(new(statement.Long(0), statement.Long(1), statement.IsNull(3) ? -1 : statement.Long(3), statement.Long(2), !statement.IsNull(3)));
        statement.Reset();
        for (var i = 0; i < partitions.Count; i++)
            if (!partitions[i].IsClosed)
                partitions[i] = partitions[i] with { Last = Math.Max(Database.Scalar(partitions[i].Sql.MaxPosition), partitions[i].First - 1) };
        return partitions.ToImmutable();
    }

    private static long? TimeOf(Partition partition, SqliteStatement statement)
    {
        long? time = null;
        if (statement.Step())
        {
            var row = new ByteReader(statement.Blob(2));
            time = RowHead.Read(ref row, partition.BaseTime).Time;
        }

        statement.Reset();
        return time;
    }

    private static long? First(SqliteStatement statement)
    {
        long? value = statement.Step() ? statement.Long(0) : null;
        statement.Reset();
        return value;
    }

    private static string Text(SqliteDatabase database, string sql, long id)
    {
        var statement = database.Statement(sql).Bind(1, id);
        var text = statement.Step() ? statement.Text(0) : throw new JournalDamagedException($"The journal's file is damaged: name number {id} is missing.");
        statement.Reset();
        return text;
    }
}
