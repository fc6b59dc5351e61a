using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Data;

/// <summary>Keeps the pools' settings in the database, their passwords sealed.</summary>
internal sealed class PoolSettingsStore(IDbContextFactory<AppDatabase> databases, Sealed secrets) : IPoolSettingsStore
{
    public async Task<ImmutableArray<PoolSettings>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await database.Pools.AsNoTracking().ToListAsync(cancellationToken);
        return [.. entries.Select(Read)];
    }

    public async Task SaveAsync(PoolSettings settings, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var known = await database.Pools.AnyAsync(entry => entry.Id == settings.Id, cancellationToken);
        database.Entry(Write(settings)).State = known ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Pools.Where(entry => entry.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    private PoolSettings Read(PoolEntry entry) => new()
    {
        Id = entry.Id,
        Label = entry.Label,
        Address = entry.Address,
        User = entry.User,
        Password = secrets.Open(entry.SealedPassword),
        IsEnabled = entry.IsEnabled,
        PoolUuid = entry.PoolUuid,
        Members = JsonSerializer.Deserialize<ImmutableArray<KnownMember>>(entry.Members),
    };

    private PoolEntry Write(PoolSettings settings) => new()
    {
        Id = settings.Id,
        Label = settings.Label,
        Address = settings.Address,
        User = settings.User,
        SealedPassword = secrets.Seal(settings.Password),
        IsEnabled = settings.IsEnabled,
        PoolUuid = settings.PoolUuid,
        Members = JsonSerializer.Serialize(settings.Members),
    };
}
