namespace XoBlazor.Simulator.Metrics;

/// <summary>One of the round-robin archives that a host keeps of every data source: so many rows, one for each step (xapi-protocol.md §8.7).</summary>
/// <param name="Step">Seconds between two rows.</param>
internal sealed record RrdArchive(long Step, int Rows)
{
    /// <summary>How often hosts sample, in seconds: the step of the finest archive.</summary>
    public const long Sampling = 5;

    /// <summary>Ten minutes, two hours, a week, a year; the finest first.</summary>
    public static IReadOnlyList<RrdArchive> All { get; } = [new(Sampling, 120), new(60, 120), new(3600, 168), new(86400, 366)];

    /// <summary>Samples that one row sums up.</summary>
    public long SamplesPerRow => Step / Sampling;

    /// <summary>The newest row at a moment.</summary>
    public long End(long now) => now - (now % Step);

    /// <summary>The oldest row at a moment.</summary>
    public long Begin(long now) => End(now) - ((Rows - 1) * Step);

    /// <summary>The finest whose step is long enough and that still has the start; else the coarsest.</summary>
    public static RrdArchive For(long start, long interval, long now) =>
        All.FirstOrDefault(archive => archive.Step >= interval && start > archive.Begin(now) - archive.Step) ?? All[^1];
}
