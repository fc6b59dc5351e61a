namespace XoBlazor.App.Data;

/// <summary>A notification on its way to somebody, or what became of it; see <see cref="Core.Notifications.Posting.OutboxEntry"/>.</summary>
public sealed class NotificationMessageEntry
{
    public required Guid Id { get; init; }

    public required Guid RuleId { get; init; }

    /// <summary>The name of the state.</summary>
    public required string State { get; set; }

    /// <summary>When it was told.</summary>
    public required DateTimeOffset Told { get; set; }

    /// <summary>When it is sent.</summary>
    public required DateTimeOffset Due { get; set; }

    /// <summary>When it was delivered, withheld or given up; null while it waits.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>All of it, as JSON.</summary>
    public required string Message { get; set; }
}
