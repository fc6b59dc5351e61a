using System.Data.Common;
using Microsoft.Extensions.Hosting;

namespace XoBlazor.App.Api.Sessions;

/// <summary>Looks every few seconds whether the tokens behind open connections are still good.</summary>
internal sealed partial class ApiSessionLoop(ApiSessions sessions, TimeProvider time, ILogger<ApiSessionLoop> log) : BackgroundService
{
    /// <summary>Well below the ten seconds that a revoked token may live on.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task LookAsync(CancellationToken token)
    {
        try
        {
            await sessions.LookAsync(token);
        }
        catch (DbException problem)
        {
            LogNotRead(problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not say which tokens are still good: {Problem}")]
    private partial void LogNotRead(string problem);
}
