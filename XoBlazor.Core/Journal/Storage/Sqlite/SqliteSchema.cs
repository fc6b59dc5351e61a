namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>The tables outside the partitions, and the settings of a connection.</summary>
internal static class SqliteSchema
{
    public const int Version = 1;

    /// <summary>The removal position of an object that is there.</summary>
    public const long Living = long.MaxValue;

    // A key frame's key is the object's number and the position; that leaves 268 million objects and 34 billion entries.
    public const int PositionBits = 35;

    // Every commit reaches the disk before it counts (synchronous FULL): with one or two commits a second that is affordable, and then
    // a power failure loses no more than a crash of the process.
    public const string WriterSettings = """
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA cache_size = -12288;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA temp_store = MEMORY;
        """;

    public const string ReaderSettings = "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;";

    public static void Create(SqliteDatabase database) => database.Execute($"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS pools (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS objects (id INTEGER PRIMARY KEY, pool INTEGER NOT NULL, class INTEGER NOT NULL, uuid BLOB NOT NULL, born INTEGER NOT NULL, removed INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS objects_uuid ON objects (uuid, pool);
        CREATE INDEX IF NOT EXISTS objects_pool ON objects (pool, removed);
        CREATE TABLE IF NOT EXISTS called (id INTEGER PRIMARY KEY, object INTEGER NOT NULL, name TEXT NOT NULL, until INTEGER NOT NULL, UNIQUE (object, name));
        CREATE TABLE IF NOT EXISTS frames (key INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS partitions (id INTEGER PRIMARY KEY, first INTEGER NOT NULL, base_time INTEGER NOT NULL, last INTEGER, objects BLOB);
        PRAGMA user_version = {Version};
        COMMIT;
        """);

    public static long FrameKey(long objectId, long position) => (objectId << PositionBits) | position;

    public static long FramePosition(long key) => key & ((1L << PositionBits) - 1);
}
