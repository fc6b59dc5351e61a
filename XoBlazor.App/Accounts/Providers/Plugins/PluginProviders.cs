using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>Loaded plugins that were given to say who people are. Safe from any thread.</summary>
internal sealed class PluginProviders(PluginFleet fleet, PluginQuestions questions, TimeProvider time) : IProviders
{
    private const int LongestLabel = 60;

    public IReadOnlyList<IPasswordProvider> Passwords =>
        [.. Loaded(AuthProviderStyle.Password).Select(one => new PluginPasswordProvider(one.Plugin.Settings.Id, SourceOf(one.Plugin, one.Want), questions, time))];

    public IReadOnlyList<IRedirectProvider> Redirects =>
        [.. Loaded(AuthProviderStyle.Redirect).Select(one => new PluginRedirectProvider(one.Plugin.Settings.Id, SourceOf(one.Plugin, one.Want), questions))];

    /// <summary>Of those, too, that are not loaded at the moment: their people stay who they are while a plugin is started again.</summary>
    public IReadOnlyList<AccountSource> Open => [.. fleet.All.SelectMany(plugin => plugin.Settings.Given.Of<AuthProviderWant>().Select(want => SourceOf(plugin, want)))];

    private IEnumerable<(InstalledPlugin Plugin, AuthProviderWant Want)> Loaded(AuthProviderStyle style) => fleet.Having<AuthProviderWant>().Where(one => one.Want.Style == style);

    private static AccountSource SourceOf(InstalledPlugin plugin, AuthProviderWant want) => PluginSources.Of(plugin.Settings.Id, LabelOf(plugin.Settings, want));

    // A configuration may name it: then people read what they know.
    private static string LabelOf(PluginSettings settings, AuthProviderWant want) => ForeignText.Shown(
        settings.Configuration is { } configuration && JsonNode.Parse(configuration) is JsonObject all && all["label"] is JsonValue label && label.TryGetValue<string>(out var text)
            && text.Trim() is { Length: > 0 and <= LongestLabel } called ? called : want.Label);
}
