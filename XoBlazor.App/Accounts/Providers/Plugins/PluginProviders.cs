using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>Loaded plugins that were given to say who people are, those first that are always there. Safe from any thread.</summary>
internal sealed class PluginProviders(PluginFleet fleet, BuiltInPlugins builtIns, PluginQuestions questions, TimeProvider time) : IProviders
{
    private const int LongestLabel = 60;

    public IReadOnlyList<IPasswordProvider> Passwords =>
        [.. Own.SelectMany(own => own.Passwords), .. Loaded(AuthProviderStyle.Password).Select(one => new PluginPasswordProvider(one.Plugin.Settings.Id, SourceOf(one.Plugin, one.Want), questions, time))];

    public IReadOnlyList<IRedirectProvider> Redirects =>
        [.. Own.SelectMany(own => own.Redirects), .. Loaded(AuthProviderStyle.Redirect).Select(one => new PluginRedirectProvider(one.Plugin.Settings.Id, SourceOf(one.Plugin, one.Want), questions))];

    /// <summary>Of those, too, that are not loaded at the moment: their people stay who they are while a plugin is started again.</summary>
    public IReadOnlyList<AccountSource> Open =>
    [
        .. Own.SelectMany(own => own.Open),
        .. fleet.All.Where(plugin => OwnOf(plugin) is null).SelectMany(plugin => plugin.Settings.Given.Of<AuthProviderWant>().Select(want => SourceOf(plugin, want))),
    ];

    // They are always loaded: the moment in which one is loaded anew shuts nobody out.
    private IEnumerable<IProviders> Own => fleet.All.Where(plugin => plugin.Settings.Given.Has<AuthProviderWant>()).Select(OwnOf).OfType<IProviders>();

    private IProviders? OwnOf(InstalledPlugin plugin) => (builtIns.Find(plugin.Settings.Id) as IBuiltInProvider)?.Providers;

    private IEnumerable<(InstalledPlugin Plugin, AuthProviderWant Want)> Loaded(AuthProviderStyle style) =>
        fleet.Having<AuthProviderWant>().Where(one => one.Want.Style == style && OwnOf(one.Plugin) is null);

    private static AccountSource SourceOf(InstalledPlugin plugin, AuthProviderWant want) => PluginSources.Of(plugin.Settings.Id, LabelOf(plugin.Settings, want));

    // A configuration may name it: then people read what they know.
    private static string LabelOf(PluginSettings settings, AuthProviderWant want) => ForeignText.Shown(
        settings.Configuration is { } configuration && JsonNode.Parse(configuration) is JsonObject all && all["label"] is JsonValue label && label.TryGetValue<string>(out var text)
            && text.Trim() is { Length: > 0 and <= LongestLabel } called ? called : want.Label);
}
