using System.Text;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Collects the words of a block of entries and indexes them together: one document a block keeps the index small, and whoever searches
/// looks through the block's entries. Entries of the block that is not full yet are not indexed and have to be looked through always.
/// </summary>
internal sealed class WordIndex
{
    // No letter and no digit, so no word of a text is ever like these.
    private const char ClassMark = '\uE000';
    private const char PoolMark = '\uE001';

    private readonly SqliteDatabase _database;
    private readonly Action<string> _addText;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly StringBuilder _document = new();
    private long _block = -1;

    public WordIndex(SqliteDatabase database)
    {
        _database = database;
        JournalText.WordVisitor addWord = word => _words.GetAlternateLookup<ReadOnlySpan<char>>().Add(word);
        _addText = text => JournalText.VisitWords(text, addWord);
    }

    public static string ClassWord(string className) => ClassMark + string.Concat(className.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    public static string PoolWord(long pool) => PoolMark + pool.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Forgets the unfinished block, after a failed write.</summary>
    public void Begin()
    {
        _words.Clear();
        _block = -1;
    }

    /// <summary>Takes an entry in; entries come in the order of their positions.</summary>
    public void Add(PartitionSql sql, long position, long pool, StoredChange change)
    {
        Enter(sql, position, pool, change.Object?.Class, change.Name);
        foreach (var field in change.Fields)
            AddField(field.Name, field.Old.Span, field.New.Span);
        if (change.Kind == EntryKind.Added)
            foreach (var field in change.KeyFrame!)
                AddField(field.Name, default, field.Json.Span);
    }

    /// <summary>Takes an entry in that was written before.</summary>
    public void Add(PartitionSql sql, long pool, JournalEntry entry)
    {
        Enter(sql, entry.Position, pool, entry.Kind == EntryKind.Marker ? null : entry.Class, entry.Name);
        foreach (var field in entry.Fields)
            AddField(field.Field, Encoding.UTF8.GetBytes(field.Old ?? ""), Encoding.UTF8.GetBytes(field.New ?? ""));
    }

    /// <summary>Writes the block's words, as it is full or nothing follows in its partition.</summary>
    public void Complete(PartitionSql sql)
    {
        if (_block >= 0 && _words.Count > 0)
        {
            _document.Clear();
            foreach (var word in _words)
                _document.Append(word).Append(' ');
            _database.Statement(sql.InsertWords).Bind(1, _block).Bind(2, _document.ToString()).Run();
        }

        Begin();
    }

    private void Enter(PartitionSql sql, long position, long pool, string? className, string name)
    {
        var block = position >> Partition.BlockBits;
        if (block != _block)
        {
            Complete(sql);
            _block = block;
        }

        _words.Add(PoolWord(pool));
        if (className is null)
            return;
        _words.Add(ClassWord(className));
        _addText(className);
        _addText(name);
    }

    private void AddField(string name, ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new)
    {
        _addText(name);
        JournalText.VisitTexts(old, _addText);
        JournalText.VisitTexts(@new, _addText);
    }
}
