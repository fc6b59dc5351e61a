namespace XoBlazor.Core.Patching.Rolling;

/// <summary>The parts of a run, in their order. The names are stored: never rename one.</summary>
public enum RollingStage
{
    /// <summary>HA and automatic power-on are switched off.</summary>
    Preparing,

    /// <summary>Host by host, the coordinator first.</summary>
    Hosts,

    /// <summary>VMs go back to where they were.</summary>
    Homing,

    /// <summary>HA and automatic power-on are as they were before.</summary>
    Restoring,

    Done,
}
