namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What is done to each host. The names are stored: never rename one.</summary>
public enum RollingKind
{
    /// <summary>It is rebooted.</summary>
    Reboot,
}
