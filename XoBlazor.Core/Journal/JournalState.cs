namespace XoBlazor.Core.Journal;

/// <summary>How the journal is doing, for readiness and the settings page.</summary>
/// <param name="Rows">Entries kept.</param>
/// <param name="Size">Bytes on disk.</param>
/// <param name="Oldest">The time of the oldest entry; null while there is none.</param>
/// <param name="Waiting">Changes seen by the store and not yet written.</param>
/// <param name="Behind">How long the oldest waiting change has been waiting.</param>
/// <param name="Dropped">Changes not recorded since XoBlazor started because the disk could not keep up.</param>
/// <param name="Omitted">Changes to noisy fields left out by the thinning policy since XoBlazor started.</param>
/// <param name="Error">Why nothing can be written now and what to do, in words; null when all is well.</param>
/// <param name="Notice">What happened at the last opening, such as a damaged file set aside; null when nothing did.</param>
public sealed record JournalState(
    long Rows, long Size, DateTimeOffset? Oldest, long Waiting, TimeSpan Behind, long Dropped, long Omitted, string? Error, string? Notice)
{
    public bool IsWritable => Error is null;
}
