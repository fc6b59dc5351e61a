namespace XoBlazor.Core.Metrics.History;

/// <summary>What is known of an object over a time. Immutable.</summary>
/// <param name="Metrics">Values by the names of <see cref="HistorySeriesFacts"/>, the oldest first, not a number in gaps. The moments are by our clock.</param>
/// <param name="Problem">Why its host could not be asked for what is missing, in words; null when it was not asked, or answered.</param>
public sealed record ObjectHistory(ObjectMetrics Metrics, string? Problem);
