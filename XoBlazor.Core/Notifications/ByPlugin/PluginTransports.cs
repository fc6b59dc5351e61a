using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Notifications.ByPlugin;

/// <summary>The ways to send that installed plugins know, as far as that was accepted; of one that is not loaded, each says so.</summary>
internal sealed class PluginTransports(PluginFleet fleet) : INotificationTransportSource
{
    public IEnumerable<INotificationTransport> Transports =>
        fleet.All.OrderByDescending(plugin => plugin.Settings.Manifest.IsBuiltIn).SelectMany(plugin => plugin.Settings.Given.Of<NotificationTransportWant>().Select(want => new PluginTransport(fleet, plugin, want)));
}
