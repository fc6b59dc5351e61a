using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Data;

/// <summary>Keeps transfers in the database: those that wait and run for a restart, those that have ended for people.</summary>
internal sealed class TransferStore(IDbContextFactory<AppDatabase> databases) : ITransferStore
{
    private const string Paused = "transfers/paused";

    public async Task<ImmutableArray<TransferRecord>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await database.Transfers.AsNoTracking().ToListAsync(cancellationToken);
        return [.. entries.Select(Read).OfType<TransferRecord>()];
    }

    public async Task SaveAsync(IReadOnlyList<TransferRecord> records, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var numbers = records.Select(record => record.Number).ToList();
        var known = (await database.Transfers.Where(entry => numbers.Contains(entry.Number)).Select(entry => entry.Number).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var record in records)
            database.Entry(Write(record)).State = known.Contains(record.Number) ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task RemoveAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Transfers.Where(entry => numbers.Contains(entry.Number)).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task<bool> IsPausedAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Settings.AnyAsync(setting => setting.Name == Paused, cancellationToken);
    }

    public async Task SetPausedAsync(bool isPaused, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Settings.Where(setting => setting.Name == Paused).ExecuteDeleteAsync(cancellationToken);
        if (!isPaused)
            return;
        database.Settings.Add(new() { Name = Paused, Value = "yes" });
        await database.SaveChangesAsync(cancellationToken);
    }

    // A state that this version does not know was written by one that is not there any more.
    private static TransferRecord? Read(TransferEntry entry) => !Enum.TryParse<TransferState>(entry.State, out var state) ? null : new()
    {
        Number = entry.Number,
        Operation = entry.Operation,
        Target = new(entry.Pool, entry.Target),
        Name = entry.Name,
        To = entry.ToPool,
        Requester = new(entry.ActorId.Length == 0 ? Actor.System : new(entry.ActorId, entry.ActorName) { LimitedTo = entry.LimitedTo }, entry.Face, entry.Address),
        Arguments = entry.Arguments,
        State = state,
        Place = entry.Place,
        Asked = entry.Asked,
        Begun = entry.Begun,
        Ended = entry.Ended,
        Bytes = entry.Bytes,
        Message = entry.Message,
        Made = entry is { MadePool: { } pool, Made: { } made } ? new ObjectKey(pool, made) : null,
        IsRetried = entry.IsRetried,
    };

    private static TransferEntry Write(TransferRecord record) => new()
    {
        Number = record.Number,
        Operation = record.Operation,
        Pool = record.Target.Pool,
        Target = record.Target.Uuid,
        Name = record.Name,
        ToPool = record.To,
        ActorId = record.Requester.Actor.Id,
        ActorName = record.Requester.Actor.Name,
        LimitedTo = record.Requester.Actor.LimitedTo,
        Face = record.Requester.Face,
        Address = record.Requester.Address,
        Arguments = record.Arguments,
        State = record.State.ToString(),
        Place = record.Place,
        Asked = record.Asked,
        Begun = record.Begun,
        Ended = record.Ended,
        Bytes = record.Bytes,
        Message = record.Message,
        MadePool = record.Made?.Pool,
        Made = record.Made?.Uuid,
        IsRetried = record.IsRetried,
    };
}
