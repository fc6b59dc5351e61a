using System.Collections.Immutable;
using XoBlazor.Core.Access;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What it takes to reboot a pool host by host or to update it so, to say how that goes on, and to see beforehand how it would go.</summary>
public static class RollingRights
{
    public static Right Reboot { get; } = new("pool.rolling_reboot", "Reboot pools host by host", RightLevel.Administer);

    public static Right Update { get; } = new("pool.rolling_update", "Update pools host by host", RightLevel.Administer);

    public static Right Control { get; } = new("pool.rolling_control", "Pause, take up and end rolling reboots and updates", RightLevel.Administer);

    /// <summary>It names every VM of the pool.</summary>
    public static Right Rehearse { get; } = new("pool.rehearse", "Rehearse rolling reboots and updates", RightLevel.Administer);

    /// <summary>All of them: what a rolling reboot or update that goes on does not keep others from.</summary>
    public static ImmutableArray<Right> All { get; } = [Reboot, Update, Control, Rehearse];

    /// <summary>What it takes to begin one, and to begin each host's turn.</summary>
    public static Right For(RollingKind kind) => kind switch
    {
        RollingKind.Reboot => Reboot,
        RollingKind.Update => Update,
    };
}
