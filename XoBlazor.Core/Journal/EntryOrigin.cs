namespace XoBlazor.Core.Journal;

/// <summary>How the journal came to know.</summary>
public enum EntryOrigin
{
    /// <summary>The host told, at that time.</summary>
    Events,

    /// <summary>Seen when the pool was read anew: it happened at some time since the entry before, while nobody listened.</summary>
    Listing,

    /// <summary>The pool was taken out of XoBlazor.</summary>
    Forgotten,

    /// <summary>The sum of several changes, those between were dropped because the disk could not keep up; a gap marker stands before it.</summary>
    AfterGap,
}
