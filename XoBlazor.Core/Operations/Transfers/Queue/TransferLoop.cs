using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Audit;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Takes up the transfers that waited when the server stopped, and looks every few seconds whether pools are back, or through with their rolling reboots, that others wait for: nothing signals that.</summary>
internal sealed partial class TransferLoop(TransferQueue queue, OperationRunner runner, OperationCatalogue catalogue, AuditLog audit, TimeProvider time, ILogger<TransferLoop> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var waiting in await queue.RestoreAsync(record => InterruptedText.Of(record, catalogue.Find(record.Operation)), stoppingToken))
                await TakeUpAsync(waiting, stoppingToken);
        }
        catch (Exception unread) when (unread is not OperationCanceledException)
        {
            LogUnread(unread);
        }

        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (queue.Waiting.Any())
                queue.Look();
    }

    private async Task TakeUpAsync(ListedTransfer waiting, CancellationToken stopping)
    {
        try
        {
            if (catalogue.Find(waiting.Record.Operation) is { } operation && audit.Act(waiting.Record.Number) is { Ended: null } act)
                runner.TakeUp(waiting, operation, act.Begun ?? act.Newest, stopping);
            else
                await queue.InterruptAsync(waiting.Record.Number, "The server stopped while it waited, and cannot go on with it: the audit has its beginning no more. Ask for it once more.");
        }
        catch (AuditException unread)
        {
            LogUnread(unread);
        }
    }

    [LoggerMessage(LogLevel.Error, "What waited to be transferred could not be read")]
    private partial void LogUnread(Exception exception);
}
