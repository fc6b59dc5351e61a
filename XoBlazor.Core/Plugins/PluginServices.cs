using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.BuiltIn.Syslog;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Plugins.Reach;

namespace XoBlazor.Core.Plugins;

public static class PluginServices
{
    /// <summary>
    /// Registers the plugins: <see cref="PluginFleet"/>. Needs operations, access and the audit; takes in every <see cref="IBuiltInPlugin"/> and <see cref="IPluginFacility"/> that is registered.
    /// </summary>
    /// <param name="folder">Where plugins live unless the settings name a folder.</param>
    public static IServiceCollection AddPlugins<TStore>(this IServiceCollection services, string folder) where TStore : class, IPluginStore
    {
        services.AddOptions<PluginOptions>()
            .BindConfiguration(PluginOptions.Section)
            .PostConfigure(options => options.Folder = options.Folder.Length > 0 ? options.Folder : folder)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IPluginStore, TStore>();
        services.AddSingleton(static p => new BuiltInPlugins(p.GetServices<IBuiltInPlugin>()));
        services.AddSingleton<IBuiltInPlugin, AuditToSyslog>();
        services.AddSingleton<OperationEnds>();
        services.AddSingleton<IOperationWatcher>(static p => p.GetRequiredService<OperationEnds>());
        services.AddSingleton<IOperationGuard>(static p =>
            new BeforeOperations(p.GetRequiredService<PluginFleet>, p.GetRequiredService<IOptions<PluginOptions>>().Value, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static p => new PluginFleet(new(
            p.GetRequiredService<IPluginStore>(), p.GetRequiredService<VisibleStores>(), p.GetRequiredService<OperationCatalogue>(), p.GetRequiredService<OperationRunner>(),
            p.GetRequiredService<AuditLog>(), p.GetRequiredService<IOptions<PluginOptions>>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<PluginFleet>>())
        {
            BuiltIns = p.GetRequiredService<BuiltInPlugins>(),
            Ends = p.GetRequiredService<OperationEnds>(),
            Facilities = [.. p.GetServices<IPluginFacility>()],
            Stopping = p.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
        }));
        services.AddSingleton(static p => new Http.PluginHttp(p.GetRequiredService<PluginFleet>, p.GetRequiredService<AuditLog>(), p.GetRequiredService<IOptions<PluginOptions>>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPluginFacility>(static p => p.GetRequiredService<Http.PluginHttp>());
        services.AddSingleton<PanelNews>();
        services.AddSingleton<IPluginFacility>(static p => p.GetRequiredService<PanelNews>());
        services.AddSingleton<PluginPanels>();
        foreach (var right in PanelRights.All)
            services.AddSingleton(right);
        services.AddHostedService<PluginLoop>();
        return services;
    }

    private sealed class PluginLoop(PluginFleet fleet) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => fleet.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => fleet.StopAsync();
    }
}
