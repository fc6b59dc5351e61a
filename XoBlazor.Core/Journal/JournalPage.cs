using System.Collections.Immutable;

namespace XoBlazor.Core.Journal;

/// <summary>Some entries, newest first.</summary>
/// <param name="Next">Where the next page continues; null when there is nothing older.</param>
public sealed record JournalPage(ImmutableArray<JournalEntry> Entries, long? Next);
