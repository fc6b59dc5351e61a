using System.Collections.Immutable;

namespace XoBlazor.Core.Journal;

/// <summary>Some entries, newest first.</summary>
/// <param name="Next">
/// Where the next page continues; null when there is nothing older. A page can be shorter than asked for, even empty, and yet have one:
/// then <see cref="ChangesQuery.LookThrough"/> entries were looked at.
/// </param>
/// <param name="LookedAt">How many entries, and last states of gone objects, were read for it.</param>
public sealed record JournalPage(ImmutableArray<JournalEntry> Entries, long? Next, long LookedAt = 0);
