namespace XoBlazor.Core.Journal;

/// <summary>How many entries fall into one stretch of time: a mark of the time slider.</summary>
public readonly record struct ActivityBucket(DateTimeOffset From, DateTimeOffset To, long Entries);
