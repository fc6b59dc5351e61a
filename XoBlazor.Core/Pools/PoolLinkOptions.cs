using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>How patiently pools are watched. The values suit a pool on any line.</summary>
public sealed record PoolLinkOptions
{
    /// <summary>How long the host holds an event call without news: also how often a quiet host proves that it is alive. An answer without news is small.</summary>
    public TimeSpan EventTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How much longer than that it may stay silent before it is asked again. Old hosts take half a second more than they were told.</summary>
    public TimeSpan EventGrace { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long one attempt to find the coordinator and log in may take, all members together; every third attempt may take three times as long.</summary>
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lost host is given to come back with our session before the other members are asked as well.</summary>
    public TimeSpan SearchDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The first pause after a failure; it doubles from there.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause: a host that is back is current again a few seconds later.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The pause after a refused log-in, so that directories do not lock the account.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often the host's clock is compared with ours while the pool is followed.</summary>
    public TimeSpan ClockInterval { get; init; } = TimeSpan.FromHours(1);

    public XapiConnectionOptions Connection { get; init; } = new() { ConnectTimeout = TimeSpan.FromSeconds(5) };
}
