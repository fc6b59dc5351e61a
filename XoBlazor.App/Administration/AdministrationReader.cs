using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Administration;

/// <summary>
/// What the database says of users, groups, roles and grants, in the form people look at it. Judges nobody: whoever asks has looked at the right before.
/// Safe from any thread.
/// </summary>
internal sealed class AdministrationReader(IDbContextFactory<AppDatabase> databases, SubjectNames names, AccessEngine engine, SignInProviders providers, TimeProvider time)
{
    /// <summary>All users by name.</summary>
    public async Task<ImmutableArray<UserLine>> UsersAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await UsersAsync(database, database.Users, token);
    }

    /// <summary>One user; null when there is none.</summary>
    public async Task<UserLine?> UserAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return (await UsersAsync(database, database.Users.Where(account => account.Id == id), token)).FirstOrDefault();
    }

    /// <summary>All groups by name.</summary>
    public async Task<ImmutableArray<GroupLine>> GroupsAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await GroupsAsync(database, database.Groups, token);
    }

    /// <summary>One group; null when there is none.</summary>
    public async Task<GroupLine?> GroupAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return (await GroupsAsync(database, database.Groups.Where(group => group.Id == id), token)).FirstOrDefault();
    }

    /// <summary>The groups a user is in.</summary>
    public async Task<ImmutableArray<GroupLine>> GroupsOfAsync(Guid user, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await GroupsAsync(database, database.Groups.Where(group => database.GroupMembers.Any(one => one.GroupId == group.Id && one.AccountId == user)), token);
    }

    /// <summary>Who is in a group.</summary>
    public async Task<ImmutableArray<UserLine>> MembersAsync(Guid group, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await UsersAsync(database, database.Users.Where(account => database.GroupMembers.Any(one => one.GroupId == group && one.AccountId == account.Id)), token);
    }

    /// <summary>Grants of these subjects, or all, by subject and role.</summary>
    public async Task<ImmutableArray<GrantLine>> GrantsAsync(IReadOnlyCollection<Guid>? subjects, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var grants = await database.Grants.AsNoTracking().Where(grant => subjects == null || subjects.Contains(grant.SubjectId)).ToListAsync(token);
        var called = await names.AllAsync(token);
        return
        [
            .. grants.Select(grant => new GrantLine(
                grant.Id,
                grant.SubjectKind,
                grant.SubjectId,
                called.GetValueOrDefault(new(grant.SubjectKind, AccessPolicyFeed.Text(grant.SubjectId)), "somebody who is gone"),
                grant.RoleId,
                engine.Policy.Roles.GetValueOrDefault(grant.RoleId)?.Name ?? "a role that is gone",
                ScopeText.Read(grant.Scope),
                grant.Created,
                grant.CreatedBy)).OrderBy(grant => grant.Subject, StringComparer.OrdinalIgnoreCase).ThenBy(grant => grant.Role, StringComparer.OrdinalIgnoreCase).ThenBy(grant => grant.Id),
        ];
    }

    /// <summary>What roles ask for besides a password, by role; those that ask for nothing may be left out.</summary>
    public async Task<ImmutableDictionary<string, SecondFactor>> RequirementsAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var all = await database.RoleRequirements.AsNoTracking().ToListAsync(token);
        return all.ToImmutableDictionary(one => one.RoleId, one => one.SecondFactor, StringComparer.Ordinal);
    }

    private async Task<ImmutableArray<UserLine>> UsersAsync(AppDatabase database, IQueryable<Account> which, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var policy = engine.Policy;
        var directories = await DirectoriesAsync(database, token);
        var passkeys = await database.UserPasskeys.GroupBy(one => one.UserId).Select(one => new { one.Key, Count = one.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, token);
        var accounts = await which.AsNoTracking().ToListAsync(token);
        return
        [
            .. accounts.Select(account => new UserLine
            {
                Id = account.Id,
                Name = account.UserName ?? "",
                DisplayName = account.DisplayName,
                Email = account.Email,
                Directory = account.DirectoryId is { } directory ? directories.GetValueOrDefault(directory, "a directory") : null,
                IsDisabled = account.IsDisabled,
                LockedUntil = account.LockoutEnd > now ? account.LockoutEnd : null,
                MustChangePassword = account.MustChangePassword,
                HasAuthenticator = account.TwoFactorEnabled,
                Passkeys = passkeys.GetValueOrDefault(account.Id),
                IsAdministrator = policy.IsAdministrator(AccessPolicyFeed.Text(account.Id)),
                Created = account.Created,
                LastSignIn = account.LastSignIn,
            }).OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private async Task<ImmutableArray<GroupLine>> GroupsAsync(AppDatabase database, IQueryable<GroupEntry> which, CancellationToken token)
    {
        var directories = await DirectoriesAsync(database, token);
        var members = await database.GroupMembers.GroupBy(one => one.GroupId).Select(one => new { one.Key, Count = one.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, token);
        var groups = await which.AsNoTracking().ToListAsync(token);
        return
        [
            .. groups.Select(group => new GroupLine(
                group.Id,
                group.Name,
                group.Description,
                group.DirectoryId is { } directory ? directories.GetValueOrDefault(directory, "a directory") : null,
                members.GetValueOrDefault(group.Id))).OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    // Those that are disabled, too, and whatever else vouches for people.
    private async Task<Dictionary<Guid, string>> DirectoriesAsync(AppDatabase database, CancellationToken token)
    {
        var all = (await database.Directories.AsNoTracking().ToListAsync(token)).ToDictionary(one => one.Id, one => DirectoryStore.Read(one).Name);
        foreach (var source in providers.Open)
            all[source.Id] = source.Name;
        return all;
    }
}
