namespace XoBlazor.App.Data;

/// <summary>What a rule told of and remembers; see <see cref="Core.Notifications.Watching.Incident"/>.</summary>
public sealed class NotificationIncidentEntry
{
    public required Guid RuleId { get; init; }

    /// <summary>What it is about, in the rule's own words.</summary>
    public required string Subject { get; init; }

    /// <summary>All of it, as JSON.</summary>
    public required string Incident { get; set; }
}
