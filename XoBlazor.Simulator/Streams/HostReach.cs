using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Streams;

/// <summary>Which host can serve a stream: one to which all its storage is connected. Others send the client there (xapi-protocol.md §8.1).</summary>
internal static class HostReach
{
    /// <summary>The host that was asked when it can do it itself, else another; null when none can.</summary>
    public static DbObject? Find(Database db, string asked, IEnumerable<DbObject?> storage)
    {
        var needed = storage.OfType<DbObject>().Distinct().ToList();
        return db.All("host").OrderBy(host => host.Ref == asked ? 0 : host.Ref == db.Coordinator.Ref ? 1 : 2).ThenBy(host => host.Ref, StringComparer.Ordinal)
            .FirstOrDefault(host => needed.TrueForAll(sr => sr.FollowAll("PBDs", "PBD").Any(pbd => pbd.Text("host") == host.Ref && pbd.Bool("currently_attached"))));
    }
}
