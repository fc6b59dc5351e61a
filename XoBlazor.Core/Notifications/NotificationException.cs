namespace XoBlazor.Core.Notifications;

/// <summary>A rule cannot be taken, or a message not be delivered. The message is for people: what is wrong, and the next step.</summary>
/// <param name="isLasting">Trying again changes nothing.</param>
public sealed class NotificationException(string message, bool isLasting = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsLasting => isLasting;
}
