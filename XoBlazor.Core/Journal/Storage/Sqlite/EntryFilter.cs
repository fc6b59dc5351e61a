using System.Text;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>A query's restrictions, resolved for one look at the journal.</summary>
internal sealed class EntryFilter
{
    private readonly ReadSession _session;
    private readonly long? _pool;
    private readonly string? _class;
    private readonly string[] _parts;

    private EntryFilter(ReadSession session, long? pool, string? className, string[] parts, List<long>? objectIds)
    {
        (_session, _pool, _class, _parts, ObjectIds) = (session, pool, className, parts, objectIds);
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

        var parts = JournalText.Parts(query.Text).ToList();
        List<long>? ids = query.Uuid is null ? null : session.ObjectsOf(query.Uuid, query.Uuid, pool, mostObjects);
        foreach (var part in parts.Where(JournalText.IsUuidBeginning).ToList())
            if (session.ObjectsOf(part, null, pool, mostObjects) is { Count: > 0 } named)
            {
                ids = ids is null ? named : [.. ids.Intersect(named)];
                parts.Remove(part);
            }

        return ids is { Count: 0 } ? null : new(session, pool, query.Class, [.. parts], ids);
    }

    /// <summary>What can be told without reading the row.</summary>
    public bool MayAccept(long objectId)
    {
        if (objectId < 0)
            return _class is null && _parts.Length == 0 && (_pool is null || _pool == -objectId);
        var stored = _session.Object(objectId);
        return (_class is null || stored.Class.Equals(_class, StringComparison.OrdinalIgnoreCase))
            && (_pool is null || stored.Pool == _session.PoolUuid(_pool.Value));
    }

    public bool Accepts(JournalEntry entry)
    {
        if (entry.Kind == EntryKind.Marker)
            return _parts.Length == 0 && _class is null;
        if (_class is not null && !entry.Class.Equals(_class, StringComparison.OrdinalIgnoreCase))
            return false;
        return _parts.Length == 0 || HasAllParts(entry);
    }

    private bool HasAllParts(JournalEntry entry)
    {
        Span<bool> has = stackalloc bool[_parts.Length];
        var missing = _parts.Length;
        var texts = new List<string> { entry.Class, entry.Name };
        foreach (var field in entry.Fields)
        {
            texts.Add(field.Field);
            JournalText.VisitTexts(Encoding.UTF8.GetBytes(field.Old ?? ""), texts.Add);
            JournalText.VisitTexts(Encoding.UTF8.GetBytes(field.New ?? ""), texts.Add);
        }

        foreach (var text in texts)
            for (var i = 0; i < _parts.Length; i++)
                if (!has[i] && JournalText.Contains(text, _parts[i]))
                {
                    has[i] = true;
                    missing--;
                }

        return missing == 0;
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
