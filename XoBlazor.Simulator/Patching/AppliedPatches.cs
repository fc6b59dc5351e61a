using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching;

/// <summary>Which patches a host has: rows of <c>host_patch</c>, one for each, which updates have, too, behind their old face.</summary>
internal static class AppliedPatches
{
    public static bool Has(DbObject patch, DbObject host) => host.FollowAll("patches", "host_patch").Any(row => row.Text("pool_patch") == patch.Ref && row.Bool("applied"));

    /// <summary>The uuids of what is on the host.</summary>
    public static HashSet<string> UuidsOn(DbObject host) =>
    [
        .. host.FollowAll("patches", "host_patch").Where(row => row.Bool("applied")).Select(row => row.Follow("pool_patch", "pool_patch")?.Uuid ?? ""),
        .. host.FollowAll("updates", "pool_update").Select(update => update.Uuid),
    ];

    public static void Add(DbObject patch, DbObject host, DateTimeOffset now)
    {
        if (!Has(patch, host)) host.Db.Create("host_patch", ("host", host.Ref), ("pool_patch", patch.Ref), ("applied", true), ("timestamp_applied", now));
    }
}
