using System.Globalization;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Metrics;

/// <summary>
/// What a host samples of a VM (xapi-protocol.md §8.7): names and units as there. Before its last start the VM had been off for a while, and nothing is known of that.
/// </summary>
internal static class VmSources
{
    private const double LongestOff = 45 * 60;

    public static IEnumerable<DataSource> Of(DbObject vm)
    {
        var uuid = vm.Uuid;
        var started = Seconds(vm.Follow("metrics", "VM_metrics")?.Text("start_time"));
        var off = 60 + (LongestOff * Signal.Constant($"{uuid} off"));
        DataSource Source(string name, Func<double, double> at) => new("vm", uuid, name, time => time < started && time > started - off ? double.NaN : at(time));

        var busy = new Signal($"{uuid} busy");
        var cpus = (int)Math.Max(1, vm.Int("VCPUs_at_startup"));
        for (var cpu = 0; cpu < cpus; cpu++)
            yield return Source($"cpu{cpu}", HostSources.Share($"{uuid} cpu{cpu}", busy));
        yield return Source("cpu_usage", busy.At);
        yield return Source("runstate_fullrun", time => busy.At(time) * 0.1);
        yield return Source("runstate_partial_run", time => busy.At(time) * 0.8);
        yield return Source("runstate_blocked", time => 0.98 - (busy.At(time) * 0.9));
        yield return Source("runstate_full_contention", _ => 0);
        yield return Source("runstate_partial_contention", time => busy.At(time) * 0.01);
        yield return Source("runstate_concurrency_hazard", time => busy.At(time) * 0.01);
        var memory = vm.Int("memory_dynamic_max");
        yield return Source("memory", _ => memory);
        yield return Source("memory_target", _ => memory);
        if (vm.Follow("guest_metrics", "VM_guest_metrics") is not null)
        {
            var free = new Signal($"{uuid} memory");
            yield return Source("memory_internal_free", time => Math.Floor(memory / 1024.0 * (0.75 - (0.6 * free.At(time)))));
        }

        foreach (var source in vm.FollowAll("VIFs", "VIF").Where(vif => vif.Bool("currently_attached")).SelectMany(vif => DeviceSources(uuid, vif.Text("device"), Source)))
            yield return source;
        foreach (var source in vm.FollowAll("VBDs", "VBD").Where(vbd => vbd.Text("device").Length > 0 && !vbd.Bool("empty")).SelectMany(vbd => DriveSources(uuid, vbd.Text("device"), Source)))
            yield return source;
    }

    private static IEnumerable<DataSource> DeviceSources(string uuid, string device, Func<string, Func<double, double>, DataSource> source)
    {
        foreach (var way in (string[])["rx", "tx"])
        {
            var traffic = new Signal($"{uuid} vif{device} {way}");
            yield return source($"vif_{device}_{way}", time => 12e6 * Square(traffic.At(time)));
            yield return source($"vif_{device}_{way}_errors", _ => 0);
        }
    }

    private static IEnumerable<DataSource> DriveSources(string uuid, string device, Func<string, Func<double, double>, DataSource> source)
    {
        foreach (var way in (string[])["read", "write"])
        {
            var work = new Signal($"{uuid} {device} {way}");
            yield return source($"vbd_{device}_{way}", time => 40e6 * Square(work.At(time)));
            yield return source($"vbd_{device}_iops_{way}", time => Math.Round(900 * Square(work.At(time))));
            yield return source($"vbd_{device}_{way}_latency", time => 300 + (4000 * work.At(time)));
        }

        var wait = new Signal($"{uuid} {device} wait");
        yield return source($"vbd_{device}_iowait", time => 0.1 * Square(wait.At(time)));
        yield return source($"vbd_{device}_inflight", time => Math.Round(6 * Square(wait.At(time))));
        yield return source($"vbd_{device}_avgqu_sz", time => 3 * Square(wait.At(time)));
    }

    private static double Square(double value) => value * value;

    private static double Seconds(string? date) =>
        DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUnixTimeSeconds() : 0;
}
