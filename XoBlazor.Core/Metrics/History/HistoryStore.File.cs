using System.Globalization;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics.History;

/// <summary>The file: opening it, setting a damaged one aside, and what goes when it is old or takes too much.</summary>
internal sealed partial class HistoryStore
{
    private const long Version = 1;
    private const int PagesPerStep = 2_000;
    private const int MostSteps = 50;

    // A power cut may lose the last seconds; the file stays whole.
    private const string Settings = """
        PRAGMA page_size = 8192;
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -8192;
        PRAGMA journal_size_limit = 33554432;
        PRAGMA temp_store = MEMORY;
        """;

    private const string Schema = """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS objects (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, pool BLOB NOT NULL, owner INTEGER NOT NULL, last INTEGER NOT NULL, UNIQUE (uuid, pool, owner));
        CREATE TABLE IF NOT EXISTS recent (id INTEGER PRIMARY KEY, slice INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS fine (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS hourly (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
        PRAGMA user_version = 1;
        COMMIT;
        """;

    /// <summary>Opens the file or makes it; one that is damaged is set aside. May be called again after a failure.</summary>
    /// <returns>What the administrator should know about it, or null.</returns>
    public string? Open()
    {
        lock (_gate)
        {
            string? notice = null;
            try
            {
                CloseLocked();
                Directory.CreateDirectory(options.Folder);
                try
                {
                    OpenLocked();
                }
                catch (HistoryException damage) when (damage.IsDamage)
                {
                    notice = SetAsideLocked(damage.Message);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                CloseLocked();
                throw new HistoryException($"The folder {options.Folder} for the history of figures cannot be used: {problem.Message.TrimEnd('.')}. Give the server's user write access to it.", problem);
            }
            catch
            {
                CloseLocked();
                throw;
            }

            return notice;
        }
    }

    /// <summary>Sets the file aside after damage was met, and begins anew with what is in memory.</summary>
    public string? OpenAnew(string why)
    {
        lock (_gate)
            return SetAsideLocked(why);
    }

    /// <summary>Does a bounded part of what has to go: what is too old, and the oldest when the file is too large. True when there is more to do.</summary>
    public bool Trim()
    {
        var now = time.GetUtcNow();
        for (var step = 0; step < MostSteps; step++)
            lock (_gate)
                if (!TrimLocked(now))
                    return false;
        return true;
    }

    private bool TrimLocked(DateTimeOffset now)
    {
        var (fine, hourly) = (OldestLocked("fine"), OldestLocked("hourly"));
        var isTooLarge = (Database.Scalar("PRAGMA page_count") - Database.Scalar("PRAGMA freelist_count")) * Database.Scalar("PRAGMA page_size") > options.MostBytes;
        var newest = Fine.WindowOf(Fine.SlotOf(now.ToUnixTimeSeconds()));
        if (fine is { } window && ((window + 1) * Fine.Span < (now - options.FineAge).ToUnixTimeSeconds() || (isTooLarge && window < newest - 1)))
            DropLocked("fine", window);
        else if (hourly is { } longer && ((longer + 1) * Hourly.Span < (now - options.HourlyAge).ToUnixTimeSeconds() || (isTooLarge && (longer + 1) * Hourly.Span < now.ToUnixTimeSeconds())))
            DropLocked("hourly", longer);
        else
            return GiveBackLocked(now);
        return true;
    }

    private long? OldestLocked(string table)
    {
        var statement = Database.Statement($"SELECT min(id) FROM {table}");
        long? oldest = statement.Step() && !statement.IsNull(0) ? statement.Long(0) >> ObjectBits : null;
        statement.Reset();
        return oldest;
    }

    private void DropLocked(string table, long window) => WriteLocked(() => Database.Statement($"DELETE FROM {table} WHERE id < ?").Bind(1, (window + 1) << ObjectBits).Run());

    private bool GiveBackLocked(DateTimeOffset now)
    {
        var forgotten = Fine.WindowOf(Fine.SlotOf((now - options.HourlyAge).ToUnixTimeSeconds()));
        WriteLocked(() => Database.Statement("DELETE FROM objects WHERE last < ?").Bind(1, forgotten).Run());
        _ids.Clear();
        var (free, all) = (Database.Scalar("PRAGMA freelist_count"), Database.Scalar("PRAGMA page_count"));
        if (free < all / 4 || free < PagesPerStep)
            return false;
        Database.Execute($"PRAGMA incremental_vacuum({PagesPerStep})");
        return true;
    }

    private void OpenLocked()
    {
        var database = _database = new SqliteDatabase(FilePath, isReadOnly: false, HistoryFailure.Of);
        if (database.Scalar("PRAGMA user_version") > Version)
            throw new HistoryException($"The history of figures in {options.Folder} was written by a newer version of XoBlazor. Use that version, or move the file {FileName} away to begin anew.");
        database.Execute(Settings);
        database.Execute(Schema);
        database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)");
        if (new FileInfo(FilePath).Length < database.Scalar("PRAGMA page_count") * database.Scalar("PRAGMA page_size"))
            throw new HistoryException("The file with the history of figures is cut off.") { IsDamage = true };
        ReadRecentLocked(database);
    }

    /// <summary>What was written and not packed comes back into memory.</summary>
    private void ReadRecentLocked(SqliteDatabase database)
    {
        var keys = new Dictionary<long, HistoryKey>();
        var statement = database.Statement("SELECT slice, data FROM recent ORDER BY id");
        while (statement.Step())
        {
            var window = statement.Long(0);
            try
            {
                var reader = new ByteReader(statement.Blob(1));
                while (!reader.IsAtEnd)
                    ReadOneLocked(database, keys, window, ref reader);
            }
            catch (JournalDamagedException)
            {
                // A row that ends early: what was read of it stands.
            }
        }

        statement.Reset();
    }

    private void ReadOneLocked(SqliteDatabase database, Dictionary<long, HistoryKey> keys, long window, ref ByteReader reader)
    {
        var (id, place) = (reader.ReadNumber(), (int)Math.Clamp(reader.ReadNumber(), 0, Fine.Places - 1));
        if (!keys.TryGetValue(id, out var key))
        {
            var statement = database.Statement("SELECT uuid, pool, owner FROM objects WHERE id = ?").Bind(1, id);
            if (!statement.Step())
                throw new HistoryException("The file with the history of figures is damaged: it tells of an object that it does not know.") { IsDamage = true };
            keys[id] = key = new((MetricsOwner)statement.Long(2), new ObjectKey(UuidKey.Text(statement.Blob(1)), UuidKey.Text(statement.Blob(0))));
            statement.Reset();
        }

        var kept = HistorySeriesFacts.KeptOf(key.Owner);
        var values = new float[kept.Length];
        for (var series = 0; series < kept.Length; series++)
            values[series] = HistoryPacking.Value((uint)reader.ReadNumber(), kept[series]);
        WindowLocked(window).Set(key, place, values);
    }

    private string SetAsideLocked(string reason)
    {
        CloseLocked();
        var aside = Path.Combine(options.Folder, $"damaged-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}.db");
        for (var number = 2; File.Exists(aside); number++)
            aside = Path.Combine(options.Folder, $"damaged-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}-{number}.db");
        if (File.Exists(FilePath))
            File.Move(FilePath, aside);
        File.Delete(FilePath + "-wal");
        File.Delete(FilePath + "-shm");
        OpenLocked();
        return $"{reason} It was set aside as {aside} and a new one begun. Check the disk; delete that file when it is no longer needed.";
    }

    private void CloseLocked()
    {
        _database?.Dispose();
        _database = null;
        _ids.Clear();
    }
}
