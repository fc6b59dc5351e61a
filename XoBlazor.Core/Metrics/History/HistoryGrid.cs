namespace XoBlazor.Core.Metrics.History;

/// <summary>How time is cut: values every five minutes in windows of six hours, and every hour in windows of four days. It stands in the file and never changes.</summary>
/// <param name="Step">Seconds between two values, each of which is the mean of the time since the one before.</param>
/// <param name="Places">Values in a window.</param>
internal readonly record struct HistoryGrid(long Step, int Places)
{
    public static HistoryGrid Fine { get; } = new(300, 72);

    public static HistoryGrid Hourly { get; } = new(3600, 96);

    /// <summary>Seconds in a window.</summary>
    public long Span => Step * Places;

    /// <summary>The step that a moment lies in, in Unix seconds, counted from 1970.</summary>
    public long SlotOf(long moment) => (long)Math.Floor((double)moment / Step);

    public long WindowOf(long slot) => slot / Places;

    public int PlaceOf(long slot) => (int)(slot % Places);

    public long FirstOf(long window) => window * Places;

    /// <summary>The moment at which a step is over.</summary>
    public long EndOf(long slot) => (slot + 1) * Step;
}
