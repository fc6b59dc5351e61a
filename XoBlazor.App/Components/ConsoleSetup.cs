using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;
using XoBlazor.App.Api.Transfers;
using XoBlazor.App.Components.Access;
using XoBlazor.App.Components.Journal;
using XoBlazor.App.Components.Layout;
using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Plugins;
using XoBlazor.App.Components.Transfers;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components;

/// <summary>The web console: its services and its pages.</summary>
public static class ConsoleSetup
{
    public static void AddConsole(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddMudServices();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ObjectStore>();
        builder.Services.AddSingleton<LastEvent>();
        builder.Services.AddSingleton<IStoreObserver>(provider => provider.GetRequiredService<LastEvent>());
        builder.Services.AddSingleton<RecentChanges>();
        builder.Services.AddSingleton<IStoreObserver>(provider => provider.GetRequiredService<RecentChanges>());
        builder.Services.AddSingleton<SharedPictures>();
        builder.Services.AddSingleton<ListResults>();
        builder.Services.AddScoped<CircuitView>();
        builder.Services.AddScoped<ViewedJournal>();
        builder.Services.AddScoped<ViewedActs>();
        builder.Services.AddScoped<CircuitPulse>();
        builder.Services.AddScoped<UserZone>();
        builder.Services.AddScoped<BrowserScript>();
        builder.Services.AddScoped<PageNames>();
        builder.Services.AddSingleton<TransferDesk>();
        builder.Services.AddScoped<BrowserFiles>();
        builder.Services.AddScoped<BrowserTransfers>();
        builder.Services.AddScoped<ViewedTransfers>();
        builder.Services.AddScoped<Actions>();
        builder.Services.AddScoped<PluginActions>();
        builder.Services.AddScoped<TimeTravel>();
        builder.Services.AddScoped<ViewAs>();
    }

    /// <summary>Maps the pages. <paramref name="endpoints"/> is the list of static files that fingerprinted addresses are looked up in; null for the one beside the assembly.</summary>
    public static RazorComponentsEndpointConventionBuilder MapConsole(this WebApplication app, string? endpoints = null)
    {
        var pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
        app.MapTransfers();
        return endpoints is null ? pages.WithStaticAssets() : pages.WithStaticAssets(endpoints);
    }
}
