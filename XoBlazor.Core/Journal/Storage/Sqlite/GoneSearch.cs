namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>Finds the objects that are gone, the last removed first, and their last states.</summary>
internal sealed class GoneSearch(ReadSession session, Func<StoredObject, bool> concerns, Action<StoredObject, long, Func<StoredState?>> take, CancellationToken token)
{
    /// <summary>Rows of objects passed over cost little, but not nothing.</summary>
    private const int MostLookedAt = 200_000;

    private readonly StateReader _states = new(session);
    private readonly StoredObject[] _one = new StoredObject[1];

    public GoneStretch Find(ChangesQuery within, int most)
    {
        var (from, to) = session.Stretch(within);
        var wanted = session.Pools().Where(p => within.Pool is null || p.Uuid == within.Pool).ToList();
        var horizon = 0L;
        foreach (var (id, uuid) in wanted)
            // Each pool may use up its part, so that one with many does not hide how far the others were looked at.
            horizon = Math.Max(horizon, OfPool(id, uuid, from, to, Math.Max(1, most / wanted.Count), MostLookedAt / wanted.Count));
        return new(horizon, to, [.. wanted.Where(p => session.HasLiving(p.Id)).Select(p => p.Uuid)]);
    }

    /// <returns>The removal behind which nothing was looked at; 0 when there is none.</returns>
    private long OfPool(long pool, string uuid, long from, long to, int most, int mostLookedAt)
    {
        // The index of a pool's objects by removal ends with those that are there.
        var rows = session.Database.Statement("SELECT id, class, uuid, born, removed FROM objects WHERE pool = ? AND removed >= ? AND removed < ? ORDER BY removed DESC")
            .Bind(1, pool).Bind(2, from).Bind(3, SqliteSchema.Living);
        var (taken, horizon) = (0, 0L);
        for (var lookedAt = 0; horizon == 0 && rows.Step(); lookedAt++)
        {
            token.ThrowIfCancellationRequested();
            var removed = rows.Long(4);
            if (lookedAt >= mostLookedAt || taken >= most)
                horizon = removed + 1;
            else if (rows.Long(3) <= to && new StoredObject(uuid, session.Name(rows.Long(1)), UuidKey.Text(rows.Blob(2))) { Id = rows.Long(0) } is var stored && concerns(stored))
            {
                take(stored, removed, () => LastState(stored, removed));
                taken++;
            }
        }

        rows.Reset();
        return horizon;
    }

    private StoredState? LastState(StoredObject stored, long removed)
    {
        _one[0] = stored;
        _states.Find(_one, removed - 1);
        return _states.Decode(0);
    }
}
