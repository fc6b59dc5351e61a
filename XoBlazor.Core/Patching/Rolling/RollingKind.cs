namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What is done to each host. The names are stored: never rename one.</summary>
public enum RollingKind
{
    /// <summary>It is rebooted.</summary>
    Reboot,

    /// <summary>It gets what it lacks, and is rebooted for that.</summary>
    Update,
}

/// <summary>The words for them.</summary>
public static class RollingKinds
{
    /// <summary>In the middle of a sentence.</summary>
    public static string Word(this RollingKind kind) => kind switch
    {
        RollingKind.Reboot => "rolling reboot",
        RollingKind.Update => "rolling update",
    };
}
