using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Pools;

/// <summary>Registers the store and the fleet. Needs an <see cref="IPoolSettingsStore"/> and takes every registered <see cref="IStoreObserver"/>.</summary>
public static class PoolsRegistration
{
    public static IServiceCollection AddPools(this IServiceCollection services)
    {
        services.AddSingleton(s => new ObjectStore(s.GetService<TimeProvider>() ?? TimeProvider.System, s.GetServices<IStoreObserver>()));
        services.AddSingleton(s => new PoolFleet(
            s.GetRequiredService<ObjectStore>(), s.GetRequiredService<IPoolSettingsStore>(), s.GetService<TimeProvider>() ?? TimeProvider.System,
            s.GetRequiredService<ILogger<PoolFleet>>(), s.GetService<PoolLinkOptions>()));
        services.AddSingleton<IPoolConnections>(s => s.GetRequiredService<PoolFleet>());
        services.AddHostedService<FleetService>();
        return services;
    }

    private sealed class FleetService(PoolFleet fleet) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => fleet.RunAsync(stoppingToken);
    }
}
