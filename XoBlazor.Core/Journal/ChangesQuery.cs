using XoBlazor.Core.Journal.Storage;

namespace XoBlazor.Core.Journal;

/// <summary>Which entries are wanted. Whatever is null does not restrict.</summary>
public sealed record ChangesQuery
{
    public const int MaxLimit = 1000;

    /// <summary>The pool's uuid.</summary>
    public string? Pool { get; init; }

    /// <summary>The class's name on the wire, in any case.</summary>
    public string? Class { get; init; }

    /// <summary>The object's uuid.</summary>
    public string? Uuid { get; init; }

    /// <summary>
    /// Words that must all occur in the entry's class, name, field names, or in texts of its old and new values. Case does not matter;
    /// a word is found from a beginning: <c>web</c> finds <c>prod-web01</c>, not <c>cobweb</c>. Numbers, dates and references are not searched.
    /// The beginning of recorded objects' uuids (at least 8 characters) stands for these objects.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The only objects, and pools' remarks (<see cref="StoredObject.RemarksOf"/>), whose entries are wanted; found by the index of objects, so they should be few.</summary>
    public IReadOnlyCollection<StoredObject>? Only { get; init; }

    /// <summary>
    /// Asked once for each object, or pool's remarks, that is met; the entries of those it says no to are passed over unread. Called on the
    /// search's thread; quick, and asks the journal nothing.
    /// </summary>
    public Func<StoredObject, bool>? Shows { get; init; }

    /// <summary>The first moment, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last moment, included.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary><see cref="JournalPage.Next"/> of the page before; null for the newest.</summary>
    public long? Cursor { get; init; }

    public int Limit { get; init; } = 100;

    /// <summary>
    /// How many entries may be looked at before the page is handed back with what was found so far: keeps the answer quick when words are
    /// common and never stand together.
    /// </summary>
    public int LookThrough { get; init; } = 50_000;
}
