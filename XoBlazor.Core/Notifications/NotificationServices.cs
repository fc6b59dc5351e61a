using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Notifications.ByPlugin;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.Watching;
using XoBlazor.Core.Notifications.WebHooks;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications;

public static class NotificationServices
{
    /// <summary>Registers rules, what watches for them, what sends their messages, and the plugins that carry these by e-mail and to web hooks. Needs access, pools, metrics, operations and plugins.</summary>
    public static IServiceCollection AddNotifications<TStore, TPeople>(this IServiceCollection services, NotificationLinks links) where TStore : class, INotificationStore where TPeople : class, INotificationPeople
    {
        services.AddOptions<NotificationOptions>().BindConfiguration(NotificationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<INotificationStore, TStore>();
        services.AddSingleton<INotificationPeople, TPeople>();
        services.AddSingleton<IBuiltInPlugin, EmailBuiltIn>();
        services.AddSingleton<IBuiltInPlugin>(static p => new WebHooksBuiltIn(p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PluginNotices>();
        services.AddSingleton<IPluginFacility>(static p => p.GetRequiredService<PluginNotices>());
        services.AddSingleton<INotificationTransportSource, PluginTransports>();
        services.AddSingleton<NotificationTransports>();
        services.AddSingleton<NotificationRules>();
        services.AddSingleton<LastSeen>();
        services.AddSingleton(static p => new RecipientJudge(
            p.GetRequiredService<AccessEngine>(), p.GetRequiredService<ObjectStore>(), p.GetRequiredService<INotificationPeople>(), p.GetRequiredService<RightCatalogue>(), p.GetRequiredService<LastSeen>()));
        services.AddSingleton(p => new NotificationPost(
            p.GetRequiredService<NotificationRules>(), p.GetRequiredService<NotificationTransports>(), p.GetRequiredService<INotificationStore>(), p.GetRequiredService<RecipientJudge>(), p.GetRequiredService<ObjectStore>(),
            links, p.GetRequiredService<IOptions<NotificationOptions>>().Value, p.GetRequiredService<TimeProvider>(), Random.Shared, p.GetRequiredService<ILogger<NotificationPost>>()));
        services.AddSingleton(static p => new NotificationWatch(
            p.GetRequiredService<ObjectStore>(), p.GetRequiredService<AccessEngine>(), p.GetRequiredService<NotificationRules>(), p.GetRequiredService<INotificationStore>(), Sources(p), p.GetRequiredService<LastSeen>(),
            p.GetRequiredService<IOptions<NotificationOptions>>().Value, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<NotificationWatch>>()));
        services.AddSingleton(static p => new NotificationOutbox(
            p.GetRequiredService<INotificationStore>(), p.GetRequiredService<NotificationTransports>(), p.GetRequiredService<NotificationPost>(), p.GetRequiredService<NotificationWatch>(), p.GetRequiredService<TimeProvider>()));
        services.AddHostedService<NotificationLoop>();
        return services;
    }

    private static NotificationSources Sources(IServiceProvider provider)
    {
        var (pools, runner, plugins, updates, metrics) = (
            provider.GetRequiredService<PoolFleet>(), provider.GetRequiredService<OperationRunner>(), provider.GetRequiredService<PluginFleet>(), provider.GetRequiredService<IMissingUpdates>(), provider.GetRequiredService<MetricsReader>());
        return new()
        {
            Pools = () => pools.States,
            Runs = () => runner.Recent,
            Plugins = () => plugins.All,
            Notices = provider.GetRequiredService<PluginNotices>().Take,
            Updates = updates.Last,
            LookForUpdatesAsync = (host, token) => updates.LookAsync(host, TimeSpan.FromHours(6), token),
            LatestAsync = metrics.LatestAsync,
            Ready = pools.Loaded,
        };
    }

    private sealed class NotificationLoop(NotificationRules rules, NotificationWatch watch, NotificationPost post) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            watch.Told += post.Wake;
            await rules.LoadAsync(stoppingToken);
            await Task.WhenAll(watch.RunAsync(stoppingToken), post.RunAsync(stoppingToken));
        }
    }
}
