using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>A pool whose hosts get a new version one after the other. Its administrators, or their scripts, say so in <c>pool.other_config</c>; until they take it back, what older hosts do not know is refused.</summary>
internal static class PoolUpgrade
{
    private const string Key = "rolling_upgrade_in_progress";

    public static XapiException Refusal => new("NOT_SUPPORTED_DURING_UPGRADE");

    public static bool IsUnderWay(Database db) => db.Pool["other_config"].AsMap[Key] is not null;
}
