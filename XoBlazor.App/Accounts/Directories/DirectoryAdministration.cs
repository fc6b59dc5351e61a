using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// What administrators do to directories. The service account's password is sealed at once and never given out again. Everything is
/// recorded; refusals come as <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class DirectoryAdministration(
    IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, AccessEngine engine, AccessPolicyFeed policy, SignInSessions sessions, Sealed secrets,
    DirectoryStore store, DirectoryAccounts accounts, DirectorySyncRunner sync, DirectoryHealth health, IDirectoryClient client, TimeProvider time)
{
    private const int MostGroupsOffered = 20;

    private const string Gone = "This directory is gone: somebody removed it meanwhile. Reload the list.";

    /// <summary>Adds a directory, or changes the one with this id. A password that is null leaves the one that is kept; an empty one removes it.</summary>
    public async Task SaveAsync(Requester requester, DirectorySettings settings, string? password, CancellationToken token)
    {
        settings = settings with { Name = settings.Name.Trim() };
        var before = store.Find(settings.Id);
        var act = Act(before is null ? "directory.add" : "directory.edit", settings)
            .With("servers", string.Join(" ", settings.Uris)).With("serviceAccount", settings.ServiceAccount)
            .With("password", string.IsNullOrEmpty(password) ? null : AuditRecord.Masked)
            .With("checkCertificate", settings.CheckCertificate ? null : "off").With("plain", settings.AllowPlain ? "allowed" : null)
            .With("mappings", string.Join("; ", settings.Mappings.Select(Words)));
        await runner.RunAsync(requester, act, async inner =>
        {
            await CheckAsync(settings, before, password, inner);
            await WriteAsync(settings, password, inner);
            health.Forget(settings.Id);
            // The settings hold already: what a mapping gave must not outlive it.
            await accounts.ApplyMappingsAsync((before ?? settings).Source, settings.Source, CancellationToken.None);
        }, token);
    }

    /// <summary>Nobody signs in through a disabled directory; who came through it is signed out.</summary>
    public async Task SetEnabledAsync(Requester requester, Guid id, bool isEnabled, CancellationToken token)
    {
        var known = store.Find(id) ?? throw new AdministrationRefusedException(Gone);
        await runner.RunAsync(requester, Act(isEnabled ? "directory.enable" : "directory.disable", known), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            await database.Directories.Where(entry => entry.Id == id).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.IsEnabled, isEnabled), inner);
            await store.ReloadAsync();
            health.Forget(id);
            if (!isEnabled)
                await EndSessionsAsync(await PeopleAsync(id, CancellationToken.None));
        }, token);
    }

    /// <summary>Puts a directory one place earlier or later in the order in which they are asked.</summary>
    public async Task MoveAsync(Requester requester, Guid id, bool isEarlier, CancellationToken token)
    {
        var known = store.Find(id) ?? throw new AdministrationRefusedException(Gone);
        await runner.RunAsync(requester, Act("directory.move", known).With("to", isEarlier ? "earlier" : "later"), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            var entries = await database.Directories.OrderBy(entry => entry.Position).ToListAsync(inner);
            var at = entries.FindIndex(entry => entry.Id == id);
            var to = isEarlier ? at - 1 : at + 1;
            if (at < 0 || to < 0 || to >= entries.Count)
                return;
            (entries[at], entries[to]) = (entries[to], entries[at]);
            for (var i = 0; i < entries.Count; i++)
                entries[i].Position = i;
            await database.SaveChangesAsync(inner);
            await store.ReloadAsync();
        }, token);
    }

    /// <summary>How many users and groups go with a directory when it is removed.</summary>
    public async Task<(int Users, int Groups)> CountAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return (await database.Users.CountAsync(one => one.DirectoryId == id, token), await database.Groups.CountAsync(one => one.DirectoryId == id, token));
    }

    /// <summary>Removes a directory with its users and groups, their grants, tokens and sessions. What they did stays in the audit.</summary>
    public async Task RemoveAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = store.Find(id) ?? throw new AdministrationRefusedException(Gone);
        var (users, groupCount) = await CountAsync(id, token);
        var act = Act("directory.remove", known).With("users", users.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .With("groups", groupCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await runner.RunAsync(requester, act, async inner =>
        {
            var people = await PeopleAsync(id, inner);
            await using (var database = await databases.CreateDbContextAsync(inner))
            {
                await using var transaction = await database.Database.BeginTransactionAsync(inner);
                var report = DirectorySyncRunner.Name(id);
                await database.Grants.Where(grant => grant.SubjectKind == SubjectKind.Group && database.Groups.Any(one => one.Id == grant.SubjectId && one.DirectoryId == id)).ExecuteDeleteAsync(inner);
                await database.Grants.Where(grant => grant.SubjectKind == SubjectKind.User && database.Users.Any(one => one.Id == grant.SubjectId && one.DirectoryId == id)).ExecuteDeleteAsync(inner);
                await database.Groups.Where(one => one.DirectoryId == id).ExecuteDeleteAsync(inner);
                await database.Users.Where(one => one.DirectoryId == id).ExecuteDeleteAsync(inner);
                await database.Settings.Where(setting => setting.Name == report).ExecuteDeleteAsync(inner);
                await database.Directories.Where(entry => entry.Id == id).ExecuteDeleteAsync(inner);
                await transaction.CommitAsync(inner);
            }
            await store.ReloadAsync();
            await EndSessionsAsync(people);
            await policy.ReloadAsync();
        }, token);
    }

    /// <summary>Reads again what a directory says about its accounts here.</summary>
    public Task<DirectorySyncReport> SynchroniseAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = store.Find(id) ?? throw new AdministrationRefusedException(Gone);
        return runner.RunAsync(requester, Act("directory.synchronise", known), inner => sync.RunAsync(known, inner),
            report => (report.Problem is null ? AuditOutcome.Succeeded : AuditOutcome.Failed,
                report.Problem ?? $"{report.Accounts} accounts, {report.Changed} changed, {report.Disabled} disabled, {report.Enabled} enabled again"), token);
    }

    /// <summary>Tries settings out, saved or not, step by step. A null password means the one that is kept, if it is for the same servers.</summary>
    public async IAsyncEnumerable<DirectoryTestStep> TestAsync(
        Requester requester, DirectorySettings settings, string? servicePassword, string? name, string? password, [EnumeratorCancellation] CancellationToken token)
    {
        if (servicePassword is null && store.Find(settings.Id) is { } before)
            CheckPasswordStaysHome(settings, before);
        await runner.RunAsync(requester, Act("directory.test", settings).With("servers", string.Join(" ", settings.Uris)).With("user", string.IsNullOrWhiteSpace(name) ? null : name.Trim()),
            _ => Task.CompletedTask, token);
        var test = new DirectoryTest(client, SecretOf(servicePassword), time);
        await foreach (var step in test.RunAsync(settings, name, password, token))
            yield return step;
    }

    /// <summary>
    /// Groups to choose from for mappings, as settings find them, saved or not: those with a text in their name, some at most. A null password means the
    /// one that is kept, if it is for the same servers. Asks afresh, whatever sign-ins found before; fails in words as refusals do.
    /// </summary>
    public async Task<GroupMatches> FindGroupsAsync(Requester requester, DirectorySettings settings, string? servicePassword, string text, CancellationToken token)
    {
        if (engine.Refusal(requester.Actor, AdministrationRights.Directories, null) is { } refusal)
            throw new AdministrationRefusedException(refusal);
        if (servicePassword is null && store.Find(settings.Id) is { } before)
            CheckPasswordStaysHome(settings, before);
        var dialer = new DirectoryDialer(client, SecretOf(servicePassword), new DirectoryHealth(time), time);
        try
        {
            return await dialer.RunAsync(settings, settings.SignInTimeout, (session, inner) => DirectoryGroups.FindAsync(session, text, MostGroupsOffered, inner), token);
        }
        catch (DirectoryException trouble)
        {
            throw new AdministrationRefusedException(trouble.Message);
        }
    }

    // What was typed, or else what is kept.
    private ResolveSecret SecretOf(string? typed) => (directory, token) => typed is null ? store.SecretAsync(directory, token) : new(typed);

    private async Task CheckAsync(DirectorySettings settings, DirectorySettings? before, string? password, CancellationToken token)
    {
        if (settings.Name.Length is 0 or > 100)
            throw new AdministrationRefusedException("A directory needs a name of at most 100 characters.");
        if (store.Current.Any(other => other.Id != settings.Id && string.Equals(other.Name, settings.Name, StringComparison.OrdinalIgnoreCase)))
            throw new AdministrationRefusedException($"There is a directory '{settings.Name}' already. Choose another name.");
        if (before is not null && password is null && store.HasPassword(settings.Id))
            CheckPasswordStaysHome(settings, before);
        foreach (var (what, text) in DirectoryDraft.Needed(settings))
            if (string.IsNullOrWhiteSpace(text))
                throw new AdministrationRefusedException($"{settings.Name}: {what} is missing.");
        try
        {
            await DirectoryTargets.OfAsync(settings, token);
            UserFilter.Parse(settings.UserFilter);
            if (settings.Groups is { } of)
                LdapFilter.Parse(of.Filter);
        }
        catch (Exception wrong) when (wrong is DirectoryException or FormatException)
        {
            throw new AdministrationRefusedException(wrong.Message);
        }
        foreach (var mapping in settings.Mappings)
            CheckMapping(settings, mapping);
    }

    private void CheckMapping(DirectorySettings settings, DirectoryGroupMapping mapping)
    {
        if (string.IsNullOrWhiteSpace(mapping.Group))
            throw new AdministrationRefusedException($"{settings.Name}: a mapping names no group. Enter the group's distinguished name or its id.");
        if (mapping.Target is DirectoryGroupTarget.Role role && !engine.Policy.Roles.ContainsKey(role.RoleId))
            throw new AdministrationRefusedException($"{settings.Name}: there is no role '{role.RoleId}' any more. Choose another one for {mapping.Group}.");
        if (mapping.Target is DirectoryGroupTarget.Role { Scope: { } scope } && ScopeText.Read(scope) is null)
            throw new AdministrationRefusedException($"{settings.Name}: the scope of {mapping.Group} cannot be read. Choose it again.");
    }

    // Otherwise whoever may edit directories could have the password sent to a server of their own.
    private static void CheckPasswordStaysHome(DirectorySettings settings, DirectorySettings before)
    {
        var isSame = settings.Uris.SequenceEqual(before.Uris) && settings.ServiceAccount == before.ServiceAccount && settings.StartTls == before.StartTls
            && settings.AllowPlain == before.AllowPlain && settings.CheckCertificate == before.CheckCertificate && settings.FollowReferrals == before.FollowReferrals
            && settings.CaPem == before.CaPem && settings.CaFile == before.CaFile;
        if (!isSame && before.ServiceAccount is not null)
            throw new AdministrationRefusedException($"{settings.Name}: servers or their protection changed. Enter the service account's password again, so that it goes nowhere it was not meant for.");
    }

    private async Task WriteAsync(DirectorySettings settings, string? password, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entry = await database.Directories.SingleOrDefaultAsync(one => one.Id == settings.Id, token);
        if (entry is null)
        {
            entry = new DirectoryEntry { Id = settings.Id, Position = await database.Directories.CountAsync(token), IsEnabled = settings.IsEnabled, Settings = "" };
            database.Directories.Add(entry);
        }
        entry.Settings = DirectoryStore.Write(settings);
        entry.IsEnabled = settings.IsEnabled;
        if (password is not null)
            entry.SealedPassword = password.Length == 0 ? null : secrets.Seal(password);
        await database.SaveChangesAsync(token);
        await store.ReloadAsync();
    }

    private async Task<List<Guid>> PeopleAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.Users.Where(one => one.DirectoryId == id).Select(one => one.Id).ToListAsync(token);
    }

    private async Task EndSessionsAsync(List<Guid> people)
    {
        foreach (var account in people)
            await sessions.EndAllAsync(account);
    }

    private string Words(DirectoryGroupMapping mapping) => mapping.Target switch
    {
        DirectoryGroupTarget.Role role => $"{mapping.Group} → {engine.Policy.Roles.GetValueOrDefault(role.RoleId)?.Name ?? role.RoleId}{(role.Scope is null ? "" : $" on {role.Scope}")}",
        DirectoryGroupTarget.LocalGroup group => $"{mapping.Group} → group {group.GroupId:D}",
        _ => throw new ArgumentOutOfRangeException(nameof(mapping)),
    };

    private static AdministrationAct Act(string action, DirectorySettings directory) =>
        new(AdministrationRights.Directories, AuditCategory.Access, action, new("directory", null, AccessPolicyFeed.Text(directory.Id), directory.Name));
}
