using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>What is told of pools.</summary>
internal static class PoolFamilies
{
    public static ImmutableArray<MetricFamily<WatchedPool>> All { get; } =
    [
        new("xen_pool_up", "", "1 while the pool's events arrive, 0 while it is out of reach and shown as it was.", one => one.State is { IsLive: true } ? 1 : 0),
        new("xen_pool_picture_age_seconds", "seconds", "How old the picture of the pool is.", one => one.State?.Age(one.Now)?.TotalSeconds),
        new("xen_pool_event_lag_seconds", "seconds", "How late the newest task or message of the pool was told, to the second.", one => one.EventLag?.TotalSeconds),
        new("xen_pool_clock_offset_seconds", "seconds", "The clock of the pool minus that of the server.", one => one.State?.HostClockOffset.TotalSeconds),
        new("xen_pool_ha_enabled", "", "1 when high availability is on.", one => one.Pool.Pool is { } pool ? pool.HaEnabled ? 1 : 0 : null),
        new("xen_pool_hosts", "", "Hosts in the pool.", one => one.Pool.CountOf(XapiClass.Host)),
        new("xen_pool_tasks_pending", "", "Tasks of the pool that go on.", one => one.Pool.All<XapiTask>().Count(task => task.Status == XapiTaskStatus.Pending)),
        new("xen_pool_alerts", "", "Messages of the pool that nobody has dismissed, by how much they matter.", Alerts),
    ];

    private static void Alerts(WatchedPool one, MetricSamples samples)
    {
        var counts = one.Pool.All<XapiMessage>().CountBy(message => Alert.Of(one.Pool, message).Severity).ToDictionary();
        foreach (var severity in Enum.GetValues<AlertSeverity>())
            samples.Add(counts.GetValueOrDefault(severity), "severity", severity.ToString().ToLowerInvariant());
    }
}
