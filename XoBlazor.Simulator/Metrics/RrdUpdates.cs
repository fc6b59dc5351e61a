namespace XoBlazor.Simulator.Metrics;

/// <summary>What <c>/rrd_updates</c> answers: one archive of many data sources, the newest row first.</summary>
/// <param name="Start">Of the oldest row, as <paramref name="End"/> is of the newest: seconds since 1970.</param>
/// <param name="Values">For each row the values in the order of the sources.</param>
internal sealed record RrdUpdates(long Start, long Step, long End, IReadOnlyList<string> Legend, IReadOnlyList<(long Time, double[] Values)> Values)
{
    /// <param name="functions">Which of an archive's summaries; hosts usually keep the mean only.</param>
    /// <param name="start">The first moment wanted; a negative one counts back from the last sample.</param>
    /// <param name="interval">The shortest step wanted, in seconds.</param>
    public static RrdUpdates Of(IReadOnlyList<DataSource> sources, IReadOnlyList<string> functions, long start, long interval, DateTimeOffset now)
    {
        var last = RrdArchive.All[0].End(now.ToUnixTimeSeconds());
        if (start < 0)
            start += last;
        var archive = RrdArchive.For(start, interval, last);
        var end = archive.End(last);
        var rows = new List<(long, double[])>();
        for (var time = end; time >= Math.Max(start, archive.Begin(last)); time -= archive.Step)
            rows.Add((time, [.. functions.SelectMany(_ => sources.Select(source => source.Mean(archive, time)))]));
        var legend = functions.SelectMany(function => sources.Select(source => $"{function}:{source.Owner}:{source.Uuid}:{source.Name}")).ToList();
        return new(rows.Count > 0 ? rows[^1].Item1 : end, archive.Step, end, legend, rows);
    }
}
