using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Storage;

/// <summary>
/// Where the journal lies: the seam at which another database takes SQLite's place. One writer calls <see cref="OpenAsync"/>,
/// <see cref="AppendAsync"/>, <see cref="TrimAsync"/> and the questions about its own state one after the other; the reading questions come
/// from many callers at once and see what was appended, never half of an append.
/// Fails with <see cref="JournalDiskException"/> when nothing was written and the same call may be tried again, and with
/// <see cref="JournalDamagedException"/> when the storage must be opened anew.
/// </summary>
public interface IJournalStorage : IAsyncDisposable
{
    /// <summary>Opens the storage or makes it; damaged parts are set aside and what is whole is kept. May be called again after a failure.</summary>
    /// <returns>What the administrator should know about the opening, or null.</returns>
    ValueTask<string?> OpenAsync(CancellationToken token);

    /// <summary>The objects of a pool that are there as far as the journal knows.</summary>
    ValueTask<IReadOnlyList<StoredObject>> LivingAsync(string pool, CancellationToken token);

    /// <summary>The last recorded state of an object, or null if it is gone.</summary>
    ValueTask<StoredState?> LastStateAsync(StoredObject stored, CancellationToken token);

    /// <summary>Writes all of it or nothing, durable on return. Sets each change's position and each new object's id.</summary>
    ValueTask AppendAsync(IReadOnlyList<StoredChange> changes, CancellationToken token);

    /// <summary>Does one bounded step of retention: entries before <paramref name="oldest"/> go, and the oldest ones while the size exceeds <paramref name="size"/>.</summary>
    /// <returns>True when there is more to do.</returns>
    ValueTask<bool> TrimAsync(DateTimeOffset oldest, long size, CancellationToken token);

    ValueTask<StorageMeasure> MeasureAsync(CancellationToken token);

    /// <summary>The time of the first entry that is kept, or null while there is none.</summary>
    Task<DateTimeOffset?> OldestAsync(CancellationToken token);

    /// <summary>The entries of one object, and what the journal says about gaps in its pool, newest first.</summary>
    Task<JournalPage> TimelineAsync(ObjectKey key, long? before, int limit, CancellationToken token);

    Task<JournalPage> ChangesAsync(ChangesQuery query, CancellationToken token);

    /// <summary>
    /// Hands over objects that are gone and may have entries within the query's pool, moments and cursor, the last removed first: those that
    /// <paramref name="concerns"/> says yes to, with the position of their removal and a way to their last state, both valid during the call.
    /// </summary>
    /// <param name="most">Stops after so many.</param>
    Task<GoneStretch> GoneAsync(
        ChangesQuery within, Func<StoredObject, bool> concerns, int most, Action<StoredObject, long, Func<StoredState?>> take, CancellationToken token);

    /// <summary>The states of an object at each of the moments; null where it was not there.</summary>
    Task<ImmutableArray<StoredState?>> StatesAsync(ObjectKey key, ImmutableArray<DateTimeOffset> moments, CancellationToken token);

    /// <summary>
    /// Hands over the state of every object of the pool at a moment, from several threads at once; its fields are valid during the call. Objects
    /// whose state the caller has already are passed over: <paramref name="isKnown"/> is asked with the position of the object's last entry.
    /// </summary>
    Task PoolStatesAsync(
        string pool, DateTimeOffset moment, Func<StoredObject, long, bool> isKnown, Action<StoredState> take, CancellationToken token);

    /// <summary>
    /// Hands over the states at both moments of every object of the pool that has an entry between them, from several threads at once, their
    /// fields valid during the call; null where it was not there.
    /// </summary>
    Task PoolChangesAsync(string pool, DateTimeOffset from, DateTimeOffset to, Action<StoredState?, StoredState?> take, CancellationToken token);

    /// <summary>Counts entries between each two of the ascending moments.</summary>
    Task<ImmutableArray<long>> CountAsync(ImmutableArray<DateTimeOffset> moments, string? pool, string? uuid, CancellationToken token);

    /// <summary>The same for some objects one by one; null when they have more than <paramref name="most"/> entries in all.</summary>
    Task<ImmutableArray<long>?> CountAsync(ImmutableArray<DateTimeOffset> moments, IReadOnlyCollection<StoredObject> only, long most, CancellationToken token);

    /// <summary>The uuids of all pools that there are entries about.</summary>
    Task<ImmutableArray<string>> PoolsAsync(CancellationToken token);

    /// <summary>
    /// Hands over all words by which objects of a pool are and were known: those that are borne as far as the journal knows, then the last given up first.
    /// </summary>
    Task NamesAsync(string pool, Action<CalledName> take, CancellationToken token);

    /// <summary>Writes a consistent copy into a folder while the journal goes on.</summary>
    Task BackupAsync(string folder, CancellationToken token);
}
