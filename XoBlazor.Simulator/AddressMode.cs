namespace XoBlazor.Simulator;

/// <summary>What the hosts of a simulated pool say their addresses are.</summary>
public enum AddressMode
{
    /// <summary>Each host has a loopback address of its own, so that redirects, fail-over and consoles work.</summary>
    Reachable,

    /// <summary>As the database says; nobody can follow them.</summary>
    Faithful,
}
