using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Administration;

namespace XoBlazor.App.Accounts.Resets;

/// <summary>Does what <c>xo-blazor user reset</c> asks of a running server.</summary>
internal sealed partial class ResetLoop(ResetMailbox mailbox, AccountReset reset, TimeProvider time, ILogger<ResetLoop> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
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
            foreach (var (name, request) in mailbox.Open())
                mailbox.Reply(name, await DoAsync(request, token));
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException or CryptographicException)
        {
            LogUnread(problem.Message);
        }
    }

    private async Task<string> DoAsync(ResetRequest request, CancellationToken token)
    {
        try
        {
            await reset.RunAsync(request, token);
            return "";
        }
        catch (AdministrationRefusedException refused)
        {
            return refused.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reset that the command line asked for could not be read or done: {Problem}")]
    private partial void LogUnread(string problem);
}
