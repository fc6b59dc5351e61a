using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Data;

/// <summary>
/// Brings the database to this version before anything uses it: checks the keys, refuses a database of a newer version, copies
/// what it is about to change, migrates. At the end it closes the connections that are kept open for the next user, so that the
/// files are at rest when the data directory is given free.
/// </summary>
internal sealed partial class DatabaseStart(IDbContextFactory<AppDatabase> databases, DataDirectory data, Sealed secrets, TimeProvider time, ILogger<DatabaseStart> log) : IDisposable
{
    /// <summary>How every connection to the database is opened.</summary>
    public static string ConnectionString(DataDirectory data) => new SqliteConnectionStringBuilder { DataSource = data.DatabaseFile, ForeignKeys = true }.ToString();

    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            KeyRing.Check(data.DatabaseFile, data.KeysFolder);
            await using var database = await databases.CreateDbContextAsync(token);
            await MigrateAsync(database, token);
            await SealCheckWordAsync(database, token);
        }
        catch (SqliteException problem)
        {
            throw Explain(problem);
        }
        catch (DbUpdateException problem) when (problem.InnerException is SqliteException inner)
        {
            throw Explain(inner);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var any = new SqliteConnection(ConnectionString(data));
        SqliteConnection.ClearPool(any);
    }

    private async Task MigrateAsync(AppDatabase database, CancellationToken token)
    {
        var known = database.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = File.Exists(data.DatabaseFile) ? (await database.Database.GetAppliedMigrationsAsync(token)).ToList() : [];
        if (applied.FirstOrDefault(migration => !known.Contains(migration)) is { } unknown)
            throw new StartupException($"The database {data.DatabaseFile} was written by a newer version (it has '{unknown}'). Start that version, or restore the copy made before the upgrade; copies lie in {data.CopiesFolder}.");

        if (applied.Count == known.Count)
            return;

        if (applied.Count > 0)
        {
            var copy = Path.Combine(data.CopiesFolder, $"xo-blazor-{time.GetUtcNow():yyyyMMdd-HHmmss}-before-{known.Order(StringComparer.Ordinal).Last()}.db");
            SqliteCopy.Copy(data.DatabaseFile, copy);
            LogCopied(copy);
            await ForgetBrokenMigrationAsync(database, token);
            await MigrateFromAsync(copy, database, token);
            return;
        }
        await database.Database.MigrateAsync(token);
    }

    // All steps are one transaction, so a failure leaves the database as it was.
    private async Task MigrateFromAsync(string copy, AppDatabase database, CancellationToken token)
    {
        try
        {
            await database.Database.MigrateAsync(token);
        }
        catch (SqliteException problem)
        {
            throw new StartupException(
                $"The database {data.DatabaseFile} could not be brought to this version: {problem.Message.TrimEnd('.')}. It is as it was, and a copy lies in {copy}. "
                + "Start the version that ran before, and report this.", problem);
        }
    }

    // A process killed while migrating leaves its mark, and EF would wait for it for ever. The data directory's lock is ours, so
    // nobody else can be migrating.
    private static async Task ForgetBrokenMigrationAsync(AppDatabase database, CancellationToken token) =>
        await database.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", token);

    private async Task SealCheckWordAsync(AppDatabase database, CancellationToken token)
    {
        if (await database.Settings.AnyAsync(setting => setting.Name == KeyRing.CheckName, token))
            return;

        database.Settings.Add(new SettingEntry { Name = KeyRing.CheckName, Value = secrets.Seal(KeyRing.CheckWord) });
        await database.SaveChangesAsync(token);
    }

    private StartupException Explain(SqliteException problem) => problem.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT => new StartupException(
            $"The database {data.DatabaseFile} is damaged or not a database. Restore a backup (xo-blazor restore FILE), or move the file away to start anew.", problem),
        SQLitePCL.raw.SQLITE_FULL => new StartupException($"There is no space left for the database {data.DatabaseFile}. Free some and start again.", problem),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => new StartupException(
            $"The database {data.DatabaseFile} cannot be written by user {Environment.UserName}. Change the owner of the file and its folder.", problem),
        _ => new StartupException($"The database {data.DatabaseFile} cannot be opened: {problem.Message}", problem),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Copied the database to {File} before bringing it to this version.")]
    private partial void LogCopied(string file);
}
