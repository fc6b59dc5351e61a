using System.Collections.Immutable;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Journal;

/// <summary>A storage whose disk can be told to refuse writes or to take its time, to give up a search early, and counts how often whole pools are read.</summary>
internal sealed class FailingStorage(IJournalStorage inner) : IJournalStorage
{
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the disk says to a write; null when it is well.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Writes wait for this.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>Readings of whole pools wait for this.</summary>
    public Task ReadReady { get; set; } = Task.CompletedTask;

    /// <summary>Readings of names wait for this.</summary>
    public Task NamesReady { get; set; } = Task.CompletedTask;

    /// <summary>A search is handed back after looking at so many entries, whatever was asked for.</summary>
    public int MostLookedThrough { get; set; } = int.MaxValue;

    public int PoolReadings { get; private set; }

    /// <summary>Ends when a write was refused since <see cref="Failure"/> was set.</summary>
    public Task Refused => _refused.Task;

    public async ValueTask AppendAsync(IReadOnlyList<StoredChange> changes, CancellationToken token)
    {
        await Ready;
        if (Failure is { } failure)
        {
            _refused.TrySetResult();
            throw failure;
        }

        await inner.AppendAsync(changes, token);
    }

    public ValueTask<string?> OpenAsync(CancellationToken token) => inner.OpenAsync(token);

    public ValueTask<IReadOnlyList<StoredObject>> LivingAsync(string pool, CancellationToken token) => inner.LivingAsync(pool, token);

    public ValueTask<StoredState?> LastStateAsync(StoredObject stored, CancellationToken token) => inner.LastStateAsync(stored, token);

    public ValueTask<bool> TrimAsync(DateTimeOffset oldest, long size, CancellationToken token) => inner.TrimAsync(oldest, size, token);

    public ValueTask<StorageMeasure> MeasureAsync(CancellationToken token) => inner.MeasureAsync(token);

    public Task<DateTimeOffset?> OldestAsync(CancellationToken token) => inner.OldestAsync(token);

    public Task<JournalPage> TimelineAsync(ObjectKey key, long? before, int limit, CancellationToken token) => inner.TimelineAsync(key, before, limit, token);

    public Task<JournalPage> ChangesAsync(ChangesQuery query, CancellationToken token) =>
        inner.ChangesAsync(query with { LookThrough = Math.Min(query.LookThrough, MostLookedThrough) }, token);

    public Task<GoneStretch> GoneAsync(
        ChangesQuery within, Func<StoredObject, bool> concerns, int most, Action<StoredObject, long, Func<StoredState?>> take, CancellationToken token) =>
        inner.GoneAsync(within, concerns, most, take, token);

    public Task<ImmutableArray<StoredState?>> StatesAsync(ObjectKey key, ImmutableArray<DateTimeOffset> moments, CancellationToken token) =>
        inner.StatesAsync(key, moments, token);

    public async Task PoolStatesAsync(string pool, DateTimeOffset moment, Func<StoredObject, long, bool> isKnown, Action<StoredState> take, CancellationToken token)
    {
        PoolReadings++;
        await ReadReady.WaitAsync(token);
        await inner.PoolStatesAsync(pool, moment, isKnown, take, token);
    }

    public Task PoolChangesAsync(string pool, DateTimeOffset from, DateTimeOffset to, Action<StoredState?, StoredState?> take, CancellationToken token) =>
        inner.PoolChangesAsync(pool, from, to, take, token);

    public Task<ImmutableArray<long>> CountAsync(ImmutableArray<DateTimeOffset> moments, string? pool, string? uuid, CancellationToken token) =>
        inner.CountAsync(moments, pool, uuid, token);

    public Task<ImmutableArray<long>?> CountAsync(ImmutableArray<DateTimeOffset> moments, IReadOnlyCollection<StoredObject> only, long most, CancellationToken token) =>
        inner.CountAsync(moments, only, most, token);

    public Task<ImmutableArray<string>> PoolsAsync(CancellationToken token) => inner.PoolsAsync(token);

    public async Task NamesAsync(string pool, Action<CalledName> take, CancellationToken token)
    {
        await NamesReady.WaitAsync(token);
        await inner.NamesAsync(pool, take, token);
    }

    public Task BackupAsync(string folder, CancellationToken token) => inner.BackupAsync(folder, token);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
