using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>Moves every run on that is to go on, each by itself: those that somebody begins or takes up again, and after a start of the server those that its stop interrupted.</summary>
internal sealed partial class RollingLoop(RollingRuns runs, RollingDriver driver, TimeProvider time, ILogger<RollingLoop> logger) : BackgroundService
{
    // What broke in a way nobody foresaw, such as a full disk, is tried again; the run stays as it was stored.
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Task> _driving = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await runs.LoadAsync(stoppingToken);
            await foreach (var id in runs.Due.ReadAllAsync(stoppingToken))
                _driving[id] = DriveAsync(id, _driving.GetValueOrDefault(id, Task.CompletedTask), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_driving.Values);
        }
    }

    private async Task DriveAsync(Guid id, Task before, CancellationToken stopping)
    {
        await before;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await driver.DriveAsync(id, stopping);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken)
            {
                LogBroken(broken, id);
            }

            await Task.Delay(s_again, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "The rolling reboot or update {Run} broke in a way nobody foresaw; it is tried again")]
    private partial void LogBroken(Exception exception, Guid run);
}
