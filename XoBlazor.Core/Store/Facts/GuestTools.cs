namespace XoBlazor.Core.Store.Facts;

/// <summary>What is known about the guest tools in a VM.</summary>
public enum GuestToolsState
{
    /// <summary>The VM does not run, so nobody can tell.</summary>
    Unknown,

    /// <summary>It runs and neither drivers nor agent have shown themselves.</summary>
    NotDetected,

    /// <summary>Drivers are at work; no agent reports.</summary>
    DriversOnly,

    /// <summary>The agent reports.</summary>
    Detected,
}

/// <param name="Version">As the agent tells it, <c>7.30.0-11</c>; empty when it does not. A guest's word.</param>
public readonly record struct GuestTools(GuestToolsState State, string Version);
