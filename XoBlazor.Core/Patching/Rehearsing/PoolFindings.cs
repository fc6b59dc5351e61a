using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>What the picture alone tells of a pool and its hosts before a rolling reboot.</summary>
internal static class PoolFindings
{
    private static readonly VmOperation[] s_copying = [VmOperation.Export, VmOperation.Copy, VmOperation.Snapshot, VmOperation.Checkpoint, VmOperation.MigrateSend];

    // A licence that ends so soon may end before the next update.
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    public static IEnumerable<RehearsalFinding> Of(PoolPicture pool, RollingRequest request, DateTimeOffset now)
    {
        if (pool.Coordinator() is { } coordinator)
            yield return About(coordinator, pool, FindingLevel.Tells, "As the coordinator it goes first; while it is away the pool cannot be managed, and its VMs run on.");
        if (pool.Pool!.HaEnabled)
            yield return OfPool(pool, FindingLevel.Tells, $"HA is on. It is switched off during the run and then on again with the same storage and settings: a host that fails meanwhile has its VMs restarted by nobody.");
        if (RollingCourse.StartsVms(pool))
            yield return OfPool(pool, FindingLevel.Tells, "Automatic power-on is on. It is switched off during the run, so that no VM starts on a host that has just come back, and then on again.");
        if (pool.Pool.WlbEnabled)
            yield return OfPool(pool, FindingLevel.Warns, "Workload balancing is on and may move VMs in between.") with { Solution = "Switch it off for the while." };
        if (pool.All<Host>().Count == 1)
            yield return OfPool(pool, FindingLevel.Warns, "It has one host: VMs have nowhere to go.");
        foreach (var vm in pool.All<Vm>().Where(vm => vm.Kind() == VmKind.Vm && vm.CurrentOperations.Values.Any(s_copying.Contains)))
            yield return new(FindingLevel.Warns, "VM", vm.Uuid, pool.NameOf(vm), pool.HostOf(vm)?.Uuid, "It is being copied, exported or snapshotted right now, maybe by a backup, and cannot leave its host until that has ended.") { Solution = "Wait for that, or begin later." };
        foreach (var schedule in pool.All<Vmss>().Where(schedule => schedule.Enabled && schedule.Vms.Length > 0))
            yield return OfPool(pool, FindingLevel.Warns, $"The snapshot schedule '{pool.NameOf(schedule)}' takes snapshots of {(schedule.Vms.Length == 1 ? "1 VM" : $"{schedule.Vms.Length} VMs")} {When(schedule)}; a VM cannot leave its host while one is taken.") with { Solution = "Begin at another time, or switch it off for the while." };
        yield return OfPool(pool, FindingLevel.Tells, "For backups it was looked which VMs are being copied right now, and for the pool's own snapshot schedules. This server makes no backups by a plan of its own; what other programs plan is not known here.");
        if (request.Kind == RollingKind.Update && !NearlyFull(pool).Any())
            yield return OfPool(pool, FindingLevel.Tells, "Hosts do not tell how much room their own disks have. They raise an alarm when one is nearly full, and there is none; a host that has too little room refuses to install.");
        foreach (var (host, alert) in NearlyFull(pool))
            yield return About(host, pool, FindingLevel.Warns, $"It raised an alarm on {alert.Message.Timestamp:yyyy-MM-dd}: {alert.Text}") with { Solution = "Look how full its own disk is, make room, and dismiss the alarm." };
        foreach (var host in RollingCourse.Order(pool))
            if (ExpiryOf(host) is { } expiry && expiry < now)
                yield return About(host, pool, FindingLevel.Warns, "Its licence has expired.") with { Solution = "Renew it before the reboot." };
            else if (ExpiryOf(host) is { } end && end < now + s_soon)
                yield return About(host, pool, FindingLevel.Warns, $"Its licence ends on {end:yyyy-MM-dd}.") with { Solution = "Renew it soon." };
            else
                yield return About(host, pool, FindingLevel.Tells, $"Its edition is {(host.Edition.Length == 0 ? "not told" : ForeignText.Shown(host.Edition))}; {(ExpiryOf(host) is { } far ? $"its licence holds until {far:yyyy-MM-dd}." : "it names no end of a licence.")}");
    }

    public static IEnumerable<RehearsalFinding> Of(PoolPicture pool, Host host)
    {
        if (!pool.IsHostLive(host))
        {
            yield return About(host, pool, FindingLevel.Blocks, "It is down.") with { Solution = "Bring it back, or forget it if it is gone for good." };
            yield break;
        }

        if (!host.Enabled)
            yield return About(host, pool, FindingLevel.Warns, "It is out of service; it is rebooted all the same, and stays out of service.") with { Solution = "Put it into service if it is to take VMs of the others.", Fix = "host.enable" };
        if (host.CurrentOperations.Count > 0)
            yield return About(host, pool, FindingLevel.Warns, "Something is being done with it right now.") with { Solution = "Wait until that has ended." };
        foreach (var link in pool.Get(host.Pbds).Where(link => !link.CurrentlyAttached))
            if (pool.Get(link.Sr) is { } sr)
                yield return About(host, pool, FindingLevel.Warns, $"{pool.NameOf(sr)} is not connected to it: VMs with disks there cannot go to it.") with { Solution = "Repair the connection." };

        var (needed, room) = (pool.VmsOn(host).Sum(vm => Math.Max(vm.MemoryDynamicMin, 0) + vm.MemoryOverhead), RoomElsewhere(pool, host));
        if (needed > room)
            yield return About(host, pool, FindingLevel.Warns, $"Its VMs need {Gigabytes(needed)} of memory, and the other hosts have {Gigabytes(room)} free together.") with { Solution = "Shut down or move VMs to make room." };
        else if (needed > 0)
            yield return About(host, pool, FindingLevel.Tells, $"Its VMs need {Gigabytes(needed)} of memory; the other hosts have {Gigabytes(room)} free.");
    }

    public static RehearsalFinding About(Host host, PoolPicture pool, FindingLevel level, string words) => new(level, "host", host.Uuid, pool.NameOf(host), host.Uuid, words);

    public static RehearsalFinding OfPool(PoolPicture pool, FindingLevel level, string words) => new(level, "pool", null, pool.Name(), null, words);

    private static DateTimeOffset? ExpiryOf(Host host) => host.LicenseParams.GetValueOrDefault("expiry") is { } text
        && DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) ? expiry : null;

    /// <summary>Hosts whose control domain had little room left on a disk of its own, and nobody has dismissed the alarm since.</summary>
    private static IEnumerable<(Host Host, Alert Alert)> NearlyFull(PoolPicture pool)
    {
        var alarms = pool.All<XapiMessage>().Where(message => message.Name == "ALARM" && message.Body.Contains("fs_usage", StringComparison.Ordinal)).OrderByDescending(message => message.Timestamp).DistinctBy(message => message.ObjUuid).ToList();
        foreach (var host in RollingCourse.Order(pool))
            if (alarms.Find(alarm => alarm.ObjUuid == host.Uuid || alarm.ObjUuid == pool.ControlDomainOf(host)?.Uuid) is { } alarm)
                yield return (host, Alert.Of(pool, alarm));
    }

    /// <summary>Hours and minutes are the hosts' own.</summary>
    private static string When(Vmss schedule)
    {
        var (hour, minute) = (Two(schedule, "hour"), Two(schedule, "min"));
        return schedule.Frequency switch
        {
            VmssFrequency.Hourly => $"every hour at minute {minute}",
            VmssFrequency.Daily => $"every day at {hour}:{minute}",
            VmssFrequency.Weekly => $"on {ForeignText.Shown(schedule.Schedule.GetValueOrDefault("days", "some days"))} at {hour}:{minute}",
            VmssFrequency.Unrecognised => "by a schedule of its own",
        };
    }

    private static string Two(Vmss schedule, string key) => int.TryParse(schedule.Schedule.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("00", CultureInfo.InvariantCulture) : "00";

    private static long RoomElsewhere(PoolPicture pool, Host host) => pool.All<Host>().Where(other => other.Ref != host.Ref && other.Enabled && pool.IsHostLive(other))
        .Sum(other => pool.Get(other.Metrics) is { } metrics ? Math.Max(metrics.MemoryFree, 0) : 0);

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.#} GiB");
}
