using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// The journal in one SQLite file, <c>journal.db</c>. One connection writes, others read beside it (write-ahead log). A lock file keeps a second
/// process out. Layout: partitions of entries (<see cref="Partition"/>), key frames by object and position, objects, pools and names.
/// </summary>
public sealed partial class SqliteJournalStorage : IJournalStorage
{
    private const string FileName = "journal.db";

    private readonly string _folder;
    private readonly PartitionLimits _limits;
    private readonly TimeProvider _time;
    private FileStream? _lock;
    private SqliteDatabase? _database;
    private SqliteWriter? _writer;
    private ReaderPool? _readers;

    public SqliteJournalStorage(JournalOptions options, TimeProvider time)
        : this(options.Folder, PartitionLimits.For(options), time)
    {
    }

    internal SqliteJournalStorage(string folder, PartitionLimits limits, TimeProvider time)
    {
        _folder = Path.GetFullPath(folder);
        _limits = limits;
        _time = time;
    }

    private string FilePath => Path.Combine(_folder, FileName);

    private SqliteDatabase Database => _database ?? throw NotOpen();

    private ReaderPool Readers => _readers ?? throw NotOpen();

    public ValueTask AppendAsync(IReadOnlyList<StoredChange> changes, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (Readers.HasSeenDamage)
            throw new JournalDamagedException("The journal's file is damaged; a question met an unreadable page.");
        (_writer ?? throw NotOpen()).Append(changes);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<StoredObject>> LivingAsync(string pool, CancellationToken token)
    {
        using var session = new ReadSession(Database, new StorageCache());
        var living = new List<StoredObject>();
        if (session.PoolId(pool) is { } poolId)
        {
            var statement = Database.Statement("SELECT id, class, uuid FROM objects WHERE pool = ? AND removed = ? ORDER BY id")
                .Bind(1, poolId).Bind(2, SqliteSchema.Living);
            while (statement.Step())
                living.Add(new(pool, session.Name(statement.Long(1)), UuidKey.Text(statement.Blob(2))) { Id = statement.Long(0) });
            statement.Reset();
        }

        return ValueTask.FromResult<IReadOnlyList<StoredObject>>(living);
    }

    public ValueTask<StoredState?> LastStateAsync(StoredObject stored, CancellationToken token)
    {
        using var session = new ReadSession(Database, new StorageCache());
        return ValueTask.FromResult(StateReader.State(session, stored, (1L << SqliteSchema.PositionBits) - 1));
    }

    public ValueTask<StorageMeasure> MeasureAsync(CancellationToken token)
    {
        using var session = new ReadSession(Database, new StorageCache());
        var filled = session.Partitions.Where(p => p.Rows > 0).ToList();
        if (filled.Count == 0)
            return ValueTask.FromResult(new StorageMeasure(0, SizeOnDisk(), null, null));
        var (newest, oldest) = (session.TimeAt(filled[0], filled[0].Last), filled[^1].BaseTime);
        return ValueTask.FromResult(new StorageMeasure(
            session.Rows, SizeOnDisk(), DateTimeOffset.FromUnixTimeMilliseconds(oldest), DateTimeOffset.FromUnixTimeMilliseconds(newest)));
    }

    public Task BackupAsync(string folder, CancellationToken token)
    {
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(Path.GetFullPath(folder), FileName);
        if (File.Exists(copy))
            throw new IOException($"{copy} exists already; name an empty folder for the journal's copy.");
        return Readers.RunAsync(database => database.Statement("VACUUM INTO ?").Bind(1, copy).Run(), token);
    }

    public ValueTask DisposeAsync()
    {
        CloseFile();
        _lock?.Dispose();
        _lock = null;
        return ValueTask.CompletedTask;
    }

    private void CloseFile()
    {
        _readers?.Dispose();
        _database?.Dispose();
        (_readers, _database, _writer) = (null, null, null);
    }

    private long SizeOnDisk() =>
        new[] { FilePath, FilePath + "-wal" }.Select(p => new FileInfo(p)).Where(f => f.Exists).Sum(f => f.Length);

    private static InvalidOperationException NotOpen() => new("The journal's storage is not open.");
}
