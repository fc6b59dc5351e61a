namespace XoBlazor.Core.Patching.Rolling;

/// <summary>How a run stands. The names are stored: never rename one.</summary>
public enum RollingState
{
    Running,

    /// <summary>Somebody wanted it to wait; it stands between two steps.</summary>
    Paused,

    /// <summary>A step failed, and somebody has to say how it goes on.</summary>
    Stopped,

    /// <summary>It went through all hosts.</summary>
    Completed,

    /// <summary>Somebody ended it, and it put back what it had changed.</summary>
    Cancelled,
}
