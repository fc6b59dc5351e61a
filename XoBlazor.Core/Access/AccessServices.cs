using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace XoBlazor.Core.Access;

public static class AccessServices
{
    /// <summary>The engine and what everybody sees of the store and the journal. Needs the store, the journal's reader and a <see cref="TimeProvider"/>; nobody has anything until a policy is applied.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessEngine>();
        services.AddSingleton<VisibleStores>();
        services.AddSingleton<VisibleJournal>();
        services.AddHostedService<VisibleLoop>();
        services.AddSingleton<PastNames>();
        services.AddHostedService<PastNamesLoop>();
        return services;
    }

    private sealed class VisibleLoop(VisibleStores stores) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => stores.RunAsync(stoppingToken);
    }

    private sealed class PastNamesLoop(PastNames names) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => names.RunAsync(stoppingToken);
    }
}
