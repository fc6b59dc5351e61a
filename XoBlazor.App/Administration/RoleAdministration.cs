using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// Roles made by people, and what any role asks for besides a password. Everything is recorded; refusals come as
/// <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class RoleAdministration(IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, AccessPolicyFeed policy, RightCatalogue catalogue)
{
    /// <summary>Makes a role and returns its identifier.</summary>
    public Task<string> CreateAsync(Requester requester, string name, string description, IReadOnlyCollection<string> rights, CancellationToken token)
    {
        var id = Guid.NewGuid().ToString("D");
        var act = Act("role.create", new("role", null, id, name.Trim())).With("rights", string.Join(' ', rights));
        return runner.RunAsync(requester, act, async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            var role = new RoleEntry
            {
                Id = id,
                Name = await FreeNameAsync(database, name, null, inner),
                Description = description.Trim(),
                Rights = Known(rights),
            };
            database.CustomRoles.Add(role);
            await database.SaveChangesAsync(inner);
            await policy.ReloadAsync();
            return id;
        }, token);
    }

    /// <summary>Changes a role; everybody who has it gains or loses with it.</summary>
    public async Task EditAsync(Requester requester, string id, string name, string description, IReadOnlyCollection<string> rights, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        var act = Act("role.edit", new("role", null, id, known.Name)).With("name", name.Trim()).With("rights", string.Join(' ', rights));
        await runner.RunAsync(requester, act, async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            var role = await database.CustomRoles.SingleAsync(one => one.Id == id, inner);
            role.Name = await FreeNameAsync(database, name, id, inner);
            role.Description = description.Trim();
            role.Rights = Known(rights);
            await database.SaveChangesAsync(inner);
            await policy.ReloadAsync();
        }, token);
    }

    /// <summary>Removes a role that no grant gives any more.</summary>
    public async Task DeleteAsync(Requester requester, string id, CancellationToken token)
    {
        var known = await FindAsync(id, token);
        await runner.RunAsync(requester, Act("role.delete", new("role", null, id, known.Name)), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            if (await database.Grants.CountAsync(grant => grant.RoleId == id, inner) is > 0 and var users)
                throw new AdministrationRefusedException($"{known.Name} is given by {users} grant{(users == 1 ? "" : "s")}. Remove {(users == 1 ? "it" : "them")} first.");
            if (await database.ApiTokens.AnyAsync(one => one.RoleId == id, inner))
                throw new AdministrationRefusedException($"An API token is limited to {known.Name}. Revoke it first.");
            database.CustomRoles.RemoveRange(database.CustomRoles.Where(one => one.Id == id));
            database.RoleRequirements.RemoveRange(database.RoleRequirements.Where(one => one.RoleId == id));
            await database.SaveChangesAsync(inner);
            await policy.ReloadAsync();
        }, token);
    }

    /// <summary>What people with the role, built-in or not, have to prove besides their password from their next sign-in on.</summary>
    public Task RequireAsync(Requester requester, Role role, SecondFactor factor, CancellationToken token) =>
        runner.RunAsync(requester, Act("role.require", new("role", null, role.Id, role.Name)).With("secondFactor", factor.ToString()), async inner =>
        {
            await using var database = await databases.CreateDbContextAsync(inner);
            if (await database.RoleRequirements.FindAsync([role.Id], inner) is { } present)
                present.SecondFactor = factor;
            else
                database.RoleRequirements.Add(new RoleRequirement { RoleId = role.Id, SecondFactor = factor });
            await database.SaveChangesAsync(inner);
        }, token);

    private string Known(IReadOnlyCollection<string> rights)
    {
        var unknown = rights.Where(right => catalogue.Find(right) is null).ToList();
        return unknown.Count == 0
            ? JsonSerializer.Serialize(rights.Order(StringComparer.Ordinal))
            : throw new AdministrationRefusedException($"There is no right {string.Join(", ", unknown)}.");
    }

    private async Task<RoleEntry> FindAsync(string id, CancellationToken token)
    {
        if (Role.BuiltIn.FirstOrDefault(role => role.Id == id) is { } builtIn)
            throw new AdministrationRefusedException($"{builtIn.Name} is built in and stays as it is. Make a role of your own beside it.");
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.CustomRoles.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, token)
            ?? throw new AdministrationRefusedException("This role is gone: somebody removed it meanwhile. Reload the list.");
    }

    private static async Task<string> FreeNameAsync(AppDatabase database, string name, string? self, CancellationToken token)
    {
        name = name.Trim();
        if (name.Length is 0 or > 200)
            throw new AdministrationRefusedException("A role needs a name of at most 200 characters.");
        if (Role.BuiltIn.Any(role => role.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) || await database.CustomRoles.AnyAsync(one => one.Name == name && one.Id != self, token))
            throw new AdministrationRefusedException($"There is a role '{name}' already. Choose another name.");
        return name;
    }

    private static AdministrationAct Act(string action, AuditTarget target) => new(AdministrationRights.Roles, AuditCategory.Access, action, target);
}
