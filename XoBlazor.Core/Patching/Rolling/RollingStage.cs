namespace XoBlazor.Core.Patching.Rolling;

/// <summary>The parts of a run, in their order. The names are stored: never rename one.</summary>
public enum RollingStage
{
    /// <summary>HA and automatic power-on are switched off.</summary>
    Preparing,

    /// <summary>All hosts get what they lack before the first is emptied; only where they take updates all at once.</summary>
    Installing,

    /// <summary>Host by host, the coordinator first.</summary>
    Hosts,

    /// <summary>VMs go back to where they were.</summary>
    Homing,

    /// <summary>VMs restart for which installed updates ask that; only where it was agreed to.</summary>
    RestartingVms,

    /// <summary>HA and automatic power-on are as they were before.</summary>
    Restoring,

    Done,
}
