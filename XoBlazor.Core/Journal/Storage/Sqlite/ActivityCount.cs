using System.Collections.Immutable;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Counts entries between moments: by position for the whole journal, by index for an object, by ten-second slots for a pool.</summary>
internal sealed class ActivityCount(ReadSession session, CancellationToken token)
{
    private HashSet<long>? _ofPool;

    public ImmutableArray<long> Count(ImmutableArray<DateTimeOffset> moments, string? pool, string? uuid)
    {
        var counts = ImmutableArray.CreateBuilder<long>(moments.Length - 1);
        var ids = uuid is null ? null : session.ObjectsOf(uuid, uuid, pool is null ? null : session.PoolId(pool), int.MaxValue);
        var poolId = pool is null ? null : session.PoolId(pool);
        if (pool is not null && poolId is null)
            return [.. new long[moments.Length - 1]];

        for (var i = 1; i < moments.Length; i++)
        {
            token.ThrowIfCancellationRequested();
            var (from, to) = (moments[i - 1], moments[i].AddMilliseconds(-1));
            counts.Add(
                ids is not null ? OfObjects(ids, First(from), session.PositionAt(to))
                : poolId is null ? OfAll(First(from), session.PositionAt(to))
                : (to - from).TotalMilliseconds >= 2 * SqliteWriter.ActivitySlot ? OfSlots(poolId.Value, from, to)
                : OfPool(poolId.Value, First(from), session.PositionAt(to)));
        }

        return counts.ToImmutable();
    }

    /// <summary>The entries of some objects, each of which is found by the index; null when there are more than <paramref name="most"/>.</summary>
    public ImmutableArray<long>? Count(ImmutableArray<DateTimeOffset> moments, IReadOnlyCollection<StoredObject> only, long most)
    {
        // The first position of each stretch, and the end.
        var bounds = moments.Select(First).ToArray();
        var counts = new long[moments.Length - 1];
        var ids = session.RowIds(only);
        foreach (var partition in session.Partitions.Where(p => p.First < bounds[^1] && p.Last >= bounds[0]))
            foreach (var id in ids.Where(id => session.MayTellAbout(partition, id)))
            {
                token.ThrowIfCancellationRequested();
                var rows = session.Database.Statement(partition.Sql.PositionsDown).Bind(1, id).Bind(2, bounds[0]).Bind(3, bounds[^1] - 1);
                for (var at = counts.Length - 1; rows.Step(); counts[at]++)
                {
                    while (rows.Long(0) < bounds[at])
                        at--;
                    if (--most < 0)
                        return null;
                }

                rows.Reset();
            }

        return [.. counts];
    }

    private long First(DateTimeOffset moment) => session.PositionAt(moment.AddMilliseconds(-1)) + 1;

    private long OfAll(long from, long to) =>
        session.Partitions.Sum(p => Math.Max(0, Math.Min(to, p.Last) - Math.Max(from, p.First) + 1));

    private long OfObjects(List<long> ids, long from, long to)
    {
        long count = 0;
        foreach (var partition in session.Partitions.Where(p => p.First <= to && p.Last >= from))
            foreach (var id in ids.Where(id => session.MayTellAbout(partition, id)))
                count += Only(session.Database.Statement(partition.Sql.CountOfObject).Bind(1, id).Bind(2, from).Bind(3, to));
        return count;
    }

    private long OfSlots(long pool, DateTimeOffset from, DateTimeOffset to)
    {
        // A slot counts where it begins, so that each counts once.
        var first = (from.ToUnixTimeMilliseconds() + SqliteWriter.ActivitySlot - 1) / SqliteWriter.ActivitySlot;
        var last = to.ToUnixTimeMilliseconds() / SqliteWriter.ActivitySlot;
        long count = 0;
        // The last slot may reach beyond the moment, into a partition that begins after it.
        foreach (var partition in session.Partitions.Where(p => p.BaseTime < (last + 1) * SqliteWriter.ActivitySlot))
            count += Only(session.Database.Statement(partition.Sql.SumActivity).Bind(1, pool).Bind(2, first).Bind(3, last));
        return count;
    }

    private long OfPool(long pool, long from, long to)
    {
        _ofPool ??= [.. session.ObjectsOfPool(pool)];
        long count = 0;
        foreach (var partition in session.Partitions.Where(p => p.First <= to && p.Last >= from))
        {
            var rows = session.Database.Statement(partition.Sql.ObjectsBetween).Bind(1, from).Bind(2, to);
            while (rows.Step())
                if (rows.Long(0) is var id && (id == -pool || _ofPool.Contains(id)))
                    count++;
            rows.Reset();
        }

        return count;
    }

    private static long Only(SqliteStatement statement)
    {
        var value = statement.Step() ? statement.Long(0) : 0;
        statement.Reset();
        return value;
    }
}
