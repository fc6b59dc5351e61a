using XoBlazor.App.Components.Live;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.App.Components.Plugins;

/// <summary>Where pages of plugins are, and for whom.</summary>
internal static class PluginPages
{
    public static string UrlOf(PluginContribution page) => $"/plugin/{page.Plugin}/{page.Want.Id}";

    /// <summary>There is one that these eyes may see.</summary>
    public static bool HasAny(PluginPanels panels, CircuitView view) => view.May(PanelRights.View) && panels.Of(UiKind.Page).Any();
}
