using XoBlazor.Core.Access;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What it takes to reboot a pool host by host, to say how that goes on, and to see beforehand how it would go.</summary>
public static class RollingRights
{
    public static Right Reboot { get; } = new("pool.rolling_reboot", "Reboot pools host by host", RightLevel.Administer);

    public static Right Control { get; } = new("pool.rolling_control", "Pause, take up and end rolling reboots", RightLevel.Administer);

    /// <summary>It names every VM of the pool.</summary>
    public static Right Rehearse { get; } = new("pool.rehearse", "Rehearse rolling reboots", RightLevel.Administer);
}
