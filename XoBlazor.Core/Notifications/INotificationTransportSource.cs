namespace XoBlazor.Core.Notifications;

/// <summary>Where transports come from that come and go, such as loaded plugins.</summary>
public interface INotificationTransportSource
{
    IEnumerable<INotificationTransport> Transports { get; }
}
