using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Patching.Rolling;

namespace XoBlazor.Core.Patching;

public static class PatchingServices
{
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
