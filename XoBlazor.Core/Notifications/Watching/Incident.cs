using System.Collections.Immutable;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Something that a rule told of and has to remember: that it holds still, or that its like is not told again so soon. Immutable.</summary>
public sealed record Incident
{
    public required Guid Rule { get; init; }

    /// <summary>What it is about, in the rule's own words.</summary>
    public required string Subject { get; init; }

    /// <summary>Since when it holds.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was told first; what waits to be told is not kept.</summary>
    public required DateTimeOffset Told { get; init; }

    /// <summary>When it was told last, reminders included.</summary>
    public required DateTimeOffset LastTold { get; init; }

    /// <summary>When it was well again, or for what just happens when it was told; then it is kept for the rule's pause only. Null while it holds.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What its end is told by, should what it is about be gone by then.</summary>
    public required Notification Notification { get; init; }

    /// <summary>Parts of it that were told, such as the names of updates.</summary>
    public ImmutableSortedSet<string> Parts { get; init; } = [];
}
