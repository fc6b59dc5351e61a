using System.Collections.Immutable;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Metrics;

namespace XoBlazor.App.Components.Statistics;

/// <summary>A few figures of one unit over the same time. Immutable.</summary>
/// <param name="Name">In a word, for addresses and tests.</param>
/// <param name="Most">The end of the scale, where there is one by nature; null where the values make it.</param>
public sealed record Chart(string Name, string Title, ChartUnit Unit, ImmutableArray<ChartSeries> Series, double? Most = null)
{
    /// <summary>The box that lines are drawn in; the browser stretches it.</summary>
    public const int Width = 1000;
    public const int Height = 300;

    /// <summary>Lines that the scale is divided by, the upper end included.</summary>
    public const int Divisions = 4;

    public bool IsEmpty => !Series.Any(series => series.Known.Any());

    public double Top => Unit.Top(Math.Max(Most ?? 0, Series.SelectMany(series => series.Known).DefaultIfEmpty().Max()));

    /// <summary>The chart in a sentence, for whoever does not see it.</summary>
    public string Words(string range) => $"{Title}, {range}: " + (IsEmpty ? "nothing is known." : string.Join("; ", Series.Where(series => series.Known.Any())
        .Select(series => $"{series.Name} now {Unit.Write(series.Last!.Value)}, between {Unit.Write(series.Known.Min())} and {Unit.Write(series.Known.Max())}")) + ".");
}
