using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>How much an alert matters, from XAPI's priorities 1 (critical) to 5 (informational).</summary>
public enum AlertSeverity
{
    Critical,
    Major,
    Warning,
    Minor,
    Information,
}

/// <summary>A XAPI message in words. Made from the message alone where its object is gone.</summary>
/// <param name="Title">What happened, such as "Host certificate has expired".</param>
/// <param name="Text">What the host adds to it, without markup; may be empty.</param>
/// <param name="About">The object the message speaks of; null when it is gone.</param>
public sealed record Alert(XapiMessage Message, AlertSeverity Severity, string Title, string Text, XapiObject? About)
{
    public static Alert Of(PoolPicture pool, XapiMessage message) => new(
        message, SeverityOf(message.Priority), ForeignText.Shown(AlertText.Title(message)), ForeignText.Shown(AlertText.Text(message)), pool.ObjectOf(message));

    /// <summary>What needs someone's attention, not the diary of what was started and stopped.</summary>
    public bool IsUrgent => Severity <= AlertSeverity.Warning;

    // Hosts before 6.2 counted further; whatever lies outside is read as the nearest end.
    private static AlertSeverity SeverityOf(long priority) => (AlertSeverity)(Math.Clamp(priority, 1, 5) - 1);
}
