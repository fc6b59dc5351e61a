using System.Collections.Immutable;
using System.Text;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// One look at the journal: a read transaction, so all answers are of one moment however long it takes. One thread at a time.
/// </summary>
internal sealed class ReadSession : IDisposable
{
    private const int MostTexts = 20_000;

    // More texts than a partition has rows.
    private const int TextBits = 32;

    private readonly StorageCache _cache;
    private readonly Dictionary<long, StoredObject> _objects = [];
    private readonly Dictionary<long, byte[]> _texts = [];
    private readonly StateReader _frames;
    private byte[] _once = [];

    public ReadSession(SqliteDatabase database, StorageCache cache)
    {
        _frames = new StateReader(this);
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

    /// <summary>All pools' numbers and uuids.</summary>
    public List<(long Id, string Uuid)> Pools()
    {
        var pools = new List<(long, string)>();
        var statement = Database.Statement("SELECT id, uuid FROM pools ORDER BY id");
        while (statement.Step())
            pools.Add((statement.Long(0), statement.Text(1)));
        statement.Reset();
        return pools;
    }

    /// <summary>The pool has objects that are not known to be gone.</summary>
    public bool HasLiving(long pool) =>
        First(Database.Statement("SELECT id FROM objects WHERE pool = ? AND removed = ? LIMIT 1").Bind(1, pool).Bind(2, SqliteSchema.Living)) is not null;

    /// <summary>The numbers by which rows name these objects and remarks; those that the journal never met are passed over.</summary>
    public List<long> RowIds(IEnumerable<StoredObject> objects)
    {
        var ids = new List<long>();
        foreach (var stored in objects)
            if (!stored.IsRemarks)
                ids.AddRange(ObjectIds(stored.Pool, stored.Uuid).Where(id => Object(id).Class == stored.Class));
            else if (PoolId(stored.Pool) is { } pool)
                ids.Add(-pool);
        return ids;
    }

    /// <summary>What rows name by a number.</summary>
    public StoredObject Named(long rowId) => rowId < 0 ? StoredObject.RemarksOf(PoolUuid(-rowId)) : Object(rowId);

    /// <summary>The first and last position that the query's moments and cursor leave.</summary>
    public (long From, long To) Stretch(ChangesQuery query) =>
        (query.From is { } first ? PositionAt(RoundUp(first).AddMilliseconds(-1)) + 1 : 0,
            Math.Min(query.To is { } last ? PositionAt(last) : long.MaxValue, (query.Cursor ?? long.MaxValue) - 1));

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

    /// <summary>
    /// The objects of a pool that were born by a position and not removed by another, by their numbers; those with several lives may be absent there.
    /// </summary>
    public StoredObject[] ObjectsBetween(string pool, long notRemovedBy, long bornBy)
    {
        var objects = new List<StoredObject>();
        if (PoolId(pool) is not { } poolId)
            return [];
        var statement = Database.Statement("SELECT id, class, uuid FROM objects WHERE pool = ? AND removed > ? AND born <= ?")
            .Bind(1, poolId).Bind(2, notRemovedBy).Bind(3, bornBy);
        while (statement.Step())
            objects.Add(new(pool, Name(statement.Long(1)), UuidKey.Text(statement.Blob(2))) { Id = statement.Long(0) });
        statement.Reset();
        return [.. objects.OrderBy(o => o.Id)];
    }

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

        if (head.Kind == EntryKind.Added)
            foreach (var field in _frames.FrameAt(objectId, position).Where(f => f.Name != FieldNames.Reference))
                fields.Add(new(field.Name, null, Encoding.UTF8.GetString(field.Json.Span)));
        return new(position, time, offset, head.Kind, head.Origin, stored.Pool, stored.Class, stored.Uuid, name, fields.ToImmutable(), head.Omitted, null);
    }

    public void Dispose() => Database.Rollback();

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
        return TextAt(partition, head >> 1);
    }

    public static long TextKey(Partition partition, long id) => (partition.Id << TextBits) | id;

    /// <summary>A text that is looked at once: valid until the next, and not remembered.</summary>
    public ReadOnlyMemory<byte> TextOnce(Partition partition, long id)
    {
        if (_texts.TryGetValue(TextKey(partition, id), out var known))
            return known;
        var statement = Database.Statement(partition.Sql.TextAt).Bind(1, id);
        if (!statement.Step())
            throw new JournalDamagedException($"The journal's file is damaged: text {id} is missing.");
        var text = Squeeze.Unpack(statement.Blob(0), ref _once);
        statement.Reset();
        return text;
    }

    private byte[] TextAt(Partition partition, long id)
    {
        var key = TextKey(partition, id);
        if (_texts.TryGetValue(key, out var known))
            return known;
        var text = TextOnce(partition, id).ToArray();
        if (_texts.Count >= MostTexts)
            _texts.Clear();
        return _texts[key] = text;
    }

    /// <summary>The next text of a row without copying it.</summary>
    /// <param name="body">What the row is read from.</param>
    public ReadOnlyMemory<byte> Text(Partition partition, ref ByteReader row, ReadOnlyMemory<byte> body)
    {
        var head = row.ReadNumber();
        if ((head & 1) != 0)
            return TextAt(partition, head >> 1);
        var start = body.Length - row.Rest.Length;
        return body.Slice(start, row.ReadBytes(head >> 1).Length);
    }

    public static void SkipText(ref ByteReader row)
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

    private static DateTimeOffset RoundUp(DateTimeOffset moment) =>
        moment.AddTicks((TimeSpan.TicksPerMillisecond - moment.UtcTicks % TimeSpan.TicksPerMillisecond) % TimeSpan.TicksPerMillisecond);

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
