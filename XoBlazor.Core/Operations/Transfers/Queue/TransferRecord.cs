using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>A transfer as it is written down: what was asked for, by whom, and what has become of it. Enough to begin it, or to begin it again, after a restart. Immutable.</summary>
public sealed record TransferRecord
{
    /// <summary>The number of the audit record of the operation's beginning.</summary>
    public required long Number { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    public required ObjectKey Target { get; init; }

    /// <summary>The object's name when it was asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The uuid of the pool that it goes to; null where that is the target's, or none.</summary>
    public string? To { get; init; }

    public required Requester Requester { get; init; }

    /// <summary>What was given, as JSON; null where it cannot be begun again by itself.</summary>
    public string? Arguments { get; init; }

    public required TransferState State { get; init; }

    /// <summary>Its place among the waiting: lower goes first.</summary>
    public long Place { get; init; }

    public required DateTimeOffset Asked { get; init; }

    /// <summary>When its turn came; null while it waits.</summary>
    public DateTimeOffset? Begun { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>How many bytes passed until its end.</summary>
    public long Bytes { get; init; }

    /// <summary>What is said of the end, for who asked.</summary>
    public string? Message { get; init; }

    /// <summary>What it made.</summary>
    public ObjectKey? Made { get; init; }

    /// <summary>It was asked for once more.</summary>
    public bool IsRetried { get; init; }

    public bool IsWaiting => State is TransferState.Waiting or TransferState.Held;

    public bool HasEnded => State is not (TransferState.Waiting or TransferState.Held or TransferState.Running);

    /// <summary>It did not come to a good end, and can be asked for once more.</summary>
    public bool CanRetry => State is TransferState.Failed or TransferState.Cancelled or TransferState.Unknown or TransferState.Interrupted && Arguments is not null && !IsRetried;
}
