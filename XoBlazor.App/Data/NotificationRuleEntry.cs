namespace XoBlazor.App.Data;

/// <summary>A rule about what is told to whom; see <see cref="Core.Notifications.Rules.NotificationRule"/>.</summary>
public sealed class NotificationRuleEntry
{
    public required Guid Id { get; init; }

    /// <summary>All of it, as JSON.</summary>
    public required string Rule { get; set; }
}
