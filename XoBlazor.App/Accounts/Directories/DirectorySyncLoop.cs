using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>Synchronises all enabled directories by the clock, so that who lost a group or left loses the rights without signing in again.</summary>
internal sealed partial class DirectorySyncLoop(
    DirectoryStore store, DirectorySyncRunner runner, IOptions<DirectorySyncOptions> options, TimeProvider time, ILogger<DirectorySyncLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SyncEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                foreach (var directory in store.Current.Where(directory => directory.IsEnabled))
                    await RunAsync(directory, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // A database or audit that cannot be written for a while costs a round, not the server.
    private async Task RunAsync(Ldap.DirectorySettings directory, CancellationToken token)
    {
        try
        {
            await runner.RunAsync(directory, token);
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException or AuditException)
        {
            LogSkipped(directory.Name, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Directory} could not be synchronised; it is tried again at the next round. {Problem}")]
    private partial void LogSkipped(string directory, string problem);
}
