using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XoBlazor.Core.Consoles.Thumbnails;

namespace XoBlazor.Core.Consoles;

/// <summary>Registers the consoles. Needs the store, the pools' connections, access and the audit.</summary>
public static class ConsoleServices
{
    public static IServiceCollection AddConsoles(this IServiceCollection services)
    {
        services.AddOptions<ConsoleOptions>().BindConfiguration(ConsoleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        foreach (var right in ConsoleRights.All)
            services.AddSingleton(right);
        services.AddSingleton<ConsoleTickets>();
        services.AddSingleton<ConsoleDesk>();
        services.AddSingleton<ConsoleThumbnails>();
        services.AddHostedService<Watch>();
        return services;
    }

    private sealed class Watch(ConsoleDesk desk) : BackgroundService, IHostedLifecycleService
    {
        // Before the web server stops, which would wait for sockets that nobody closes.
        public Task StoppingAsync(CancellationToken cancellationToken) => desk.SendAwayAsync(cancellationToken);

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => desk.RunAsync(stoppingToken);
    }
}
