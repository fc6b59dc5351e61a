namespace XoBlazor.Core.Notifications;

/// <summary>What is known of people that messages go to. Safe from any thread.</summary>
public interface INotificationPeople
{
    /// <summary>Null for an account that is gone or disabled.</summary>
    Task<NotificationPerson?> FindAsync(string user, CancellationToken token);
}

/// <param name="Email">Null for none.</param>
public sealed record NotificationPerson(string Id, string Name, string? Email);
