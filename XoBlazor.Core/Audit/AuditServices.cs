using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Audit.Syslog;

namespace XoBlazor.Core.Audit;

/// <summary>Registers the audit: <see cref="AuditLog"/> writes and answers, <see cref="SyslogForwarder"/> sends it on.</summary>
public static partial class AuditServices
{
    /// <param name="folder">Where the records lie unless the section <c>Audit</c> of the settings names a folder.</param>
    /// <param name="keyFile">The key that seals them, unless the settings name one.</param>
    public static IServiceCollection AddAudit(this IServiceCollection services, string folder, string keyFile)
    {
        services.AddOptions<AuditOptions>()
            .BindConfiguration(AuditOptions.Section)
            .PostConfigure(options =>
            {
                options.Folder = options.Folder.Length > 0 ? options.Folder : folder;
                options.KeyFile = options.KeyFile.Length > 0 ? options.KeyFile : keyFile;
            })
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AuditLog>();
        services.AddHostedService<AuditLoop>();
        services.AddSingleton<SyslogForwarder>();
        services.AddHostedService(provider => provider.GetRequiredService<SyslogForwarder>());
        return services;
    }

    /// <summary>Opens the audit before anything can be done that has to be recorded, and keeps it to its age.</summary>
    private sealed partial class AuditLoop(AuditLog log, TimeProvider time, ILogger<AuditLog> logger) : BackgroundService
    {
        private static readonly TimeSpan s_retentionPause = TimeSpan.FromHours(6);

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            log.Open();
            await log.AppendAsync(
                new() { Category = AuditCategory.Audit, Action = "server.start", Actor = AuditActor.Server, Face = "server", Outcome = AuditOutcome.Succeeded }, cancellationToken);
            await base.StartAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(s_retentionPause, time);
            do
            {
                try
                {
                    await log.ApplyRetentionAsync(stoppingToken);
                }
                catch (AuditException problem)
                {
                    LogKept(problem);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }

        [LoggerMessage(LogLevel.Error, "Old audit records could not be removed; it is tried again in some hours")]
        private partial void LogKept(Exception problem);
    }
}
