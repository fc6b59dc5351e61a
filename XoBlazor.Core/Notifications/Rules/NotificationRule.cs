using System.Collections.Immutable;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>When something is told, to whom, and how. Immutable; kept as JSON (<see cref="RuleText"/>).</summary>
public sealed record NotificationRule
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public bool IsEnabled { get; init; } = true;

    public required NotificationTrigger When { get; init; }

    public required ImmutableArray<Recipient> Who { get; init; }

    /// <summary>The id of the transport.</summary>
    public required string How { get; init; }

    public NotificationSeverity Severity { get; init; } = NotificationSeverity.Warning;

    public Pace Pace { get; init; } = Pace.AtOnce.Instance;

    public QuietHours? Quiet { get; init; }

    /// <summary>The zone of all times of the day in it, such as <c>Europe/Paris</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Something told is not told again, and its like not either, until so much later; what came meanwhile is counted. Zero for no such pause.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Told again and again while it holds; null for once.</summary>
    public TimeSpan? Remind { get; init; }

    /// <summary>Tells that it is well again, too.</summary>
    public bool TellsEnd { get; init; } = true;

    internal TimeZoneInfo TimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>When something told at a moment is to be sent.</summary>
    internal DateTimeOffset DueAfter(DateTimeOffset told, NotificationSeverity severity)
    {
        var due = Pace.DueAfter(told, TimeZone);
        return Quiet is { } quiet && !(quiet.ExceptCritical && severity == NotificationSeverity.Critical) ? quiet.After(due, TimeZone) : due;
    }

    public bool Equals(NotificationRule? other) => other is not null && RuleText.Write(this) == RuleText.Write(other);

    public override int GetHashCode() => Id.GetHashCode();
}
