using SQLitePCL;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0. Spans of a row are valid until the next step.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, parameter, 0) : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false at the end. Fails with <see cref="OperationCanceledException"/> once the connection was interrupted.</summary>
    public bool Step()
    {
        // SQLite itself forgets an interruption that comes between two statements.
        if (database.IsInterrupted)
            throw new OperationCanceledException();
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code == raw.SQLITE_DONE)
            return false;
        var failure = database.Failure(code);
        raw.sqlite3_reset(handle);
        throw failure;
    }

    /// <summary>Runs a statement that gives no rows, ready for the next use.</summary>
    public void Run()
    {
        Step();
        raw.sqlite3_reset(handle);
    }

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    /// <summary>Binds a column's value, of whatever type, as a parameter of another statement.</summary>
    public void CopyTo(int column, SqliteStatement other, int parameter)
    {
        switch (raw.sqlite3_column_type(handle, column))
        {
            case raw.SQLITE_INTEGER: other.Bind(parameter, Long(column)); break;
            case raw.SQLITE_TEXT: other.Bind(parameter, Text(column)); break;
            case raw.SQLITE_BLOB: other.Bind(parameter, Blob(column)); break;
            default: other.BindNull(parameter); break;
        }
    }

    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(handle, parameter));

    public void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw database.Failure(code);
    }
}
