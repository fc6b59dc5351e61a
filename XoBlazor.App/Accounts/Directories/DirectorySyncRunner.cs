using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// Asks a directory about all its accounts here and takes over what is different: groups, names, who is gone, and who is back. A directory that is
/// down, or whose answer looks incomplete, takes nothing from anybody. Thread-safe; one run of a directory at a time.
/// </summary>
internal sealed partial class DirectorySyncRunner(
    IDbContextFactory<AppDatabase> databases, DirectorySync sync, DirectoryAccounts accounts, TimeProvider time, ILogger<DirectorySyncRunner> log)
{
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _running = new();

    /// <summary>Told after a run, with the directory's id, on the thread that ran it: take note, do no work in it.</summary>
    public event Action<Guid>? Ended;

    public async Task<DirectorySyncReport> RunAsync(DirectorySettings directory, CancellationToken token)
    {
        var alone = _running.GetOrAdd(directory.Id, _ => new SemaphoreSlim(1, 1));
        await alone.WaitAsync(token);
        try
        {
            var report = await RunAloneAsync(directory, token);
            await SaveAsync(directory.Id, report, token);
            LogRun(directory.Name, report.Accounts, report.Changed, report.Disabled, report.Enabled, report.Problem);
            Ended?.Invoke(directory.Id);
            return report;
        }
        finally
        {
            alone.Release();
        }
    }

    /// <summary>The report of the last run, also of a server before; null when there was none.</summary>
    public async Task<DirectorySyncReport?> LastAsync(Guid directory, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var name = Name(directory);
        var text = await database.Settings.Where(setting => setting.Name == name).Select(setting => setting.Value).SingleOrDefaultAsync(token);
        return text is null ? null : JsonSerializer.Deserialize<DirectorySyncReport>(text);
    }

    /// <summary>Where the report of a directory is kept.</summary>
    public static string Name(Guid directory) => $"DirectorySync:{directory:D}";

    private async Task<DirectorySyncReport> RunAloneAsync(DirectorySettings directory, CancellationToken token)
    {
        var (started, begun) = (time.GetUtcNow(), time.GetTimestamp());
        var known = await KnownAsync(directory.Id, token);
        var (changed, disabled, enabled) = (0, 0, 0);
        string? problem = null;
        try
        {
            await foreach (var change in sync.ReadAsync(directory, known, token))
            {
                var linked = await accounts.ApplyAsync(directory.Source, change, token);
                if (linked.Changes.Count == 0)
                    continue;
                _ = change switch
                {
                    DirectoryChange.Changed => changed++,
                    DirectoryChange.Returned => enabled++,
                    _ => disabled++,
                };
            }
        }
        catch (DirectoryException trouble)
        {
            problem = trouble.Message;
        }
        return new(started, time.GetElapsedTime(begun), known.Count, changed, disabled, enabled, problem);
    }

    private async Task<List<KnownAccount>> KnownAsync(Guid directory, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var people = await database.Users.AsNoTracking().Where(one => one.DirectoryId == directory && one.DirectoryUserId != null && (!one.IsDisabled || one.IsDisabledByDirectory))
            .OrderBy(one => one.DirectoryUserId).Select(one => new { one.Id, one.DirectoryUserId, one.UserName, one.IsDisabled }).ToListAsync(token);
        var groups = (await (from member in database.GroupMembers
                             join row in database.Groups on member.GroupId equals row.Id
                             where row.DirectoryId == directory
                             select new { member.AccountId, row.DirectoryGroupId }).ToListAsync(token)).ToLookup(one => one.AccountId, one => one.DirectoryGroupId!);
        return people.ConvertAll(one => new KnownAccount(one.DirectoryUserId!, one.UserName!, [.. groups[one.Id]], one.IsDisabled));
    }

    private async Task SaveAsync(Guid directory, DirectorySyncReport report, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var (name, text) = (Name(directory), JsonSerializer.Serialize(report));
        if (await database.Settings.SingleOrDefaultAsync(setting => setting.Name == name, token) is { } setting)
            setting.Value = text;
        else
            database.Settings.Add(new SettingEntry { Name = name, Value = text });
        await database.SaveChangesAsync(token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Synchronised {Directory}: {Accounts} accounts, {Changed} changed, {Disabled} disabled, {Enabled} enabled again. {Problem}")]
    private partial void LogRun(string directory, int accounts, int changed, int disabled, int enabled, string? problem);
}
