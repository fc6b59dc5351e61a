namespace XoBlazor.App.Data;

/// <summary>A transfer that waits, runs or has ended; see <see cref="Core.Operations.Transfers.Queue.TransferRecord"/>.</summary>
public sealed class TransferEntry
{
    /// <summary>The number of the audit record of the operation's beginning.</summary>
    public required long Number { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>The uuid of the object's pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The object's uuid.</summary>
    public required string Target { get; init; }

    /// <summary>The object's name when it was asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The uuid of the pool that it goes to, if that is told.</summary>
    public string? ToPool { get; init; }

    /// <summary>Who asked; empty for the server itself.</summary>
    public required string ActorId { get; init; }

    /// <summary>Their name then.</summary>
    public required string ActorName { get; init; }

    /// <summary>The role beyond which they may nothing.</summary>
    public string? LimitedTo { get; init; }

    /// <summary>The face they came through.</summary>
    public required string Face { get; init; }

    /// <summary>Where they came from.</summary>
    public string? Address { get; init; }

    /// <summary>What was given, as JSON.</summary>
    public string? Arguments { get; init; }

    /// <summary>The name of the state.</summary>
    public required string State { get; init; }

    /// <summary>Lower goes first.</summary>
    public required long Place { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Asked { get; init; }

    /// <summary>When its turn came.</summary>
    public DateTimeOffset? Begun { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>How many bytes passed.</summary>
    public required long Bytes { get; init; }

    /// <summary>What is said of the end.</summary>
    public string? Message { get; init; }

    /// <summary>The uuid of the pool of what was made.</summary>
    public string? MadePool { get; init; }

    /// <summary>The uuid of what was made.</summary>
    public string? Made { get; init; }

    /// <summary>It was asked for once more.</summary>
    public required bool IsRetried { get; init; }
}
