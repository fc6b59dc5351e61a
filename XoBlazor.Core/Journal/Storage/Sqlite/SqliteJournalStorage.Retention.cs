namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Retention: whole partitions go, after each object they tell about has a key frame that stands without them.</summary>
public sealed partial class SqliteJournalStorage
{
    private const int ObjectsPerStep = 500;
    private const int PagesPerStep = 2_000;

    private long _trimmedPartition;
    private Queue<long>? _objectsToTrim;

    public ValueTask<bool> TrimAsync(DateTimeOffset oldest, long size, CancellationToken token)
    {
        try
        {
            return ValueTask.FromResult(Trim(oldest, size));
        }
        catch
        {
            Database.Rollback();
            _objectsToTrim = null;
            throw;
        }
    }

    private bool Trim(DateTimeOffset oldest, long size)
    {
        Partition first;
        using (var session = new ReadSession(Database, new StorageCache()))
        {
            if (session.Partitions.Length < 2)
                return false;
            first = session.Partitions[^1];
            var isTooOld = first.Rows == 0 || session.TimeAt(first, first.Last) < oldest.ToUnixTimeMilliseconds();
            if (!isTooOld && UsedBytes() <= size)
                return GiveBackSpace();
        }

        if (_objectsToTrim is null || _trimmedPartition != first.Id)
        {
            (_objectsToTrim, _trimmedPartition) = ([], first.Id);
            var objects = Database.Statement(first.Sql.Objects);
            while (objects.Step())
                if (objects.Long(0) > 0)
                    _objectsToTrim.Enqueue(objects.Long(0));
            objects.Reset();
        }

        if (_objectsToTrim.Count > 0)
            Rebase(first, _objectsToTrim);
        else
            Drop(first);
        return true;
    }

    /// <summary>Makes some objects independent of the rows about to go.</summary>
    private void Rebase(Partition partition, Queue<long> objects)
    {
        var step = new List<long>();
        while (step.Count < ObjectsPerStep && objects.TryDequeue(out var id))
            step.Add(id);
        var states = new List<(long Id, StoredState? State)>();
        using (var session = new ReadSession(Database, new StorageCache()))
            foreach (var id in step)
                states.Add((id, StateReader.State(session, session.Object(id), partition.Last)));

        _writer!.Rebase(states, partition.Last);
    }

    private void Drop(Partition partition)
    {
        _objectsToTrim = null;
        Database.ForgetStatements();
        Database.Execute("BEGIN IMMEDIATE");
        partition.Sql.DropTables(Database);
        Database.Statement("DELETE FROM partitions WHERE id = ?").Bind(1, partition.Id).Run();
        Database.Execute("COMMIT");
    }

    /// <summary>Shrinks the file step by step once much of it is empty; a little is left for the next entries.</summary>
    private bool GiveBackSpace()
    {
        var (free, all) = (Database.Scalar("PRAGMA freelist_count"), Database.Scalar("PRAGMA page_count"));
        if (free < all / 4 || free < PagesPerStep)
            return false;
        Database.Execute($"PRAGMA incremental_vacuum({PagesPerStep})");
        return true;
    }

    private long UsedBytes() =>
        (Database.Scalar("PRAGMA page_count") - Database.Scalar("PRAGMA freelist_count")) * Database.Scalar("PRAGMA page_size");
}
