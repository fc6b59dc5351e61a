using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Finds entries, newest first. Class, pool and words are looked up block by block in the word index and then checked entry by entry,
/// so the index may promise too much but never too little. A search that finds nothing among many candidates stops and says where to go on.
/// </summary>
internal sealed class EntrySearch(ReadSession session, CancellationToken token)
{
    private const int MostObjectsOfBeginning = 200;
    private const int RowsAtATime = 500;

    private readonly List<JournalEntry> _found = [];
    private int _limit;
    private int _patience = int.MaxValue;
    private int _lookedAt;
    private long? _stoppedAt;

    private bool IsDone => _found.Count > _limit || _stoppedAt is not null;

    public JournalPage Timeline(ObjectKey key, long? before, int limit)
    {
        _limit = limit;
        var ids = session.ObjectIds(key.Pool, key.Uuid);
        if (ids.Count == 0)
            return new([], null);
        var born = session.Born(ids);
        ids.Add(-session.PoolId(key.Pool)!.Value);
        OfObjects(ids, born, (before ?? long.MaxValue) - 1, filter: null);
        return Page();
    }

    public JournalPage Changes(ChangesQuery query)
    {
        (_limit, _patience) = (query.Limit, query.LookThrough);
        var (from, to) = session.Stretch(query);
        var filter = EntryFilter.Of(session, query, MostObjectsOfBeginning);
        if (filter is null || from > to)
            return new([], null);

        if (filter.ObjectIds is { } ids)
            OfObjects(ids, from, to, filter);
        else
            OfRange(filter, from, to);
        return Page();
    }

    /// <summary>Merges the rows of some objects, whose positions stand in an index: a few of the newest at a time, however many there are.</summary>
    private void OfObjects(IReadOnlyList<long> ids, long from, long to, EntryFilter? filter)
    {
        foreach (var partition in session.Partitions)
        {
            if (partition.First > to || partition.Rows == 0)
                continue;
            if (partition.Last < from || IsDone)
                break;
            var here = ids.Where(id => session.MayTellAbout(partition, id)).ToList();
            var isFull = here.Count > 0;
            for (var high = to; isFull && !IsDone;)
            {
                // Whatever is found is wanted, unless there is something to be checked.
                var most = filter is null ? _limit + 1 - _found.Count : Math.Max(_limit + 1 - _found.Count, RowsAtATime);
                var newest = Newest(partition, here, from, high, most);
                foreach (var position in newest)
                    if (!IsDone)
                        Row(partition, filter, position);
                isFull = newest.Count == most;
                high = isFull ? newest[^1] - 1 : high;
            }
        }
    }

    /// <summary>The newest positions at which these objects have rows, in descending order.</summary>
    private List<long> Newest(Partition partition, List<long> ids, long from, long to, int most)
    {
        var newest = new PriorityQueue<long, long>();
        foreach (var id in ids)
        {
            token.ThrowIfCancellationRequested();
            var rows = session.Database.Statement(partition.Sql.PositionsDown).Bind(1, id).Bind(2, from).Bind(3, to);
            while (rows.Step())
            {
                var position = rows.Long(0);
                if (newest.Count < most)
                    newest.Enqueue(position, position);
                else if (position > newest.Peek())
                    newest.EnqueueDequeue(position, position);
                else
                    break;
            }

            rows.Reset();
        }

        return [.. newest.UnorderedItems.Select(i => i.Element).OrderDescending()];
    }

    private void Row(Partition partition, EntryFilter? filter, long position)
    {
        token.ThrowIfCancellationRequested();
        var row = session.Database.Statement(partition.Sql.RowAt).Bind(1, position);
        if (row.Step())
            Look(partition, filter, position, row);
        row.Reset();
    }

    private void OfRange(EntryFilter filter, long from, long to)
    {
        foreach (var partition in session.Partitions)
        {
            if (partition.First > to || partition.Rows == 0)
                continue;
            if (partition.Last < from || IsDone)
                break;
            var (low, high) = (Math.Max(from, partition.First), Math.Min(to, partition.Last));
            if (filter.IndexQuery is null)
            {
                Rows(partition, filter, low, high);
                continue;
            }

            // The block that is being filled is not in the index yet.
            var indexed = partition.IsClosed ? partition.Last >> Partition.BlockBits : (partition.Last >> Partition.BlockBits) - 1;
            if (high >> Partition.BlockBits > indexed)
                Rows(partition, filter, Math.Max(low, (indexed + 1) << Partition.BlockBits), high);
            Blocks(partition, filter, low, Math.Min(high, ((indexed + 1) << Partition.BlockBits) - 1));
        }
    }

    private void Blocks(Partition partition, EntryFilter filter, long low, long high)
    {
        if (IsDone || low > high)
            return;
        var blocks = session.Database.Statement(partition.Sql.BlocksDown)
            .Bind(1, filter.IndexQuery!).Bind(2, high >> Partition.BlockBits).Bind(3, low >> Partition.BlockBits);
        while (!IsDone && blocks.Step())
        {
            var first = blocks.Long(0) << Partition.BlockBits;
            Rows(partition, filter, Math.Max(low, first), Math.Min(high, first + Partition.BlockRows - 1));
        }

        blocks.Reset();
    }

    private void Rows(Partition partition, EntryFilter filter, long low, long high)
    {
        var rows = session.Database.Statement(partition.Sql.RowsDown).Bind(1, low).Bind(2, high);
        while (!IsDone && rows.Step())
        {
            token.ThrowIfCancellationRequested();
            Look(partition, filter, rows.Long(0), rows);
        }

        rows.Reset();
    }

    private void Look(Partition partition, EntryFilter? filter, long position, SqliteStatement row)
    {
        if (filter is null || filter.Accepts(partition, position, row.Long(1), row.Blob(2)))
            _found.Add(session.Entry(partition, position, row.Long(1), row.Blob(2)));
        if (++_lookedAt >= _patience)
            _stoppedAt = position;
    }

    private JournalPage Page()
    {
        var hasMore = _found.Count > _limit;
        var entries = _found.Take(_limit).ToImmutableArray();
        return new(entries, hasMore && entries.Length > 0 ? entries[^1].Position : _stoppedAt, _lookedAt);
    }
}
