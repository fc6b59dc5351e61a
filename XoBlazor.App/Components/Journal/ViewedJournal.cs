using System.Collections.Immutable;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Store;
using Entries = XoBlazor.Core.Journal.JournalPage;

namespace XoBlazor.App.Components.Journal;

/// <summary>The journal as the person at this circuit may read it: the one way for pages to the past. Fails like <see cref="JournalReader"/>.</summary>
public sealed class ViewedJournal(VisibleJournal journal, CircuitView view)
{
    // Who sees little of a large journal, or searches for common words that never stand together, gets its changes in pieces.
    private const int MostPieces = 10;

    /// <summary>The first page that holds anything. Where even many pieces held nothing, an empty one that says where to go on.</summary>
    public async Task<Entries> ChangesAsync(ChangesQuery query, CancellationToken token)
    {
        var page = await journal.ChangesAsync(view.Eyes, query, token);
        for (var piece = 1; piece < MostPieces && page is { Entries.IsEmpty: true, Next: { } next }; piece++)
            page = await journal.ChangesAsync(view.Eyes, query with { Cursor = next }, token);
        return page;
    }

    public Task<Entries> ObjectTimelineAsync(ObjectKey key, long? before, int limit, CancellationToken token) =>
        journal.ObjectTimelineAsync(view.Eyes, key, before, limit, token);

    public Task<Core.Journal.PoolPicture> PoolAsOfAsync(string pool, DateTimeOffset moment, CancellationToken token) =>
        journal.PoolAsOfAsync(view.Eyes, pool, moment, token);

    public Task<ImmutableArray<ObjectDifference>> DifferencesAsync(string pool, DateTimeOffset from, DateTimeOffset to, CancellationToken token) =>
        journal.DifferencesAsync(view.Eyes, pool, from, to, token);

    /// <summary>How much happened when, of what this person may see.</summary>
    public Task<VisibleActivity> ActivityAsync(DateTimeOffset from, DateTimeOffset to, int buckets, CancellationToken token) =>
        journal.ActivityAsync(view.Eyes, from, to, buckets, null, null, token);
}
