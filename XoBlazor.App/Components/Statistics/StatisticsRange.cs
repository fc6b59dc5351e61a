using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Metrics;

namespace XoBlazor.App.Components.Statistics;

/// <summary>How far back charts go.</summary>
/// <param name="Name">What stands in the address.</param>
/// <param name="Words">In the middle of a sentence.</param>
/// <param name="Often">How close together the values are, behind a comma.</param>
/// <param name="TimeFormat">For the axis.</param>
public sealed record StatisticsRange(MetricsGranularity Granularity, string Name, string Title, string Words, string Often, string TimeFormat)
{
    public static ImmutableArray<StatisticsRange> All { get; } =
    [
        new(MetricsGranularity.Seconds, "10m", "10 min", "the last ten minutes", "every 5 s", "HH:mm:ss"),
        new(MetricsGranularity.Minutes, "2h", "2 h", "the last two hours", "every minute", "HH:mm"),
        new(MetricsGranularity.Hours, "7d", "7 d", "the last week", "every hour", "ddd d MMM HH:mm"),
        new(MetricsGranularity.Days, "1y", "1 y", "the last year", "every day", "d MMM yyyy"),
    ];

    public static StatisticsRange Named(string? name) => All.FirstOrDefault(range => range.Name == name) ?? All[0];

    public string Time(DateTimeOffset moment, UserZone zone) => zone.Local(moment).ToString(TimeFormat, CultureInfo.InvariantCulture);
}
