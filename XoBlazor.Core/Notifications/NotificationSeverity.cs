namespace XoBlazor.Core.Notifications;

/// <summary>How much what is told matters.</summary>
public enum NotificationSeverity
{
    Information,
    Warning,
    Critical,
}
