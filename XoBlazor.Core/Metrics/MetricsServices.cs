using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics;

public static class MetricsServices
{
    /// <summary>Figures over time. Needs the store, the pools' connections and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddHostMetrics(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new HostMetricsCache(new HostMetricsRequest(provider.GetRequiredService<ObjectStore>(), provider.GetRequiredService<IPoolConnections>(), time).AskAsync, time);
        });
        services.AddSingleton(provider => new MetricsReader(provider.GetRequiredService<ObjectStore>(), provider.GetRequiredService<HostMetricsCache>()));
        return services;
    }
}
