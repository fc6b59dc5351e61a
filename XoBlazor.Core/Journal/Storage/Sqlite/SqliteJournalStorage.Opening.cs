using System.Globalization;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Opening: the folder, the lock, a file of ours, and what to do with one that is damaged.</summary>
public sealed partial class SqliteJournalStorage
{
    private bool _isDamaged;

    public ValueTask<string?> OpenAsync(CancellationToken token)
    {
        _isDamaged |= _readers?.HasSeenDamage == true;
        CloseFile();
        TakeFolder();
        string? notice = null;
        try
        {
            if (_isDamaged)
                throw new JournalDamagedException("The journal's file is damaged.");
            OpenFile();
        }
        catch (JournalDamagedException damage)
        {
            CloseFile();
            notice = SetAside(damage.Message, token);
            _isDamaged = false;
        }

        return ValueTask.FromResult(notice);
    }

    private void TakeFolder()
    {
        try
        {
            Directory.CreateDirectory(_folder);
            _lock ??= new FileStream(Path.Combine(_folder, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalDiskException($"The journal folder {_folder} cannot be written. Give the server's user write access to it, or name another folder in Journal:Folder.", e);
        }
        catch (IOException e) when (File.Exists(Path.Combine(_folder, "journal.lock")))
        {
            throw new JournalDiskException($"The journal in {_folder} is in use by another process. Stop that one, or give this one a data folder of its own.", e);
        }
        catch (IOException e)
        {
            throw new JournalDiskException($"The journal folder {_folder} cannot be made: {e.Message}", e);
        }
    }

    private void OpenFile()
    {
        var database = _database = new SqliteDatabase(FilePath, isReadOnly: false);
        var version = database.Scalar("PRAGMA user_version");
        if (version > SqliteSchema.Version)
            throw new JournalDiskException($"The journal in {_folder} was written by a newer version of XoBlazor. Use that version, or move the file away to begin a new journal.");
        database.Execute(SqliteSchema.WriterSettings);
        SqliteSchema.Create(database);
        CheckLength(database);
        using (var session = new ReadSession(database, new StorageCache()))
            foreach (var partition in session.Partitions.Where(p => p.Rows > 0))
            {
                session.EntryAt(partition, partition.First);
                session.EntryAt(partition, partition.Last);
            }

        _writer = new SqliteWriter(database, _limits);
        _readers = new ReaderPool(FilePath);
    }

    /// <summary>A file that was cut off still opens; only its pages at the end are missing.</summary>
    private void CheckLength(SqliteDatabase database)
    {
        database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)");
        var wanted = database.Scalar("PRAGMA page_count") * database.Scalar("PRAGMA page_size");
        var length = new FileInfo(FilePath).Length;
        if (length < wanted)
            throw new JournalDamagedException($"The journal's file is cut off: it has {length} of {wanted} bytes.");
    }

    private string SetAside(string reason, CancellationToken token)
    {
        var stamp = _time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var aside = Path.Combine(_folder, $"damaged-{stamp}");
        for (var i = 2; Directory.Exists(aside); i++)
            aside = Path.Combine(_folder, $"damaged-{stamp}-{i}");
        Directory.CreateDirectory(aside);
        foreach (var name in new[] { FileName, FileName + "-wal" })
            if (File.Exists(Path.Combine(_folder, name)))
                File.Move(Path.Combine(_folder, name), Path.Combine(aside, name));
        File.Delete(FilePath + "-shm");

        OpenFile();
        var saved = new Salvage(Path.Combine(aside, FileName), Database).Run(token);
        _writer = new SqliteWriter(Database, _limits);
        return $"{reason} It was set aside in {aside}; {saved} entries could be read and were taken over. Check the disk; delete the folder when it is no longer needed.";
    }
}
