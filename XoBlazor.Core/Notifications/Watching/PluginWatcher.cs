using XoBlazor.Core.Plugins;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Plugins that were given up.</summary>
internal sealed class PluginWatcher : Watcher
{
    public override void Look(WatchScene scene, IncidentBook book)
    {
        foreach (var plugin in scene.Plugins)
        {
            if (plugin.Status.State == PluginState.GivenUp)
                book.Holds(plugin.Settings.Id, new($"The plugin {plugin.Settings.Manifest.Name} was given up", plugin.Status.Problem ?? "") { Right = "plugin.administer" });
            else if (plugin.Status.State is PluginState.Loaded or PluginState.Unloaded)
                book.HoldsNot(plugin.Settings.Id, new Finding($"The plugin {plugin.Settings.Manifest.Name} is {(plugin.Status.State == PluginState.Loaded ? "loaded again" : "unloaded")}") { Right = "plugin.administer" });
        }

        foreach (var subject in book.Held.Where(subject => scene.Plugins.All(plugin => plugin.Settings.Id != subject)).ToList())
            book.HoldsNot(subject, null);
    }
}
