using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What an update asks of a host or VM afterwards, in its three lists: mandatory, recommended, full.</summary>
internal static class Guidances
{
    private static readonly string[] s_fields = ["pending_guidances", "pending_guidances_recommended", "pending_guidances_full"];

    /// <summary>Nothing is asked any more, as after a reboot.</summary>
    public static void Clear(DbObject target)
    {
        foreach (var field in s_fields)
            target[field] = XapiValue.EmptySet;
    }

    public static void Remove(DbObject target, string guidance)
    {
        foreach (var field in s_fields)
            target[field] = XapiValue.SetOf(target[field].AsTexts.Where(other => other != guidance));
    }
}
