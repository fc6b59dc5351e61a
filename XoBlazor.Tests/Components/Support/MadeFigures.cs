using System.Text;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Figures of every host in the store, without any host: a curve for each, with a gap.</summary>
internal static class MadeFigures
{
    private static readonly string[] s_ofVms =
        ["cpu0", "cpu1", "memory", "memory_internal_free", "vif_0_rx", "vif_0_tx", "vbd_xvda_read", "vbd_xvda_write", "vbd_xvda_iops_read", "vbd_xvda_iops_write", "vbd_xvda_read_latency", "vbd_xvda_write_latency"];

    private static readonly string[] s_ofHosts = ["cpu0", "cpu1", "loadavg", "memory_total_kib", "memory_free_kib", "pif_eth0_rx", "pif_eth0_tx"];

    private static readonly string[] s_ofStorage = ["io_throughput_read", "io_throughput_write", "iops_read", "iops_write", "read_latency", "write_latency", "iowait"];

    /// <summary>In place of hosts that are asked.</summary>
    public static void AddMadeFigures(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var (store, time) = (provider.GetRequiredService<ObjectStore>(), provider.GetRequiredService<TimeProvider>());
            return new MetricsReader(store, new HostMetricsCache((host, granularity, _) => Task.FromResult(Of(store, host, granularity, time.GetUtcNow())), time));
        });
        services.AddMadeHistory();
    }

    /// <summary>A history in memory alone, to which a test adds.</summary>
    public static void AddMadeHistory(this IServiceCollection services)
    {
        services.AddSingleton(provider => new HistoryStore(new(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new MetricsHistory(
            provider.GetRequiredService<HistoryStore>(), provider.GetRequiredService<MetricsReader>(), new(), provider.GetRequiredService<HistoryStore>().Measure, _ => TimeSpan.Zero, provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Storage that fills up over a day, with a gap.</summary>
    public static void AddSpace(HistoryStore history, PoolPicture pool, DateTimeOffset now)
    {
        const int Moments = 280;
        foreach (var sr in pool.All<Sr>())
            for (var at = 0; at < Moments; at++)
                if (at is < 100 or > 120)
                    history.Add(new(MetricsOwner.Sr, pool.Key(sr)), HistoryGrid.Fine.SlotOf(now.ToUnixTimeSeconds()) - Moments + at, [(float)sr.PhysicalUtilisation * (Moments + at) / (2 * Moments), sr.PhysicalSize]);
    }

    public static HostFigures Of(ObjectStore store, ObjectKey key, MetricsGranularity granularity, DateTimeOffset now)
    {
        var pool = store.Current.Pool(key.Pool)!;
        var host = pool.GetByUuid<Host>(key.Uuid)!;
        var builder = new HostFiguresBuilder { Step = (long)granularity.Step().TotalSeconds };
        var columns = 0;
        void Add(string owner, string uuid, IEnumerable<string> names)
        {
            foreach (var name in names)
            {
                builder.AddColumn(Encoding.UTF8.GetBytes($"AVERAGE:{owner}:{uuid}:{name}"));
                columns++;
            }
        }

        Add("host", host.Uuid, s_ofHosts.Concat(pool.All<Sr>().SelectMany(sr => s_ofStorage.Select(name => name + SrMetrics.Suffix(sr.Uuid)))));
        foreach (var vm in pool.VmsOn(host))
            Add("vm", vm.Uuid, s_ofVms);
        var end = now.ToUnixTimeSeconds() / builder.Step * builder.Step;
        for (var row = 0; row < granularity.Points(); row++)
        {
            builder.BeginRow();
            for (var column = 0; column < columns; column++)
                builder.Set(column, row is >= 30 and < 40 ? double.NaN : 0.4 + (0.3 * Math.Sin((row + (7 * column)) / 9.0)));
            builder.EndRow(end - (row * builder.Step), columns);
        }

        return builder.Finish(granularity.Points());
    }
}
