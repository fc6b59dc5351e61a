using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Components.Settings.Plugins;

/// <summary>How plugins show themselves.</summary>
internal static class PluginLooks
{
    /// <summary>Of a plugin's card on the page of all.</summary>
    public static string Anchor(string id) => $"plugin-{id}";

    /// <summary>Of a plugin's card.</summary>
    public static string Address(string id) => $"/settings/plugins#{Anchor(id)}";

    public static Look Of(InstalledPlugin plugin) => plugin.Status.State switch
    {
        PluginState.Unloaded when plugin.Settings.Accepted is null => new("warning", "Waits for you", Tone.Held),
        PluginState.Unloaded when !plugin.IsConfigured => new("disabled", "Not configured", Tone.Idle),
        PluginState.Unloaded => new("disabled", "Unloaded", Tone.Idle),
        PluginState.Loading => new("pending", "Loading", Tone.Busy),
        PluginState.Loaded => new("connected", "Loaded", Tone.Good),
        PluginState.Waiting => new("warning", "Failed, starts again", Tone.Busy),
        PluginState.GivenUp => new("failed", "Failed", Tone.Bad),
    };
}
