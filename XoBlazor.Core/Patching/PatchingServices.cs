using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Patching.Repositories;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Patching;

public static class PatchingServices
{
    /// <summary>What hosts lack. Needs the store, the pools' connections and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPatching(this IServiceCollection services)
    {
        services.AddOptions<PatchingOptions>().ValidateDataAnnotations();
        services.TryAddSingleton<RemoteFiles>();
        services.TryAddSingleton<ICatalogueSettings, ConfiguredCatalogue>();
        services.AddSingleton(static provider => new CatalogueHome(
            provider.GetRequiredService<ICatalogueSettings>(), provider.GetRequiredService<RemoteFiles>(), provider.GetService<CatalogueFolder>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueHome>>()));
        services.AddSingleton<ICatalogueDownloads, CatalogueDownloads>();
        services.AddSingleton<IUpdateSource, PackageSource>();
        services.AddSingleton<IUpdateSource, CatalogueSource>();
        services.AddSingleton<IUpdateSource, RepositorySource>();
        services.AddSingleton<MissingUpdates>();
        services.AddSingleton<IMissingUpdates>(static provider => provider.GetRequiredService<MissingUpdates>());
        services.AddHostedService<UpdateRefreshLoop>();
        return services;
    }

    /// <summary>Where and how the catalogue is fetched, as an administrator has it, and a folder that keeps it across restarts.</summary>
    public static IServiceCollection AddCatalogue<T>(this IServiceCollection services, string folder) where T : class, ICatalogueSettings
    {
        services.AddSingleton(new CatalogueFolder(folder));
        services.AddSingleton<T>();
        services.AddSingleton<ICatalogueSettings>(static provider => provider.GetRequiredService<T>());
        return services;
    }

    /// <summary>Rolling reboots, kept across restarts. Needs what <c>AddOperations</c>, <c>AddPools</c> and <c>AddAudit</c> add.</summary>
    public static IServiceCollection AddRollingRuns<T>(this IServiceCollection services) where T : class, IRollingStore
    {
        services.AddSingleton<IRollingStore, T>();
        services.AddOptions<RollingOptions>().BindConfiguration("Rolling").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RollingDriver>();
        services.AddHostedService<RollingLoop>();
        return services;
    }
}
