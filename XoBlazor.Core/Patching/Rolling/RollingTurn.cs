namespace XoBlazor.Core.Patching.Rolling;

/// <summary>How far a host's turn is: the step that is taken, or was last. The names are stored: never rename one.</summary>
public enum RollingTurn
{
    /// <summary>Nothing was done to it yet.</summary>
    Waiting,

    /// <summary>Out of service; its VMs go elsewhere, or are shut down where that was agreed to.</summary>
    Emptying,

    /// <summary>It gets what it lacks.</summary>
    Installing,

    Rebooting,

    /// <summary>It is away, and waited for.</summary>
    Returning,

    /// <summary>What it got asks for no reboot: its toolstack restarts where that is asked for, and it is back in service.</summary>
    Settling,

    /// <summary>VMs that were shut down for its turn start again.</summary>
    Starting,

    /// <summary>It is left out after something was done to it: back in service as it is.</summary>
    Leaving,

    Done,

    /// <summary>It was left out.</summary>
    Skipped,
}
