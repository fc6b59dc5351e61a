using System.Globalization;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Metrics;

/// <summary>What a host samples of itself (xapi-protocol.md §8.7): names and units as there. The database is read while the sources are listed, not while they are asked.</summary>
internal static class HostSources
{
    private const double KiB = 1024;

    public static IEnumerable<DataSource> Of(PoolSimulator pool, DbObject host)
    {
        var uuid = host.Uuid;
        DataSource Source(string name, Func<double, double> at) => new("host", uuid, name, at);
        var busy = new Signal($"{uuid} busy");
        var cpus = int.TryParse(host["cpu_info"].AsMap["cpu_count"]?.AsText, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;
        for (var cpu = 0; cpu < cpus; cpu++)
            yield return Source($"cpu{cpu}", Share($"{uuid} cpu{cpu}", busy));
        yield return Source("cpu_avg", busy.At);
        yield return Source("loadavg", time => busy.At(time) * cpus * 0.7);
        yield return Source("hostload", busy.At);
        var guests = host.FollowAll("resident_VMs", "VM");
        var vcpus = guests.Sum(vm => vm.Int("VCPUs_at_startup"));
        yield return Source("running_vcpus", _ => vcpus);
        yield return Source("running_domains", _ => guests.Count);
        var metrics = host.Follow("metrics", "host_metrics");
        var (total, free) = (metrics?.Int("memory_total") ?? 0, metrics?.Int("memory_free") ?? 0);
        var memory = new Signal($"{uuid} memory");
        yield return Source("memory_total_kib", _ => total / KiB);
        yield return Source("memory_free_kib", time => Math.Floor(free * (1.05 - (0.1 * memory.At(time))) / KiB));
        yield return Source("memory_reclaimed", _ => 0);
        yield return Source("memory_reclaimed_max", _ => 0);
        foreach (var source in CardSources(host, Source))
            yield return source;
        foreach (var sr in host.FollowAll("PBDs", "PBD").Where(pbd => pbd.Bool("currently_attached")).Select(pbd => pbd.Follow("SR", "SR")).OfType<DbObject>())
            foreach (var source in StorageSources($"{uuid} {sr.Uuid}", sr.Uuid[..8], Source))
                yield return source;
        yield return Source("xapi_open_fds", time => Math.Round(80 + (40 * busy.At(time))));
        yield return Source("xapi_memory_usage_kib", time => Math.Round(180_000 + (60_000 * memory.At(time))));
        var (sessions, tasks) = (pool.Sessions.Count, pool.Db.All("task").Count);
        yield return Source("pool_session_count", _ => sessions);
        yield return Source("pool_task_count", _ => tasks);
    }

    /// <summary>A processor's share of what its owner does: some have more of it.</summary>
    public static Func<double, double> Share(string name, Signal busy)
    {
        var own = new Signal(name);
        return time => Math.Clamp((0.6 * busy.At(time)) + (0.4 * own.At(time)), 0, 1);
    }

    private static IEnumerable<DataSource> CardSources(DbObject host, Func<string, Func<double, double>, DataSource> source)
    {
        var cards = host.FollowAll("PIFs", "PIF").Where(pif => pif.Bool("physical")).Select(pif => pif.Text("device")).Distinct().ToList();
        foreach (var way in (string[])["rx", "tx"])
        {
            var all = cards.ConvertAll(card => new Signal($"{host.Uuid} {card} {way}"));
            for (var at = 0; at < cards.Count; at++)
            {
                var traffic = all[at];
                yield return source($"pif_{cards[at]}_{way}", time => 60e6 * Square(traffic.At(time)));
                yield return source($"pif_{cards[at]}_{way}_errors", _ => 0);
            }

            yield return source($"pif_aggr_{way}", time => all.Sum(traffic => 60e6 * Square(traffic.At(time))));
        }
    }

    private static IEnumerable<DataSource> StorageSources(string name, string sr, Func<string, Func<double, double>, DataSource> source)
    {
        foreach (var way in (string[])["read", "write"])
        {
            var work = new Signal($"{name} {way}");
            yield return source($"io_throughput_{way}_{sr}", time => 90 * Square(work.At(time)));
            yield return source($"iops_{way}_{sr}", time => Math.Round(2400 * Square(work.At(time))));
            yield return source($"{way}_latency_{sr}", time => 400 + (6000 * work.At(time)));
        }

        var wait = new Signal($"{name} wait");
        yield return source($"iowait_{sr}", time => 0.2 * Square(wait.At(time)));
        yield return source($"inflight_{sr}", time => Math.Round(12 * Square(wait.At(time))));
    }

    private static double Square(double value) => value * value;
}
