using System.Collections.Immutable;

namespace XoBlazor.Core.Notifications.Posting;

/// <summary>What a transport sends: one notification, or several that were collected. Immutable.</summary>
/// <param name="Id">The same in every attempt: receivers tell repetitions by it.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Time">When the newest of its parts was told.</param>
/// <param name="Parts">At least one, the oldest first.</param>
/// <param name="More">How many more there were than are told one by one.</param>
public sealed record OutgoingMessage(Guid Id, Guid Rule, string RuleName, DateTimeOffset Time, ImmutableArray<OutgoingPart> Parts, int More = 0)
{
    public NotificationSeverity Severity => Parts.Max(part => part.Severity);

    public string Title => Parts is [var only] ? only.Title : $"{RuleName}: {Parts.Length + More} notifications";
}

/// <summary>A notification as its recipient may read it.</summary>
/// <param name="Link">The object's page; null for none.</param>
public sealed record OutgoingPart(
    Guid Id, Guid Incident, NotificationKind Kind, NotificationSeverity Severity, string Title, string Text, DateTimeOffset Time, string? Pool, string? Class, string? Uuid, string? Link);
