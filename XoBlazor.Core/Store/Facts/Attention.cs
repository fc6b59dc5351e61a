using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

public enum AttentionLevel
{
    Critical,
    Warning,
}

/// <summary>Something an administrator should look at: an object and, in words that follow its name, what is wrong with it.</summary>
/// <param name="Words">Such as "is down: its pool does not hear from it".</param>
/// <param name="Advice">What helps, in one sentence.</param>
public sealed record Attention(AttentionLevel Level, XapiObject About, string Words, string Advice)
{
    private const double NearlyFull = 0.85;
    private const double Full = 0.95;

    // Below this share of free memory not even a small VM starts.
    private const double LeastFreeMemory = 0.03;

    /// <summary>What in a pool's picture needs someone, the worst first.</summary>
    public static IReadOnlyList<Attention> In(PoolPicture pool) =>
    [
        .. Hosts(pool).Concat(Storage(pool)).Concat(Availability(pool)).Concat(Tasks(pool))
            .OrderBy(a => a.Level).ThenBy(a => a.About.Class),
    ];

    private static IEnumerable<Attention> Hosts(PoolPicture pool)
    {
        foreach (var host in pool.All<Host>())
        {
            if (!pool.IsHostLive(host))
            {
                yield return new(AttentionLevel.Critical, host, "is down: its pool does not hear from it",
                    "Check its power and network; VMs that ran on it stay marked as running until the host is back or declared dead.");
                continue;
            }

            if (!host.Enabled)
                yield return new(AttentionLevel.Warning, host, "is disabled: no VM can start on it", host.PendingGuidances.Bits == 0 ? "Enable it when its maintenance is done." : "Its updates require something first; its Updates tab says what.");
            if (UpdateNeeds.NeedsReboot(pool, host))
                yield return new(AttentionLevel.Warning, host, "has updates that work only after a reboot", "Move its VMs away and reboot it.");
            else if (UpdateNeeds.NeedsToolstack(host))
                yield return new(AttentionLevel.Warning, host, "has updates that work only after a restart of its toolstack", "Restart its toolstack; VMs run on.");
            if (pool.VmsOn(host).Count(vm => UpdateNeeds.Of(pool, vm) is not null) is > 0 and var waiting)
                yield return new(AttentionLevel.Warning, host, $"runs {(waiting == 1 ? "a VM" : $"{waiting} VMs")} that installed updates have not reached yet", "Its Updates tab says which, and what they need.");
            if (pool.Get(host.Metrics) is { MemoryTotal: > 0 } metrics && metrics.MemoryFree < metrics.MemoryTotal * LeastFreeMemory)
                yield return new(AttentionLevel.Warning, host, "has almost no free memory", "Move a VM to another host or shut one down.");
        }
    }

    private static IEnumerable<Attention> Storage(PoolPicture pool)
    {
        foreach (var sr in pool.All<Sr>())
        {
            if (PoolCapacity.IsForDisks(sr) && sr.PhysicalSize > 0 && sr.PhysicalUtilisation >= sr.PhysicalSize * NearlyFull)
                yield return new(sr.PhysicalUtilisation >= sr.PhysicalSize * Full ? AttentionLevel.Critical : AttentionLevel.Warning, sr,
                    $"is {100.0 * sr.PhysicalUtilisation / sr.PhysicalSize:0} % full", "Delete snapshots and disks that nobody needs, or extend it.");

            var cut = pool.Get(sr.Pbds).Where(p => !p.CurrentlyAttached).Select(p => pool.Get(p.Host))
                .Where(h => h is not null && pool.IsHostLive(h)).Select(h => ForeignText.Shown(h!.NameLabel)).Order(StringComparer.Ordinal).ToList();
            if (cut.Count > 0)
                yield return new(AttentionLevel.Warning, sr, $"is not connected on {Names(cut)}", "Repair the connection; VMs with disks here cannot run there.");
        }
    }

    private static IEnumerable<Attention> Availability(PoolPicture pool)
    {
        if (pool.Pool is { HaEnabled: true, HaOvercommitted: true } overcommitted)
            yield return new(AttentionLevel.Critical, overcommitted, "has too little room to restart all protected VMs", "Free memory on its hosts or protect fewer VMs.");
    }

    private static IEnumerable<Attention> Tasks(PoolPicture pool) =>
        pool.All<XapiTask>().Where(t => t.Status == XapiTaskStatus.Failure)
            .Select(t => new Attention(AttentionLevel.Warning, t, "failed", "Open the task to see why."));

    private static string Names(List<string> names) => names.Count > 3 ? $"{names[0]}, {names[1]} and {names.Count - 2} more hosts" : string.Join(" and ", names);
}
