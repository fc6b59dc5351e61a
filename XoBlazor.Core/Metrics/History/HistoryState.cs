namespace XoBlazor.Core.Metrics.History;

/// <summary>How the history of figures is doing.</summary>
/// <param name="Size">Bytes on disk.</param>
/// <param name="Waiting">Values of an object at a moment that are seen and not yet written.</param>
/// <param name="Dropped">Those not recorded since the server started, because the disk could not keep up.</param>
/// <param name="Error">Why nothing can be written now and what to do, in words; null when all is well.</param>
public sealed record HistoryState(long Size, long Waiting, long Dropped, string? Error)
{
    public bool IsWritable => Error is null;
}
