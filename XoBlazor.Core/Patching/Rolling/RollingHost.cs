namespace XoBlazor.Core.Patching.Rolling;

/// <summary>One host in a run. Immutable; stored.</summary>
public sealed record RollingHost
{
    public required string Uuid { get; init; }

    /// <summary>Its name when the run began.</summary>
    public required string Name { get; init; }

    public bool IsCoordinator { get; init; }

    public RollingTurn Turn { get; init; }

    /// <summary>It was left as it is because it lacked nothing.</summary>
    public bool IsUpToDate { get; init; }

    /// <summary>It was in service before its turn, and will be so again.</summary>
    public bool WasEnabled { get; init; } = true;

    /// <summary>When its toolstack had started before the reboot, in seconds of the host's clock: back is what has a later one. Zero while not known.</summary>
    public double AgentStart { get; init; }

    /// <summary>When its turn began; null before.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When it was sent into its reboot; null before.</summary>
    public DateTimeOffset? Left { get; init; }

    /// <summary>When its turn was over; null before.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Nothing more is to be done to it.</summary>
    public bool IsOver => Turn is RollingTurn.Done or RollingTurn.Skipped;
}
