namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>A query's restrictions, resolved for one look at the journal.</summary>
internal sealed class EntryFilter
{
    private readonly ReadSession _session;
    private readonly long? _pool;
    private readonly string? _class;
    private readonly string[] _parts;
    private readonly PartMatcher? _matcher;
    private readonly Func<StoredObject, bool>? _shows;
    private readonly Dictionary<long, bool> _shown = [];

    private EntryFilter(ReadSession session, long? pool, ChangesQuery query, string[] parts, List<long>? objectIds)
    {
        (_session, _pool, _class, _shows, _parts, ObjectIds) = (session, pool, query.Class, query.Shows, parts, objectIds);
        _matcher = parts.Length == 0 ? null : new(session, parts);
        IndexQuery = objectIds is null ? Index() : null;
    }

    /// <summary>The only objects that can match, or null for any.</summary>
    public List<long>? ObjectIds { get; }

    /// <summary>What to ask the word index; null if every row has to be looked at.</summary>
    public string? IndexQuery { get; }

    /// <summary>Null if nothing can match.</summary>
    public static EntryFilter? Of(ReadSession session, ChangesQuery query, int mostObjects)
    {
        long? pool = null;
        if (query.Pool is not null && (pool = session.PoolId(query.Pool)) is null)
            return null;

        var parts = JournalText.Parts(query.Text).Take(PartMatcher.MostParts).ToList();
        List<long>? ids = query.Uuid is null ? null : session.ObjectsOf(query.Uuid, query.Uuid, pool, mostObjects);
        foreach (var part in parts.Where(JournalText.IsUuidBeginning).ToList())
            if (session.ObjectsOf(part, null, pool, mostObjects) is { Count: > 0 } named)
            {
                ids = ids is null ? named : [.. ids.Intersect(named)];
                parts.Remove(part);
            }

        if (query.Only is { } only)
            ids = ids is null ? session.RowIds(only) : [.. ids.Intersect(session.RowIds(only))];
        return ids is { Count: 0 } ? null : new(session, pool, query, [.. parts], ids);
    }

    /// <summary>True if the row is wanted; no entry is made to tell.</summary>
    public bool Accepts(Partition partition, long position, long objectId, ReadOnlySpan<byte> body)
    {
        if (_shows is not null && !IsShown(objectId))
            return false;
        if (objectId < 0)
            return _class is null && _matcher is null && (_pool is null || _pool == -objectId);
        if (_class is null && _pool is null && _matcher is null)
            return true;
        var stored = _session.Object(objectId);
        return (_class is null || stored.Class.Equals(_class, StringComparison.OrdinalIgnoreCase))
            && (_pool is null || stored.Pool == _session.PoolUuid(_pool.Value))
            && (_matcher is null || _matcher.HasAll(partition, position, objectId, body));
    }

    private bool IsShown(long rowId)
    {
        if (!_shown.TryGetValue(rowId, out var shown))
            _shown[rowId] = shown = _shows!(_session.Named(rowId));
        return shown;
    }

    private string? Index()
    {
        var terms = new List<string>();
        if (_pool is { } pool)
            terms.Add($"\"{WordIndex.PoolWord(pool)}\"");
        if (_class is not null)
            terms.Add($"\"{WordIndex.ClassWord(_class)}\"");
        foreach (var part in _parts)
        {
            var words = new List<string>();
            JournalText.VisitWords(part, word => words.Add($"\"{word}\""));
            if (JournalText.IsWordLetter(part[^1]))
                words[^1] += "*";
            terms.AddRange(words);
        }

        return terms.Count == 0 ? null : string.Join(" AND ", terms);
    }
}
