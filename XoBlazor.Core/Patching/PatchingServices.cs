using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.Core.Patching;

public static class PatchingServices
{
    /// <summary>What hosts lack. Needs the store, the pools' connections and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPatching(this IServiceCollection services)
    {
        services.AddOptions<PatchingOptions>().ValidateDataAnnotations();
        services.AddSingleton<IUpdateSource, PackageSource>();
        services.AddSingleton<MissingUpdates>();
        services.AddSingleton<IMissingUpdates>(static provider => provider.GetRequiredService<MissingUpdates>());
        services.AddHostedService<UpdateRefreshLoop>();
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
