namespace XoBlazor.Core.Notifications.Posting;

/// <summary>A notification on its way to one recipient: written down before it is sent. Immutable.</summary>
public sealed record OutboxEntry
{
    /// <summary>Made of the notification's and the recipient's, so that the same cannot be written twice.</summary>
    public required Guid Id { get; init; }

    public required Notification Notification { get; init; }

    public required string RuleName { get; init; }

    /// <summary>The id of the transport.</summary>
    public required string How { get; init; }

    /// <summary>The account's identifier; null where <see cref="Address"/> was named by the rule.</summary>
    public string? User { get; init; }

    /// <summary>The group by which the person hears of it; null for one who was named.</summary>
    public string? Group { get; init; }

    /// <summary>What the transport understands. For people it is looked up when it is sent, and kept here then.</summary>
    public string? Address { get; init; }

    public OutboxState State { get; init; }

    public required DateTimeOffset Due { get; init; }

    /// <summary>It waited for others, or for the end of quiet hours, and goes in one message with them.</summary>
    public bool IsCollected { get; init; }

    public int Attempts { get; init; }

    /// <summary>The id of the message it goes in, chosen before the first attempt and the same in all of them.</summary>
    public Guid? Message { get; init; }

    /// <summary>Why the last attempt failed, or why it was withheld.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset? Ended { get; init; }
}
