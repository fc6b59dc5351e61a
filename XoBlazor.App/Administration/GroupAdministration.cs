using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// Groups made here and who is in them; who is in a directory's group is the directory's business. Everything is recorded; refusals come as
/// <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class GroupAdministration(IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, LastAdministrator last)
{
    public Task<Guid> CreateAsync(Requester requester, string name, string description, CancellationToken token)
    {
        var id = Guid.NewGuid();
        return runner.RunAsync(requester, Act("group.create", new("group", null, AccessPolicyFeed.Text(id), name.Trim())), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            database.Groups.Add(new GroupEntry { Id = id, Name = await FreeNameAsync(database, name, null, inner), Description = description.Trim() });
            await database.SaveChangesAsync(inner);
            return id;
        }, token);
    }

    public async Task EditAsync(Requester requester, Guid id, string name, string description, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        await runner.RunAsync(requester, Act("group.edit", Target(known)).With("name", name.Trim()).With("description", description), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            var group = await database.Groups.SingleAsync(one => one.Id == id, inner);
            if (group.DirectoryId is null)
                group.Name = await FreeNameAsync(database, name, id, inner);
            group.Description = description.Trim();
            await database.SaveChangesAsync(inner);
        }, token);
    }

    /// <summary>Removes the group with its grants; its members lose what they had through it.</summary>
    public async Task DeleteAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        await runner.RunAsync(requester, Act("group.delete", Target(known)), inner => last.ChangeAsync(async database =>
        {
            database.Groups.Remove(await database.Groups.SingleAsync(one => one.Id == id, inner));
            database.Grants.RemoveRange(database.Grants.Where(grant => grant.SubjectKind == SubjectKind.Group && grant.SubjectId == id));
        }, inner), token);
    }

    public Task AddMemberAsync(Requester requester, Guid id, Guid account, CancellationToken token) =>
        ChangeMemberAsync(requester, "group.add-member", id, account, async (database, inner) =>
        {
            if (!await database.GroupMembers.AnyAsync(one => one.GroupId == id && one.AccountId == account, inner))
                database.GroupMembers.Add(new GroupMember { GroupId = id, AccountId = account });
        }, token);

    public Task RemoveMemberAsync(Requester requester, Guid id, Guid account, CancellationToken token) =>
        ChangeMemberAsync(requester, "group.remove-member", id, account, (database, _) =>
        {
            database.GroupMembers.RemoveRange(database.GroupMembers.Where(one => one.GroupId == id && one.AccountId == account));
            return Task.CompletedTask;
        }, token);

    private async Task ChangeMemberAsync(
        Requester requester, string action, Guid id, Guid account, Func<AppDatabase, CancellationToken, Task> change, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        var user = await databases.FindAccountAsync(account, token);
        await runner.RunAsync(requester, Act(action, Target(known)).With("user", user.UserName), inner =>
        {
            if (known.DirectoryId is not null)
                throw new AdministrationRefusedException($"{known.Name} comes from a directory, which decides who is in it. Change it there.");
            return last.ChangeAsync(database => change(database, inner), inner);
        }, token);
    }

    private async Task<GroupEntry> FindAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.Groups.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, token)
            ?? throw new AdministrationRefusedException("This group is gone: somebody removed it meanwhile. Reload the list.");
    }

    private static async Task<string> FreeNameAsync(AppDatabase database, string name, Guid? self, CancellationToken token)
    {
        name = name.Trim();
        if (name.Length is 0 or > 200)
            throw new AdministrationRefusedException("A group needs a name of at most 200 characters.");
        if (await database.Groups.AnyAsync(one => one.DirectoryId == null && one.Name == name && one.Id != self, token))
            throw new AdministrationRefusedException($"There is a group '{name}' already. Choose another name.");
        return name;
    }

    private static AuditTarget Target(GroupEntry group) => new("group", null, AccessPolicyFeed.Text(group.Id), group.Name);

    private static AdministrationAct Act(string action, AuditTarget target) => new(AdministrationRights.Groups, AuditCategory.Access, action, target);
}
