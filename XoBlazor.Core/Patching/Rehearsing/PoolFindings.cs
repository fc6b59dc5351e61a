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

    public static IEnumerable<RehearsalFinding> Of(PoolPicture pool, DateTimeOffset now)
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
        yield return OfPool(pool, FindingLevel.Tells, "This server makes no backups by a plan of its own; what other programs plan is not known here.");
        foreach (var host in pool.All<Host>())
            if (host.LicenseParams.GetValueOrDefault("expiry") is { } text && DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) && expiry < now)
                yield return About(host, pool, FindingLevel.Warns, "Its licence has expired.") with { Solution = "Renew it before the reboot." };
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

    private static RehearsalFinding OfPool(PoolPicture pool, FindingLevel level, string words) => new(level, "pool", null, pool.Name(), null, words);

    private static long RoomElsewhere(PoolPicture pool, Host host) => pool.All<Host>().Where(other => other.Ref != host.Ref && other.Enabled && pool.IsHostLive(other))
        .Sum(other => pool.Get(other.Metrics) is { } metrics ? Math.Max(metrics.MemoryFree, 0) : 0);

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.#} GiB");
}
