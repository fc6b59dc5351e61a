using SQLitePCL;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// One connection to a SQLite file, thin over the native library: statements are prepared once and kept, a row costs no allocation.
/// Belongs to one thread at a time; only <see cref="Interrupt"/> may be called from another.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private readonly Func<int, string?, Exception> _failure;
    private volatile bool _isInterrupted;

    static SqliteDatabase() => Batteries_V2.Init();

    /// <param name="meaning">What a result code and its message mean to whoever uses the file; the journal's own when left out.</param>
    public SqliteDatabase(string path, bool isReadOnly, Func<int, string?, Exception>? meaning = null)
    {
        _failure = meaning ?? SqliteFailure.Of;
        var flags = (isReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE) | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out _connection, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var failure = Failure(code);
            _connection.Dispose();
            throw failure;
        }

        raw.sqlite3_extended_result_codes(_connection, 1);
        raw.sqlite3_busy_timeout(_connection, 5000);
    }

    public long LastRowId => raw.sqlite3_last_insert_rowid(_connection);

    /// <summary>The number of rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_connection, sql);
        if (code != raw.SQLITE_OK)
            throw Failure(code);
    }

    /// <summary>The statement of this text, prepared at its first use and reset.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            known.Reset();
            return known;
        }

        var code = raw.sqlite3_prepare_v2(_connection, sql, out var handle);
        if (code != raw.SQLITE_OK)
            throw Failure(code);
        return _statements[sql] = new SqliteStatement(this, handle);
    }

    public long Scalar(string sql)
    {
        var statement = Statement(sql);
        var value = statement.Step() ? statement.Long(0) : 0;
        statement.Reset();
        return value;
    }

    /// <summary>Looks through the whole file; takes as long as reading it. True when every page is as it should be.</summary>
    public bool IsSound()
    {
        var statement = Statement("PRAGMA quick_check(1)");
        var isSound = statement.Step() && statement.Text(0) == "ok";
        statement.Reset();
        return isSound;
    }

    /// <summary>Lets go of the statements that name tables about to be dropped.</summary>
    public void ForgetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }

    /// <summary>Ends a transaction that failed; never throws.</summary>
    public void Rollback()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
        if (raw.sqlite3_get_autocommit(_connection) == 0)
            raw.sqlite3_exec(_connection, "ROLLBACK");
    }

    /// <summary>Whether <see cref="Interrupt"/> was called: this connection answers nothing more.</summary>
    public bool IsInterrupted => _isInterrupted;

    /// <summary>Makes the statement that runs now, and every later one, end with a cancellation; safe from any thread.</summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        raw.sqlite3_interrupt(_connection);
    }

    public Exception Failure(int code) => _failure(code, raw.sqlite3_errmsg(_connection).utf8_to_string());

    public void Dispose()
    {
        ForgetStatements();
        _connection.Dispose();
    }
}
