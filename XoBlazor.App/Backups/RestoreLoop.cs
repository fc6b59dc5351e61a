using Microsoft.Extensions.Hosting;

namespace XoBlazor.App.Backups;

/// <summary>Notices a backup that <c>xo-blazor restore</c> put into the data directory of this running server, and ends the run so that it can be put in place.</summary>
internal sealed partial class RestoreLoop(PendingRestore pending, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RestoreLoop> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>True when the server shall start again after it has stopped.</summary>
    public bool IsRestartWanted { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            while (!pending.Exists)
                await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        LogFound();
        IsRestartWanted = true;
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A backup is to be restored; starting again on it.")]
    private partial void LogFound();
}
