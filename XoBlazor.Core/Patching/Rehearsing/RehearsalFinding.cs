namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>One thing that was looked at, in words that stand alone.</summary>
/// <param name="About">The uuid of the host, VM or storage it is about; null for the pool.</param>
/// <param name="Name">Its name, or the pool's.</param>
/// <param name="Kind">XAPI's class of it: <c>pool</c>, <c>host</c>, <c>VM</c>.</param>
/// <param name="Host">The uuid of the host whose turn it concerns; null for none.</param>
public sealed record RehearsalFinding(FindingLevel Level, string Kind, string? About, string Name, string? Host, string Words)
{
    /// <summary>What would help, in a sentence; null where nothing is to be done.</summary>
    public string? Solution { get; init; }

    /// <summary>The operation that puts it right by itself, on what it is about; null for none.</summary>
    public string? Fix { get; init; }

    /// <summary>What keeps a VM on its host; null for other findings.</summary>
    public BlockReason? Reason { get; init; }
}
