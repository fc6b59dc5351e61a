using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// The accounts and groups of directories and other providers, kept as these say now. An account is found by its directory and the directory's
/// lasting id of the person, never by name or mail. One change at a time; each is recorded before it holds. Thread-safe.
/// </summary>
internal sealed class DirectoryAccounts(
    IDbContextFactory<AppDatabase> databases, AuditLog audit, AccessPolicyFeed policy, SignInSessions sessions, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The account of a person whom a directory, or another provider, has just vouched for; made at the first sign-in. Its name, groups and rights are the directory's of this moment.</summary>
    public Task<LinkedAccount> LinkAsync(AccountSource directory, ProvenPerson person, CancellationToken token) => AloneAsync(async database =>
    {
        var account = await database.Users.SingleOrDefaultAsync(one => one.DirectoryId == directory.Id && one.DirectoryUserId == person.Id, token);
        if (account is { IsDisabled: true, IsDisabledByDirectory: false })
            return new LinkedAccount(null, $"The account {account.UserName} is disabled on this server. Ask an administrator.");
        if (account is null && !person.MayBeNew)
            return new LinkedAccount(null, $"{directory.Name} knows you as {person.Name}, and you have no account on this server, where new ones are not made. Ask an administrator.");
        var clash = await NamesakeAsync(database, account, person.Name, token);
        if (account is null && clash is not null)
            return new LinkedAccount(null, Clash(directory, person, clash));

        var changes = new List<AuditRecord>();
        if (account is null)
        {
            account = Make(directory, person);
            database.Users.Add(account);
            changes.Add(Record("user.create", account, $"first sign-in through {directory.Name}"));
        }
        Enable(directory, account, changes);
        await FollowAsync(database, directory, account, person, clash is null, changes, token);
        return new LinkedAccount(account, null) { Changes = changes };
    }, token);

    /// <summary>Takes over what a synchronisation found about an account that is known.</summary>
    public Task<LinkedAccount> ApplyAsync(AccountSource directory, DirectoryChange change, CancellationToken token) => AloneAsync(async database =>
    {
        var account = await database.Users.SingleOrDefaultAsync(one => one.DirectoryId == directory.Id && one.DirectoryUserId == change.Known.Id, token);
        var changes = new List<AuditRecord>();
        if (account is null)
            return new LinkedAccount(null, null);

        switch (change)
        {
            case DirectoryChange.Vanished:
                Disable(account, $"{directory.Name} does not have the account any more");
                break;
            case DirectoryChange.Barred barred:
                Disable(account, $"{directory.Name}: the account is {barred.Problem.ToString().ToLowerInvariant()} there");
                break;
            case DirectoryChange.Returned { Now: var now } when account is { IsDisabled: false } or { IsDisabledByDirectory: true }:
                Enable(directory, account, changes);
                await FollowKnownAsync(now);
                break;
            case DirectoryChange.Changed { Now: var now }:
                await FollowKnownAsync(now);
                break;
        }
        return new LinkedAccount(account, null) { Changes = changes };

        async Task FollowKnownAsync(ProvenPerson now) =>
            await FollowAsync(database, directory, account, now, await NamesakeAsync(database, account, now.Name, token) is null, changes, token);

        void Disable(Account one, string why)
        {
            if (one.IsDisabled)
                return;
            (one.IsDisabled, one.IsDisabledByDirectory) = (true, true);
            changes.Add(Record("user.disable", one, why));
        }
    }, token);

    /// <summary>Brings mapped grants and memberships to what a directory's settings say now, without asking the directory.</summary>
    public Task ApplyMappingsAsync(AccountSource before, AccountSource now, CancellationToken token) => AloneAsync(async database =>
    {
        await MappedAccess.GrantAsync(database, now, time.GetUtcNow(), token);
        foreach (var account in await database.Users.Where(one => one.DirectoryId == now.Id).Select(one => one.Id).ToListAsync(token))
            await MappedAccess.JoinAsync(database, now, MappedAccess.LocalGroups(before), account, token);
        return new LinkedAccount(null, null) { Changes = [Server("directory.mappings", new("directory", null, AccessPolicyFeed.Text(now.Id), now.Name), "grants and memberships follow the mappings")] };
    }, token);

    public void Dispose() => _one.Dispose();

    private static void Enable(AccountSource directory, Account account, List<AuditRecord> changes)
    {
        if (!account.IsDisabled)
            return;
        (account.IsDisabled, account.IsDisabledByDirectory) = (false, false);
        changes.Add(Record("user.enable", account, $"{directory.Name} has the account again"));
    }

    private async Task FollowAsync(
        AppDatabase database, AccountSource directory, Account account, ProvenPerson person, bool isNameFree, List<AuditRecord> changes, CancellationToken token)
    {
        if (isNameFree && account.UserName != person.Name)
        {
            changes.Add(Record("user.edit", account, $"called {person.Name} in {directory.Name} now"));
            (account.UserName, account.NormalizedUserName) = (person.Name, Normal(person.Name));
        }
        (account.DisplayName, account.Email, account.NormalizedEmail) = (person.DisplayName, person.Mail, person.Mail is null ? null : Normal(person.Mail));
        await database.SaveChangesAsync(token);

        var (added, removed) = await MappedAccess.FollowGroupsAsync(database, directory, account.Id, person.Groups, token);
        if (added.Count > 0)
            changes.Add(Record("directory.join", account, $"{directory.Name}: now in {string.Join(", ", added)}") with { Category = AuditCategory.Access });
        if (removed.Count > 0)
            changes.Add(Record("directory.leave", account, $"{directory.Name}: no longer in {string.Join(", ", removed)}") with { Category = AuditCategory.Access });
        if (await MappedAccess.GrantAsync(database, directory, time.GetUtcNow(), token) | await MappedAccess.JoinAsync(database, directory, [], account.Id, token))
            changes.Add(Record("directory.grants", account, $"{directory.Name}: grants and memberships follow the mappings") with { Category = AuditCategory.Access });
    }

    private async Task<LinkedAccount> AloneAsync(Func<AppDatabase, Task<LinkedAccount>> change, CancellationToken token)
    {
        LinkedAccount result;
        await _one.WaitAsync(token);
        try
        {
            await using var database = await databases.CreateDbContextAsync(token);
            await using var transaction = await database.Database.BeginTransactionAsync(token);
            result = await change(database);
            if (result.Refusal is not null)
                return result;
            await database.SaveChangesAsync(token);
            // Nothing holds that was not written down.
            foreach (var record in result.Changes)
                await audit.AppendAsync(record, token);
            await transaction.CommitAsync(token);
        }
        finally
        {
            _one.Release();
        }

        if (result.Changes.Count > 0)
            await policy.ReloadAsync();
        if (result.Account is { IsDisabled: true } gone)
            await sessions.EndAllAsync(gone.Id);
        return result;
    }

    private Account Make(AccountSource directory, ProvenPerson person) => new(person.Name)
    {
        Id = Guid.NewGuid(),
        NormalizedUserName = Normal(person.Name),
        SecurityStamp = Guid.NewGuid().ToString("N"),
        DirectoryId = directory.Id,
        DirectoryUserId = person.Id,
        LockoutEnabled = true,
        Created = time.GetUtcNow(),
    };

    private static Task<Account?> NamesakeAsync(AppDatabase database, Account? self, string name, CancellationToken token)
    {
        var (normal, id) = (Normal(name), self?.Id ?? Guid.Empty);
        return database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.NormalizedUserName == normal && one.Id != id, token);
    }

    private static string Clash(AccountSource directory, ProvenPerson person, Account other) => $"{directory.Name} knows you as {person.Name}, but " + other.DirectoryId switch
    {
        null => "this server has a local account of that name, which is somebody else's as far as it can tell. Ask an administrator to rename or remove the local account.",
        { } its when its == directory.Id => "under that name this server has an account of an entry that was there before yours, and so perhaps of somebody else. Ask an administrator to remove the old account.",
        _ => "somebody of another directory has that name here already. Ask an administrator to rename one of the two.",
    };

    // As Identity compares names.
    private static string Normal(string name) => name.Normalize().ToUpperInvariant();

    private static AuditRecord Record(string action, Account account, string why) => Server(action, UserAdministration.Target(account), why) with { Category = AuditCategory.Account };

    private static AuditRecord Server(string action, AuditTarget target, string why) => new()
    {
        Category = AuditCategory.Access,
        Action = action,
        Actor = AuditActor.Server,
        Face = "server",
        Outcome = AuditOutcome.Succeeded,
        Target = target,
        Message = why,
    };
}

/// <summary>An account as its directory says now, or why it is not let in, in words for the person.</summary>
internal sealed record LinkedAccount(Account? Account, string? Refusal)
{
    /// <summary>What is different from before.</summary>
    public IReadOnlyList<AuditRecord> Changes { get; init; } = [];
}
