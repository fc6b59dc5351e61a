using System.Collections.Immutable;
using XoBlazor.Core.Metrics;

namespace XoBlazor.App.Components.Statistics;

/// <summary>Puts a host's figures together as people think of them: all processors, all network devices.</summary>
internal static class MetricsSums
{
    public static ChartSeries One(this ObjectMetrics metrics, string title, string name, double factor = 1) =>
        Combined(metrics, title, [name], values => values.Sum() * factor);

    /// <summary>Of all figures of a kind, added up.</summary>
    public static ChartSeries Sum(this ObjectMetrics metrics, string title, Func<string, bool> isMeant, double factor = 1) =>
        Combined(metrics, title, metrics.Series.Keys.Where(isMeant), values => values.Sum() * factor);

    public static ChartSeries Mean(this ObjectMetrics metrics, string title, Func<string, bool> isMeant, double factor = 1) =>
        Combined(metrics, title, metrics.Series.Keys.Where(isMeant), values => values.Average() * factor);

    public static ChartSeries Most(this ObjectMetrics metrics, string title, Func<string, bool> isMeant, double factor = 1) =>
        Combined(metrics, title, metrics.Series.Keys.Where(isMeant), values => values.Max() * factor);

    /// <summary>What is left of one figure without another; not known where one of them is not.</summary>
    public static ChartSeries Rest(this ObjectMetrics metrics, string title, string whole, string part, double wholeFactor, double partFactor)
    {
        var (all, free) = (metrics[whole], metrics[part]);
        return new(title, all is null || free is null ? Nothing(metrics) : [.. all.Value.Zip(free.Value, (a, b) => Math.Max(0, (a * wholeFactor) - (b * partFactor)))]);
    }

    /// <summary>Whether a figure is one of several devices': the beginning, then the device, then the end.</summary>
    public static Func<string, bool> Of(string before, string after) => name => ObjectMetrics.Device(name, before, after) is not null;

    private static ChartSeries Combined(ObjectMetrics metrics, string title, IEnumerable<string> names, Func<IEnumerable<double>, double> combine)
    {
        var all = names.Select(name => metrics[name]).OfType<ImmutableArray<float>>().ToList();
        if (all.Count == 0)
            return new(title, Nothing(metrics));
        var values = ImmutableArray.CreateBuilder<double>(metrics.Count);
        for (var at = 0; at < metrics.Count; at++)
        {
            var known = all.Select(one => (double)one[at]).Where(value => !double.IsNaN(value)).ToList();
            values.Add(known.Count == 0 ? double.NaN : combine(known));
        }

        return new(title, values.MoveToImmutable());
    }

    private static ImmutableArray<double> Nothing(ObjectMetrics metrics) => [.. Enumerable.Repeat(double.NaN, metrics.Count)];
}
