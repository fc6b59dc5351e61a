using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.App.Data;

/// <summary>Keeps rolling reboots and updates in the database.</summary>
internal sealed class RollingStore(IDbContextFactory<AppDatabase> databases) : IRollingStore
{
    public async Task<ImmutableArray<RollingRun>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await database.RollingRuns.AsNoTracking().ToListAsync(cancellationToken);
        return [.. entries.Select(entry => JsonSerializer.Deserialize(entry.Run, RollingJson.Default.RollingRun)!)];
    }

    /// <summary>The first state of a run makes room for it among the ended ones of its pool.</summary>
    public async Task SaveAsync(RollingRun run, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.RollingRuns.AnyAsync(entry => entry.Id == run.Id, cancellationToken);
        if (!known)
            database.RollingRuns.RemoveRange(await database.RollingRuns.Where(entry => entry.Pool == run.Pool && entry.IsOver)
                .OrderByDescending(entry => entry.Began).Skip(RollingRuns.MostEnded - 1).ToListAsync(cancellationToken));
        database.Entry(new RollingEntry
        {
            Id = run.Id,
            Pool = run.Pool,
            Began = run.Began,
            IsOver = run.IsOver,
            Run = JsonSerializer.Serialize(run, RollingJson.Default.RollingRun),
        }).State = known ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(cancellationToken);
    }
}
