using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Notifications.ByPlugin;

/// <summary>The ways to send that loaded plugins know, as far as that was accepted.</summary>
internal sealed class PluginTransports(PluginFleet fleet) : INotificationTransportSource
{
    public IEnumerable<INotificationTransport> Transports => fleet.Having<NotificationTransportWant>().Select(one => new PluginTransport(fleet, one.Plugin, one.Want));
}
