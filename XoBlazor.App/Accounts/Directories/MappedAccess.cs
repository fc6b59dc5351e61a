using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>What follows from directory groups: rows of the groups, who is in them, and the grants and local groups that mappings give. Inside a caller's transaction.</summary>
internal static class MappedAccess
{
    /// <summary>Makes an account a member of exactly these groups of its directory. Returns the names of those it came into and left.</summary>
    public static async Task<(List<string> Added, List<string> Removed)> FollowGroupsAsync(
        AppDatabase database, AccountSource directory, Guid account, ImmutableArray<DirectoryGroup> groups, CancellationToken token)
    {
        var ids = groups.Select(group => group.Id).ToList();
        var rows = await database.Groups.Where(row => row.DirectoryId == directory.Id && ids.Contains(row.DirectoryGroupId!)).ToDictionaryAsync(row => row.DirectoryGroupId!, token);
        foreach (var group in groups)
        {
            if (!rows.TryGetValue(group.Id, out var row))
                database.Groups.Add(rows[group.Id] = row = new GroupEntry { Id = Guid.NewGuid(), Name = group.Name, DirectoryId = directory.Id, DirectoryGroupId = group.Id });
            (row.Name, row.DirectoryDn) = (group.Name, group.Dn.Length == 0 ? null : group.Dn);
        }

        var wanted = rows.Values.ToDictionary(row => row.Id, row => row.Name);
        var now = await (from member in database.GroupMembers
                         join row in database.Groups on member.GroupId equals row.Id
                         where member.AccountId == account && row.DirectoryId == directory.Id
                         select new { Member = member, row.Name }).ToListAsync(token);
        var left = now.Where(one => !wanted.ContainsKey(one.Member.GroupId)).ToList();
        database.GroupMembers.RemoveRange(left.Select(one => one.Member));
        var fresh = wanted.Where(one => now.TrueForAll(member => member.Member.GroupId != one.Key)).ToList();
        database.GroupMembers.AddRange(fresh.Select(one => new GroupMember { GroupId = one.Key, AccountId = account }));
        await database.SaveChangesAsync(token);
        return ([.. fresh.Select(one => one.Value)], [.. left.Select(one => one.Name)]);
    }

    /// <summary>Gives the directory's groups exactly the roles that mappings name. Grants that administrators gave by hand stay. True when something changed.</summary>
    public static async Task<bool> GrantAsync(AppDatabase database, AccountSource directory, DateTimeOffset now, CancellationToken token)
    {
        var groups = await database.Groups.AsNoTracking().Where(row => row.DirectoryId == directory.Id).ToListAsync(token);
        var everything = ScopeText.Write(AccessScope.Everything.Instance);
        var wanted = groups.SelectMany(row => Targets(directory, row).OfType<DirectoryGroupTarget.Role>().Select(role => (Group: row.Id, role.RoleId, Scope: role.Scope ?? everything))).ToHashSet();

        var ids = groups.ConvertAll(row => row.Id);
        var grants = await database.Grants.Where(grant => grant.SubjectKind == SubjectKind.Group && ids.Contains(grant.SubjectId)).ToListAsync(token);
        var surplus = grants.Where(grant => grant.IsMapped && !wanted.Contains((grant.SubjectId, grant.RoleId, grant.Scope))).ToList();
        var missing = wanted.Except(grants.Select(grant => (Group: grant.SubjectId, grant.RoleId, grant.Scope))).ToList();
        database.Grants.RemoveRange(surplus);
        database.Grants.AddRange(missing.Select(one => new GrantEntry
        {
            Id = Guid.NewGuid(),
            SubjectKind = SubjectKind.Group,
            SubjectId = one.Group,
            RoleId = one.RoleId,
            Scope = one.Scope,
            Created = now,
            CreatedBy = directory.Name,
            IsMapped = true,
        }));
        await database.SaveChangesAsync(token);
        return surplus.Count + missing.Count > 0;
    }

    /// <summary>
    /// Puts an account into exactly the local groups that mappings give it; those that no mapping names, now or in <paramref name="dropped"/>,
    /// are left alone. True when something changed.
    /// </summary>
    public static async Task<bool> JoinAsync(AppDatabase database, AccountSource directory, IEnumerable<Guid> dropped, Guid account, CancellationToken token)
    {
        var ours = LocalGroups(directory).Concat(dropped).ToHashSet();
        if (ours.Count == 0)
            return false;

        var member = database.GroupMembers.Where(one => one.AccountId == account);
        var groups = await database.Groups.AsNoTracking().Where(row => row.DirectoryId == directory.Id && member.Any(one => one.GroupId == row.Id)).ToListAsync(token);
        var existing = await database.Groups.Where(row => ours.Contains(row.Id)).Select(row => row.Id).ToListAsync(token);
        var wanted = groups.SelectMany(row => Targets(directory, row)).OfType<DirectoryGroupTarget.LocalGroup>().Select(target => target.GroupId).Intersect(existing).ToHashSet();
        var now = await member.Where(one => ours.Contains(one.GroupId)).ToListAsync(token);
        var surplus = now.Where(one => !wanted.Contains(one.GroupId)).ToList();
        var missing = wanted.Except(now.Select(one => one.GroupId)).ToList();
        database.GroupMembers.RemoveRange(surplus);
        database.GroupMembers.AddRange(missing.Select(id => new GroupMember { GroupId = id, AccountId = account }));
        await database.SaveChangesAsync(token);
        return surplus.Count + missing.Count > 0;
    }

    /// <summary>The local groups that a directory's mappings name.</summary>
    public static IEnumerable<Guid> LocalGroups(AccountSource directory) =>
        directory.Mappings.Select(mapping => mapping.Target).OfType<DirectoryGroupTarget.LocalGroup>().Select(target => target.GroupId).Distinct();

    private static IEnumerable<DirectoryGroupTarget> Targets(AccountSource directory, GroupEntry row)
    {
        var group = new DirectoryGroup(row.DirectoryGroupId ?? "", row.DirectoryDn ?? "", row.Name);
        return directory.Mappings.Where(mapping => mapping.Matches(group)).Select(mapping => mapping.Target).Distinct();
    }
}
