namespace XoBlazor.Core.Journal;

public enum MarkerKind
{
    /// <summary>The disk could not keep up: changes were dropped, and what follows is their sum.</summary>
    Gap,

    /// <summary>The first reading of the pool since XoBlazor started: what follows is what changed while nobody listened.</summary>
    Resumed,
}

/// <summary>What the journal says about itself.</summary>
/// <param name="Dropped">How many changes are not in the journal; zero where that cannot be known.</param>
/// <param name="Since">From this moment to the entry's own time the journal is incomplete.</param>
public sealed record JournalMarker(MarkerKind Kind, long Dropped, DateTimeOffset Since);
