namespace XoBlazor.Core.Journal.Storage;

/// <summary>How much is stored: entries, bytes on disk, and the times of the first and last entry.</summary>
public sealed record StorageMeasure(long Rows, long Size, DateTimeOffset? Oldest, DateTimeOffset? Newest);
