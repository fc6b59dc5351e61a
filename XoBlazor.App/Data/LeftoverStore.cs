using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Operations.Transfers;

namespace XoBlazor.App.Data;

/// <summary>Keeps in the database what transfers and updates have made and will take away again.</summary>
internal sealed class LeftoverStore(IDbContextFactory<AppDatabase> databases) : ILeftoverStore
{
    public async Task<ImmutableArray<Leftover>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await database.Leftovers.AsNoTracking().ToListAsync(cancellationToken);
        return [.. entries.Select(entry => new Leftover
        {
            Mark = entry.Mark,
            Act = entry.Act,
            Target = new(entry.FromPool, entry.Vm),
            To = entry.ToPool,
            Snapshot = entry.Snapshot,
            Made = entry.Made,
            IsKept = entry.IsKept,
        })];
    }

    public async Task SaveAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.Leftovers.AnyAsync(entry => entry.Mark == leftover.Mark, cancellationToken);
        database.Entry(new LeftoverEntry
        {
            Mark = leftover.Mark,
            Act = leftover.Act,
            FromPool = leftover.Target.Pool,
            Vm = leftover.Target.Uuid,
            ToPool = leftover.To,
            Snapshot = leftover.Snapshot,
            Made = leftover.Made,
            IsKept = leftover.IsKept,
        }).State = known ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task RemoveAsync(string mark, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Leftovers.Where(entry => entry.Mark == mark).ExecuteDeleteAsync(cancellationToken);
    }
}
