using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins;

namespace XoBlazor.App.Components.Settings.Plugins;

/// <summary>How plugins and their wants show themselves.</summary>
internal static class PluginLooks
{
    private const string Read = "read: ";
    private const string Do = "operation: ";

    public static Look Of(InstalledPlugin plugin) => plugin.Status.State switch
    {
        PluginState.Unloaded when plugin.Settings.Accepted is null => new("warning", "Waits for you", Tone.Held),
        PluginState.Unloaded => new("disabled", "Unloaded", Tone.Idle),
        PluginState.Loading => new("pending", "Loading", Tone.Busy),
        PluginState.Loaded => new("connected", "Loaded", Tone.Good),
        PluginState.Waiting => new("warning", "Failed, starts again", Tone.Busy),
        PluginState.GivenUp => new("failed", "Failed", Tone.Bad),
    };

    /// <summary>A want for people, such as "see VM, where tags:web".</summary>
    public static string Words(string want, OperationCatalogue operations) =>
        want.StartsWith(Read, StringComparison.Ordinal) ? $"see {ForeignText.Shown(want[Read.Length..])}"
        : want.StartsWith(Do, StringComparison.Ordinal) ? operations.Find(want[Do.Length..]) is { } operation ? $"{operation.Title} ({operation.Name})" : ForeignText.Shown(want[Do.Length..])
        : "keep up to 1 MiB of its own";
}
