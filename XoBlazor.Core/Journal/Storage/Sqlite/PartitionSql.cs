using System.Collections.Concurrent;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>The statements on one partition's tables.</summary>
internal sealed class PartitionSql
{
    private static readonly ConcurrentDictionary<long, PartitionSql> s_known = new();

    private readonly long _id;

    private PartitionSql(long id)
    {
        _id = id;
        InsertRow = $"INSERT INTO changes_{id} VALUES (?,?,?)";
        InsertText = $"INSERT INTO texts_{id} VALUES (?,?)";
        InsertWords = $"INSERT INTO words_{id}(rowid, t) VALUES (?,?)";
        CountActivity = $"INSERT INTO activity_{id} VALUES (?,?,?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries";
        MaxPosition = $"SELECT max(position) FROM changes_{id}";
        MaxText = $"SELECT max(id) FROM texts_{id}";
        RowAt = $"SELECT position, object, body FROM changes_{id} WHERE position = ?";
        RowFrom = $"SELECT position, object, body FROM changes_{id} WHERE position >= ? ORDER BY position LIMIT 1";
        RowsDown = $"SELECT position, object, body FROM changes_{id} WHERE position BETWEEN ? AND ? ORDER BY position DESC";
        ObjectLast = $"SELECT position, body FROM changes_{id} WHERE object = ? AND position BETWEEN ? AND ? ORDER BY position DESC LIMIT 1";
        PositionsDown = $"SELECT position FROM changes_{id} WHERE object = ? AND position BETWEEN ? AND ? ORDER BY position DESC";
        LastOfObject = $"SELECT position FROM changes_{id} WHERE object = ? AND position BETWEEN ? AND ? ORDER BY position DESC LIMIT 1";
        CountOfObject = $"SELECT count(*) FROM changes_{id} WHERE object = ? AND position BETWEEN ? AND ?";
        Objects = $"SELECT DISTINCT object FROM changes_{id}";
        ObjectsBetween = $"SELECT object FROM changes_{id} WHERE position BETWEEN ? AND ?";
        TextAt = $"SELECT value FROM texts_{id} WHERE id = ?";
        BlocksDown = $"SELECT rowid FROM words_{id} WHERE words_{id} MATCH ? AND rowid <= ? AND rowid >= ? ORDER BY rowid DESC";
        SumActivity = $"SELECT sum(entries) FROM activity_{id} WHERE pool = ? AND slot BETWEEN ? AND ?";
    }

    public string InsertRow { get; }
    public string InsertText { get; }
    public string InsertWords { get; }
    public string CountActivity { get; }
    public string MaxPosition { get; }
    public string MaxText { get; }
    public string RowAt { get; }
    public string RowFrom { get; }
    public string RowsDown { get; }
    public string PositionsDown { get; }
    public string ObjectLast { get; }
    public string LastOfObject { get; }
    public string CountOfObject { get; }
    public string Objects { get; }
    public string ObjectsBetween { get; }
    public string TextAt { get; }
    public string BlocksDown { get; }
    public string SumActivity { get; }

    public static PartitionSql Of(long partition) => s_known.GetOrAdd(partition, static id => new(id));

    public void CreateTables(SqliteDatabase database) => database.Execute($"""
        CREATE TABLE changes_{_id} (position INTEGER PRIMARY KEY, object INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX changes_{_id}_object ON changes_{_id} (object);
        CREATE TABLE texts_{_id} (id INTEGER PRIMARY KEY, value BLOB NOT NULL);
        CREATE VIRTUAL TABLE words_{_id} USING fts5(t, content='', detail=none, columnsize=0, tokenize='ascii');
        CREATE TABLE activity_{_id} (pool INTEGER, slot INTEGER, entries INTEGER NOT NULL, PRIMARY KEY (pool, slot)) WITHOUT ROWID;
        """);

    public void DropTables(SqliteDatabase database) => database.Execute($"""
        DROP TABLE changes_{_id};
        DROP TABLE texts_{_id};
        DROP TABLE words_{_id};
        DROP TABLE activity_{_id};
        """);
}
