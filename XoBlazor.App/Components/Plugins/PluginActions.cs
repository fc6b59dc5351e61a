using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Plugins;

/// <summary>The actions of plugins in the menus of objects, and the one that was chosen. Used on the circuit's dispatcher.</summary>
public sealed class PluginActions(PluginPanels panels, CircuitView view)
{
    /// <summary>Another was chosen, or it was closed.</summary>
    public event Action? Changed;

    /// <summary>What was chosen, about which object, and how that is called.</summary>
    public (PluginContribution Shown, ObjectKey About, string Name)? Open { get; private set; }

    /// <summary>What stands in the menu of an object, each with the reason where it cannot be chosen.</summary>
    public IEnumerable<(PluginContribution Shown, string? Reason)> On(PoolPicture pool, XapiObject value, bool isPast) => panels.All.IsEmpty ? []
        : panels.On(UiKind.Action, pool.Uuid, value).Select(shown => (shown, isPast ? OperationBar.PastReason
            : view.IsSomebodyElse ? $"You see the console as {view.Eyes.Name} does. Stop that to act." : view.Refusal(PanelRights.Use, pool, value)));

    public void Choose(PluginContribution shown, PoolPicture pool, XapiObject value)
    {
        Open = (shown, pool.Key(value), pool.NameOf(value));
        Changed?.Invoke();
    }

    public void Close()
    {
        Open = null;
        Changed?.Invoke();
    }
}
