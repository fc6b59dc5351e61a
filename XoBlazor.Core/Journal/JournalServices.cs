using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal;

/// <summary>Registers the journal: <see cref="JournalRecorder"/> hears of the store's batches, <see cref="JournalReader"/> answers questions.</summary>
public static class JournalServices
{
    /// <param name="folder">Where the journal lies unless the section <c>Journal</c> of the settings names a folder.</param>
    public static IServiceCollection AddJournal(this IServiceCollection services, string folder)
    {
        services.AddOptions<JournalOptions>()
            .BindConfiguration(JournalOptions.Section)
            .PostConfigure(o => o.Folder = o.Folder.Length > 0 ? o.Folder : folder)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IJournalStorage>(p =>
            new SqliteJournalStorage(p.GetRequiredService<IOptions<JournalOptions>>().Value, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JournalRecorder>();
        services.AddSingleton<IStoreObserver>(p => p.GetRequiredService<JournalRecorder>());
        services.AddSingleton<JournalReader>();
        services.AddHostedService<JournalLoop>();
        return services;
    }

    /// <summary>Opens the journal before the server starts, so that an unusable folder stops it with a clear message, and lets it write until the end.</summary>
    private sealed class JournalLoop(JournalRecorder recorder) : BackgroundService
    {
        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await recorder.OpenAsync(cancellationToken);
            await base.StartAsync(cancellationToken);
        }

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            // A server that stops right after its start may never have come to run the loop.
            await recorder.WriteLastAsync(cancellationToken);
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => recorder.RunAsync(stoppingToken);
    }
}
