using System.Runtime.InteropServices;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Takes what is readable from a damaged file over into a new one. Tables are read row by row, over every page that is missing or broken: only the
/// rows on such pages are lost. Objects and states are taken first: without them rows mean nothing.
/// </summary>
internal sealed class Salvage(string damagedPath, SqliteDatabase target)
{
    private static readonly (string Table, string Key, int Columns)[] s_common =
        [("pools", "id", 2), ("names", "id", 2), ("objects", "id", 6), ("called", "id", 4), ("frames", "key", 2)];

    /// <summary>How many entries were saved.</summary>
    public long Run(CancellationToken token)
    {
        SqliteDatabase? source = null;
        try
        {
            source = new SqliteDatabase(damagedPath, isReadOnly: false);
            // Without this SQLite reads nothing of a file that is shorter than it should be, or whose list of tables has a hole.
            source.Execute("PRAGMA writable_schema = ON");
            return Copy(source, token);
        }
        catch (Exception e) when (e is JournalDamagedException or JournalDiskException)
        {
            // Nothing in it can be read, not even which tables there are.
            target.Rollback();
            return 0;
        }
        finally
        {
            source?.Dispose();
        }
    }

    private long Copy(SqliteDatabase source, CancellationToken token)
    {
        var partitions = new List<(long Id, long First, long BaseTime)>();
        foreach (var (table, key, columns) in s_common)
            CopyTable(source, table, key, columns);
        var statement = source.Statement("SELECT id, first, base_time FROM partitions ORDER BY id");
        while (statement.Step())
            partitions.Add((statement.Long(0), statement.Long(1), statement.Long(2)));
        statement.Reset();

        var saved = 0L;
        foreach (var (id, first, baseTime) in partitions)
        {
            token.ThrowIfCancellationRequested();
            saved += CopyPartition(source, new(id, first, first - 1, baseTime, IsClosed: false), id == partitions[^1].Id);
        }

        return saved;
    }

    private long CopyPartition(SqliteDatabase source, Partition partition, bool isNewest)
    {
        target.Execute("BEGIN IMMEDIATE");
        partition.Sql.CreateTables(target);
        target.Execute("COMMIT");
        CopyTable(source, $"texts_{partition.Id}", "id", 2);
        CopyTable(source, $"changes_{partition.Id}", "position", 3);

        target.Execute("BEGIN IMMEDIATE");
        var last = Math.Max(target.Scalar(partition.Sql.MaxPosition), partition.First - 1);
        var add = target.Statement("INSERT INTO partitions VALUES (?,?,?,?,?)").Bind(1, partition.Id).Bind(2, partition.First).Bind(3, partition.BaseTime);
        add.BindNull(4);
        add.BindNull(5);
        if (!isNewest)
            add.Bind(4, last).Bind(5, ObjectBitmap.Pack(ObjectBitmap.Read(target, partition.Sql)));
        add.Run();
        target.Execute("COMMIT");
        return Index(partition with { Last = last }, isNewest);
    }

    private long Index(Partition partition, bool isNewest)
    {
        var words = new WordIndex(target);
        var activity = new Dictionary<(long Pool, long Slot), long>();
        var readable = 0L;
        using (var session = new ReadSession(target, new StorageCache()))
        {
            for (var position = partition.First; position <= partition.Last; position++)
                try
                {
                    if (session.EntryAt(partition, position) is { } entry)
                    {
                        var pool = session.PoolId(entry.Pool)!.Value;
                        words.Add(partition.Sql, pool, entry);
                        // Some of them may have stood on a page that is lost.
                        foreach (var id in session.RowIds([new(entry.Pool, entry.Class, entry.Uuid)]))
                            NameRecord.Add(target, entry, id);
                        CollectionsMarshal.GetValueRefOrAddDefault(activity, (pool, entry.Time.ToUnixTimeMilliseconds() / SqliteWriter.ActivitySlot), out _)++;
                        readable++;
                    }
                }
                catch (JournalDamagedException)
                {
                    // Its texts or its object are lost; the row alone says nothing.
                    target.Statement($"DELETE FROM changes_{partition.Id} WHERE position = ?").Bind(1, position).Run();
                }

            if (!isNewest)
                words.Complete(partition.Sql);
            foreach (var ((pool, slot), entries) in activity)
                target.Statement(partition.Sql.CountActivity).Bind(1, pool).Bind(2, slot).Bind(3, entries).Run();
            target.Execute("COMMIT");
        }

        return readable;
    }

    /// <summary>
    /// Copies the rows in the order of their keys. Where a page cannot be read it feels for the next key that can: in doubling steps until one
    /// answers, then halving back to the first.
    /// </summary>
    private void CopyTable(SqliteDatabase source, string table, string key, int columns)
    {
        target.Execute("BEGIN IMMEDIATE");
        var insert = $"INSERT OR IGNORE INTO {table} VALUES ({string.Join(',', Enumerable.Repeat('?', columns))})";
        if (Prepare(source, $"SELECT * FROM {table} WHERE {key} >= ? ORDER BY {key}") is { } rows)
            for (long? from = 0; from is not null;)
                from = CopyRows(rows, from.Value, insert, columns) is { } broken ? NextReadable(rows, broken) : null;
        target.Execute("COMMIT");
    }

    /// <returns>The key at which reading ended at damage, or null at the table's end.</returns>
    private long? CopyRows(SqliteStatement rows, long from, string insert, int columns)
    {
        rows.Reset();
        rows.Bind(1, from);
        while (true)
        {
            try
            {
                if (!rows.Step())
                    return null;
            }
            catch (JournalDamagedException)
            {
                return from;
            }

            // The key is the first column of every table.
            from = rows.Long(0) + 1;
            var row = target.Statement(insert);
            for (var i = 0; i < columns; i++)
                rows.CopyTo(i, row, i + 1);
            row.Run();
        }
    }

    /// <summary>The first key behind a broken one from which on something can be read, or null.</summary>
    private static long? NextReadable(SqliteStatement rows, long broken)
    {
        var (bad, step) = (broken, 1L);
        while (!CanRead(rows, bad + step))
        {
            bad += step;
            if (step > (long.MaxValue - bad) / 4)
                return null;
            step *= 2;
        }

        var good = bad + step;
        while (good - bad > 1)
        {
            var middle = bad + (good - bad) / 2;
            if (CanRead(rows, middle))
                good = middle;
            else
                bad = middle;
        }

        return good;
    }

    private static bool CanRead(SqliteStatement rows, long key)
    {
        try
        {
            rows.Reset();
            rows.Bind(1, key).Step();
            return true;
        }
        catch (JournalDamagedException)
        {
            return false;
        }
    }

    /// <returns>Null for a table that the damaged file no longer knows.</returns>
    private static SqliteStatement? Prepare(SqliteDatabase source, string select)
    {
        try
        {
            return source.Statement(select);
        }
        catch (Exception e) when (e is JournalDamagedException or JournalDiskException)
        {
            return null;
        }
    }
}
