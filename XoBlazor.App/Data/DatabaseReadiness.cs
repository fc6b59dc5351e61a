using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Data;

/// <summary>Ready when the database answers.</summary>
internal sealed class DatabaseReadiness(IDbContextFactory<AppDatabase> databases) : IReadinessCheck
{
    public string Name => "database";

    public async Task<ReadinessState> LookAsync(CancellationToken token)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(token);
            await database.Database.ExecuteSqlRawAsync("SELECT 1", token);
            return new ReadinessState(true, "open");
        }
        catch (SqliteException problem)
        {
            return new ReadinessState(false, $"not answering, SQLite error {problem.SqliteErrorCode}");
        }
    }
}
