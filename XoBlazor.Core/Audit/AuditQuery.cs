namespace XoBlazor.Core.Audit;

/// <summary>Which records are wanted; everything unset counts for all. Answered newest first.</summary>
public sealed record AuditQuery
{
    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Up to and without this moment.</summary>
    public DateTimeOffset? To { get; init; }

    public AuditCategory? Category { get; init; }

    public AuditOutcome? Outcome { get; init; }

    /// <summary>The actor's identifier.</summary>
    public string? ActorId { get; init; }

    /// <summary>The target's identifier, with <see cref="Pool"/> for an object of a pool.</summary>
    public string? Target { get; init; }

    /// <summary>The identifier of what was made.</summary>
    public string? Made { get; init; }

    public string? Pool { get; init; }

    /// <summary>Anywhere in the record's texts, whatever the case of ASCII letters.</summary>
    public string? Text { get; init; }

    /// <summary>Actions that are meant by <see cref="Text"/> too: people know them by other words than the record has.</summary>
    public IReadOnlyCollection<string> OrActions { get; init; } = [];

    /// <summary>The end of the act that this record began.</summary>
    public long? Of { get; init; }

    /// <summary>Only records with a smaller number: for the next page.</summary>
    public long? Before { get; init; }

    /// <summary>At most this many.</summary>
    public int Limit { get; init; } = 100;
}
