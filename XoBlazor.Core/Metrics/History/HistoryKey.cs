using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics.History;

/// <summary>Whose history it is: it stays with an object through restarts and migrations.</summary>
internal readonly record struct HistoryKey(MetricsOwner Owner, ObjectKey Object);
