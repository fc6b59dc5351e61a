using System.Collections.Immutable;

namespace XoBlazor.Core.Metrics.History;

/// <summary>A time that is looked at, and how close together its values are: as close as there may be some, and not so many that nobody can tell them apart.</summary>
/// <param name="From">Unix seconds; a multiple of the step.</param>
/// <param name="Step">In seconds.</param>
/// <param name="Count">How many values there are.</param>
public readonly record struct HistoryRange(long From, long Step, int Count)
{
    /// <summary>A month of hours and some.</summary>
    private const int MostPoints = 750;

    private const long Longest = 3660L * 86400;

    private static readonly ImmutableArray<long> s_steps = [5, 60, 300, 900, 3600, 3 * 3600, 86400];

    /// <summary>The end of the last value.</summary>
    public DateTimeOffset End => DateTimeOffset.FromUnixTimeSeconds(To);

    internal long To => From + (Step * Count);

    /// <param name="fineAge">How long values of five minutes are kept.</param>
    public static HistoryRange Of(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, TimeSpan fineAge)
    {
        var last = Math.Clamp(to.ToUnixTimeSeconds(), 1, now.ToUnixTimeSeconds());
        var first = Math.Clamp(from.ToUnixTimeSeconds(), Math.Max(0, last - Longest), last - 1);
        var age = TimeSpan.FromSeconds(now.ToUnixTimeSeconds() - first);
        var least = age <= MetricsGranularity.Seconds.Step() * MetricsGranularity.Seconds.Points() ? 5
            : age <= MetricsGranularity.Minutes.Step() * MetricsGranularity.Minutes.Points() ? 60
            : age <= fineAge ? HistoryGrid.Fine.Step : HistoryGrid.Hourly.Step;
        var step = s_steps.FirstOrDefault(one => one >= least && (last - first) / one <= MostPoints, s_steps[^1]);
        var begin = first / step * step;
        return new(begin, step, (int)((last - begin + step - 1) / step));
    }
}
