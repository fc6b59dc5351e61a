using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;

namespace XoBlazor.App.Components.Statistics;

/// <summary>How far back charts go.</summary>
/// <param name="Granularity">What the object's host is asked for; null for what was written down.</param>
/// <param name="Back">From the last moment; nothing for a time that is chosen freely.</param>
/// <param name="Name">What stands in the address.</param>
/// <param name="Words">In the middle of a sentence.</param>
/// <param name="Often">How close together the values are, behind a comma.</param>
/// <param name="TimeFormat">For the axis.</param>
public sealed record StatisticsRange(MetricsGranularity? Granularity, TimeSpan Back, string Name, string Title, string Words, string Often, string TimeFormat)
{
    public static StatisticsRange Free { get; } = new(null, TimeSpan.Zero, "free", "Free", "the chosen time", "", "d MMM yyyy HH:mm");

    public static ImmutableArray<StatisticsRange> All { get; } =
    [
        new(MetricsGranularity.Seconds, TimeSpan.FromMinutes(10), "10m", "10 min", "the last ten minutes", "every 5 s", "HH:mm:ss"),
        new(MetricsGranularity.Minutes, TimeSpan.FromHours(2), "2h", "2 h", "the last two hours", "every minute", "HH:mm"),
        new(null, TimeSpan.FromDays(1), "24h", "24 h", "the last 24 hours", "", "ddd HH:mm"),
        new(MetricsGranularity.Hours, TimeSpan.FromDays(7), "7d", "7 d", "the last week", "every hour", "ddd d MMM HH:mm"),
        new(null, TimeSpan.FromDays(30), "30d", "30 d", "the last 30 days", "", "d MMM HH:mm"),
        new(MetricsGranularity.Days, TimeSpan.FromDays(366), "1y", "1 y", "the last year", "every day", "d MMM yyyy"),
        new(null, TimeSpan.FromDays(396), "13mo", "13 mo", "the last 13 months", "", "d MMM yyyy"),
        Free,
    ];

    /// <summary>Those that need no host to answer.</summary>
    public static ImmutableArray<StatisticsRange> Kept { get; } = [.. All.Where(range => range.Granularity is null)];

    public string Time(DateTimeOffset moment, UserZone zone) => zone.Local(moment).ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The same with the closeness and the writing of moments that come with a time.</summary>
    public StatisticsRange With(HistoryRange range) => this with
    {
        Often = range.Step switch
        {
            < 60 => $"every {range.Step} s",
            60 => "every minute",
            < 3600 => $"every {range.Step / 60} minutes",
            3600 => "every hour",
            < 86400 => $"every {range.Step / 3600} hours",
            _ => "every day",
        },
        TimeFormat = this != Free ? TimeFormat : range.Step < 60 ? "d MMM HH:mm:ss" : range.Step < 86400 ? "d MMM HH:mm" : "d MMM yyyy",
    };
}
