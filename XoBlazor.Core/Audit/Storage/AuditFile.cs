using Microsoft.Data.Sqlite;

namespace XoBlazor.Core.Audit.Storage;

/// <summary>
/// The SQLite file the records lie in. The JSON text is the only truth: what is searched by is computed from it, so that it cannot tell something else.
/// Errors of the disk come as <see cref="AuditException"/>.
/// </summary>
internal static class AuditFile
{
    public const string Name = "audit.db";

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS records(
            number   INTEGER PRIMARY KEY,
            hash     BLOB NOT NULL,
            body     TEXT NOT NULL,
            time     TEXT GENERATED ALWAYS AS (body ->> '$.time') VIRTUAL,
            category TEXT GENERATED ALWAYS AS (body ->> '$.category') VIRTUAL,
            outcome  TEXT GENERATED ALWAYS AS (body ->> '$.outcome') VIRTUAL,
            actorId  TEXT GENERATED ALWAYS AS (body ->> '$.actorId') VIRTUAL,
            pool     TEXT GENERATED ALWAYS AS (body ->> '$.pool') VIRTUAL,
            target   TEXT GENERATED ALWAYS AS (body ->> '$.target') VIRTUAL);
        CREATE INDEX IF NOT EXISTS records_time ON records(time);
        CREATE INDEX IF NOT EXISTS records_category ON records(category);
        CREATE INDEX IF NOT EXISTS records_outcome ON records(outcome);
        CREATE INDEX IF NOT EXISTS records_actor ON records(actorId);
        CREATE INDEX IF NOT EXISTS records_target ON records(target);
        CREATE INDEX IF NOT EXISTS records_made ON records(body ->> '$.made') WHERE body ->> '$.made' IS NOT NULL;
        CREATE INDEX IF NOT EXISTS records_of ON records(body ->> '$.of');
        CREATE TABLE IF NOT EXISTS seals(which TEXT PRIMARY KEY, number INTEGER NOT NULL, hash BLOB NOT NULL, seal BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS forwarded(destination TEXT PRIMARY KEY, number INTEGER NOT NULL);
        """;

    /// <summary>Opens for writing, makes what is missing. Each commit reaches the disk before it returns.</summary>
    public static SqliteConnection OpenToWrite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return Guard(file, () =>
        {
            var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Run(connection, Schema);
            return connection;
        });
    }

    /// <summary>Opens for questions, also while a server writes.</summary>
    public static SqliteConnection OpenToRead(string file)
    {
        if (!File.Exists(file))
            throw new AuditException($"There is no audit yet: {file} does not exist. It is made when the server starts for the first time.");
        return Guard(file, () => Open(file, SqliteOpenMode.ReadOnly));
    }

    /// <summary>Does something with the file and puts what goes wrong into words.</summary>
    public static T Guard<T>(string file, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException problem)
        {
            throw new AuditException(Words(file, problem), problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"The audit {file} cannot be used: {problem.Message}", problem);
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Words(string file, SqliteException problem) => problem.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => $"There is no space left for the audit {file}. Free some; until then nothing that must be recorded can be done.",
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
            $"The audit {file} cannot be written by user {Environment.UserName}. Change the owner of the file and its folder.",
        SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
            $"The audit {file} is damaged or not a database. Keep it as evidence, restore a backup, or move it away to begin a new one.",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"The audit {file} is being written by another process. Try again in a moment.",
        _ => $"The audit {file} cannot be used: {problem.Message}",
    };
}
