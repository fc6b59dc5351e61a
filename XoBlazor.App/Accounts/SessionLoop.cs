using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>Ends the sessions whose time is over, with all that hangs on them, and lets the database know when the others were last used.</summary>
internal sealed partial class SessionLoop(SignInSessions sessions, SignInAudit audit, IDbContextFactory<AppDatabase> databases, TimeProvider time, ILogger<SessionLoop> log) : BackgroundService
{
    /// <summary>Half of what an ended session may take to reach its circuits.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private const int RoundsBetweenSaves = 12;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            for (var round = 1; ; round++)
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await LookAsync(round % RoundsBetweenSaves == 0, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await LookAsync(save: true, cancellationToken);
    }

    // A database that cannot be written (a full disk) costs the memory of a session's use, not the server.
    private async Task LookAsync(bool save, CancellationToken token)
    {
        try
        {
            foreach (var (session, why) in await sessions.EndExpiredAsync())
                await audit.EndedAsync(await OwnerAsync(session, token), session, why);
            if (save)
                await sessions.SaveUseAsync(token);
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            LogNotSaved(problem.Message);
        }
    }

    private async Task<Account?> OwnerAsync(SignInSession session, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == session.AccountId, token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not take what became of sessions: {Problem}")]
    private partial void LogNotSaved(string problem);
}
