namespace XoBlazor.Core.Journal;

/// <summary>What an entry of the journal tells.</summary>
public enum EntryKind
{
    Added,
    Modified,
    Removed,

    /// <summary>Nothing about an object, but about the journal itself: see <see cref="JournalMarker"/>.</summary>
    Marker,
}
