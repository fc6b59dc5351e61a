using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>One VM that ran when the run began. Immutable; stored.</summary>
public sealed record RollingVm
{
    public required string Uuid { get; init; }

    /// <summary>Its name when the run began.</summary>
    public required string Name { get; init; }

    /// <summary>The uuid of the host that it ran on, and goes back to.</summary>
    public required string Home { get; init; }

    /// <summary>It is, or is about to be, shut down for its host's turn.</summary>
    public bool IsShutDown { get; init; }

    /// <summary>Bringing it home was tried, or is not needed.</summary>
    public bool IsSettled { get; init; }

    /// <summary>What installed updates ask of it and is still to be done: a restart, or one of its device model. Null for nothing.</summary>
    public UpdateNeed? Restart { get; init; }

    /// <summary>Why it is not as it was, or as its updates want it, in words; null when it is.</summary>
    public string? Problem { get; init; }
}
