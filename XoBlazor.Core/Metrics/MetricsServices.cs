using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics;

public static class MetricsServices
{
    /// <summary>Figures over time. Needs the store, the pools' connections and a <see cref="TimeProvider"/>.</summary>
    /// <param name="folder">Where our own history of them lies.</param>
    public static IServiceCollection AddHostMetrics(this IServiceCollection services, string folder)
    {
        services.AddOptions<HistoryOptions>()
            .BindConfiguration(HistoryOptions.Section)
            .PostConfigure(options => options.Folder = options.Folder.Length > 0 ? options.Folder : folder)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new HostMetricsCache(new HostMetricsRequest(provider.GetRequiredService<ObjectStore>(), provider.GetRequiredService<IPoolConnections>(), time).AskAsync, time);
        });
        services.AddSingleton(provider => new MetricsReader(provider.GetRequiredService<ObjectStore>(), provider.GetRequiredService<HostMetricsCache>()));
        services.AddSingleton(provider => new HistoryStore(Options(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new MetricsHistory(
            provider.GetRequiredService<HistoryStore>(), provider.GetRequiredService<MetricsReader>(), Options(provider),
            () => provider.GetRequiredService<HistoryRecorder>().State, ClockOffset(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HistoryRecorder(
            provider.GetRequiredService<ObjectStore>(), provider.GetRequiredService<IPoolConnections>(), provider.GetRequiredService<HostMetricsCache>(), provider.GetRequiredService<HistoryStore>(),
            ClockOffset(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<HistoryRecorder>>())
        { IsRecording = Options(provider).History });
        services.AddHostedService<HistoryLoop>();
        return services;
    }

    private static HistoryOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<HistoryOptions>>().Value;

    /// <summary>A pool's clock minus ours.</summary>
    private static Func<string, TimeSpan> ClockOffset(IServiceProvider provider)
    {
        var fleet = provider.GetRequiredService<PoolFleet>();
        return pool => fleet.States.FirstOrDefault(state => state.PoolUuid == pool)?.HostClockOffset ?? TimeSpan.Zero;
    }

    private sealed class HistoryLoop(HistoryRecorder recorder) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => recorder.RunAsync(stoppingToken);
    }
}
