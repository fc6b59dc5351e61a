namespace XoBlazor.Core.Metrics;

/// <summary>How close together the figures are, and so how far back they go: hosts keep an archive of each kind (xapi-protocol.md §8.7).</summary>
public enum MetricsGranularity
{
    /// <summary>Every 5 seconds for 10 minutes.</summary>
    Seconds,

    /// <summary>Every minute for 2 hours.</summary>
    Minutes,

    /// <summary>Every hour for a week.</summary>
    Hours,

    /// <summary>Every day for a year.</summary>
    Days,

    /// <summary>Every 5 seconds for 20 seconds: for who watches all hosts, and not how they came to be where they are.</summary>
    Latest,

    /// <summary>Every minute for 11 minutes: for who writes down what all hosts tell, and comes by every five.</summary>
    Recent,
}

/// <summary>What follows from a granularity.</summary>
public static class MetricsGranularities
{
    public static TimeSpan Step(this MetricsGranularity granularity) => granularity switch
    {
        MetricsGranularity.Seconds or MetricsGranularity.Latest => TimeSpan.FromSeconds(5),
        MetricsGranularity.Minutes or MetricsGranularity.Recent => TimeSpan.FromMinutes(1),
        MetricsGranularity.Hours => TimeSpan.FromHours(1),
        MetricsGranularity.Days => TimeSpan.FromDays(1),
    };

    /// <summary>How many moments a host has at most.</summary>
    public static int Points(this MetricsGranularity granularity) => granularity switch
    {
        MetricsGranularity.Seconds or MetricsGranularity.Minutes => 120,
        MetricsGranularity.Hours => 168,
        MetricsGranularity.Days => 366,
        MetricsGranularity.Latest => 4,
        MetricsGranularity.Recent => 11,
    };

    /// <summary>How long what a host said is good enough: there is nothing new before a step is over, and nobody looks at days by the second.</summary>
    public static TimeSpan Freshness(this MetricsGranularity granularity) =>
        granularity is MetricsGranularity.Seconds or MetricsGranularity.Latest ? granularity.Step() : TimeSpan.FromMinutes(1);
}
