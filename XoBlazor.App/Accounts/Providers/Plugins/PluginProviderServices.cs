using XoBlazor.App.Accounts.Oidc;
using XoBlazor.Core.Plugins.BuiltIn;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>Registers plugins that say who people are, with the one that comes with the server. After the plugins themselves: whose plugin is gone is looked up when these are known.</summary>
internal static class PluginProviderServices
{
    public static void AddPluginProviders(this IServiceCollection services)
    {
        services.AddSingleton<IBuiltInPlugin, OidcBuiltIn>();
        services.AddSingleton<PluginQuestions>();
        services.AddSingleton<IProviders, PluginProviders>();
        services.AddHostedService<ClosedSources>();
    }
}
