using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Data;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>Signs people out whose plugin was removed, or may not say any more who people are. One that is only unloaded or fails signs nobody out.</summary>
internal sealed partial class ClosedSources(
    PluginFleet fleet, SignInProviders providers, SignInSessions sessions, IDbContextFactory<AppDatabase> databases, ILogger<ClosedSources> log) : BackgroundService
{
    private readonly Channel<bool> _look = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        fleet.Changed += Look;
        Look();
        await base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        fleet.Changed -= Look;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in _look.Reader.ReadAllAsync(stoppingToken))
                await EndAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Look() => _look.Writer.TryWrite(true);

    // What cannot be looked at now is looked at with the next change; meanwhile tokens of these people are refused all the same.
    private async Task EndAsync(CancellationToken token)
    {
        var people = sessions.All().Select(session => session.AccountId).Distinct().ToArray();
        if (people.Length == 0)
            return;
        Guid[] open = [.. providers.Open.Select(source => source.Id)];
        // Who comes from a directory is looked after where that is set up, as long as directories may say who people are.
        var areDirectoriesAsked = fleet.Find(LdapBuiltIn.Id)?.Settings.Given.Has<AuthProviderWant>() == true;
        try
        {
            await using var database = await databases.CreateDbContextAsync(token);
            var gone = await database.Users.Where(one => one.DirectoryId != null && people.Contains(one.Id) && !open.Contains(one.DirectoryId.Value)
                && !(areDirectoriesAsked && database.Directories.Any(directory => directory.Id == one.DirectoryId))).Select(one => new { one.Id, one.UserName }).ToListAsync(token);
            foreach (var account in gone)
            {
                await sessions.EndAllAsync(account.Id);
                LogEnded(account.UserName);
            }
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            LogSkipped(problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} was signed out: nobody vouches for the account any more.")]
    private partial void LogEnded(string? name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whose plugin is gone could not be looked up. {Problem}")]
    private partial void LogSkipped(string problem);
}
