using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Life;

/// <summary>
/// What a host tidies up by itself: every half minute tasks that ended long ago or are too many; every five minutes hidden base disks that
/// no chain or only one disk still stands on, which the storage driver merges into what stands on them.
/// </summary>
internal sealed class Housekeeping(PoolSimulator pool)
{
    private const int MostYoungTasks = 200;
    private const int RoundsBetweenMerges = 10;
    private const string Parent = "vhd-parent";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestKept = TimeSpan.FromSeconds(3900);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_pause, pool.Time);
        try
        {
            for (var round = 1; await timer.WaitForNextTickAsync(cancellation); round++)
            {
                ForgetTasks();
                if (round % RoundsBetweenMerges == 0) MergeChains();
            }
        }
        catch (OperationCanceledException)
        {
            // The pool stops.
        }
    }

    public void ForgetTasks() => pool.Db.Update(() =>
    {
        var ended = pool.Db.All("task").Where(task => task.Text("status") is not "pending")
            .OrderByDescending(task => task.Text("finished"), StringComparer.Ordinal).ToList();
        var oldest = new DateValue((pool.Time.GetUtcNow() - s_longestKept).ToString("yyyyMMdd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)).Text;
        for (var index = 0; index < ended.Count; index++)
        {
            if (index >= MostYoungTasks || string.CompareOrdinal(ended[index].Text("finished"), oldest) < 0) ended[index].Destroy();
        }
    });

    public void MergeChains() => pool.Db.Update(() =>
    {
        var bases = pool.Db.Where("VDI", "managed", false).Where(vdi => vdi.Text("name_label") == "base copy").ToDictionary(vdi => vdi.Uuid);
        if (bases.Count == 0) return;
        var children = pool.Db.All("VDI").Where(vdi => ParentOf(vdi) is { } parent && bases.ContainsKey(parent)).ToLookup(vdi => ParentOf(vdi)!);
        foreach (var (uuid, disk) in bases)
        {
            var standing = children[uuid].Where(child => child.Exists).ToList();
            if (standing.Count > 1) continue;
            foreach (var child in standing)
                child["sm_config"] = ParentOf(disk) is { } under ? child["sm_config"].AsMap.With(Parent, under) : child["sm_config"].AsMap.Without(Parent);
            Behaviour.Disks.Remove(disk);
        }
    });

    private static string? ParentOf(DbObject vdi) => vdi["sm_config"].AsMap[Parent]?.AsText;
}
