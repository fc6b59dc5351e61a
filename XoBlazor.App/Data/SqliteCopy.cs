using Microsoft.Data.Sqlite;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Data;

/// <summary>Copies a SQLite database as it is at one moment, also while another process writes it.</summary>
internal static class SqliteCopy
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Whether the file is a SQLite database.</summary>
    public static bool IsDatabase(string path)
    {
        Span<byte> head = stackalloc byte[Magic.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Magic);
    }

    /// <summary>Writes the copy as one plain file, readable by its owner alone.</summary>
    public static void Copy(string source, string target)
    {
        PrivateFile.Create(target).Dispose();
        using var from = Open(source, SqliteOpenMode.ReadWrite);
        using var to = Open(target, SqliteOpenMode.ReadWrite);
        from.BackupDatabase(to);

        // The copy takes over the source's write-ahead mode; a single file needs none.
        using var single = to.CreateCommand();
        single.CommandText = "PRAGMA journal_mode = DELETE";
        single.ExecuteNonQuery();
    }

    /// <summary>Null when the database is sound, else what is wrong with it.</summary>
    public static string? FindDamage(string path)
    {
        try
        {
            using var connection = Open(path, SqliteOpenMode.ReadOnly);
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA quick_check(1)";
            var answer = check.ExecuteScalar() as string;
            return answer == "ok" ? null : answer ?? "no answer";
        }
        catch (SqliteException problem)
        {
            return problem.Message;
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
