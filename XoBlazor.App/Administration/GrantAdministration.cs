using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Administration;

/// <summary>Giving and taking rights. Everything is recorded; refusals come as <see cref="AdministrationRefusedException"/>. Safe from any thread.</summary>
internal sealed class GrantAdministration(
    IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, AccessPolicyFeed policy, LastAdministrator last, AccessEngine engine, TimeProvider time)
{
    /// <summary>Gives a role to an account or group. Giving the same again changes nothing.</summary>
    public async Task<Guid> AddAsync(Requester requester, SubjectKind kind, Guid subject, string role, AccessScope scope, CancellationToken token)
    {
        var name = await SubjectNameAsync(kind, subject, token);
        var text = ScopeText.Write(scope);
        var act = Act("grant.add", kind, subject, name).With("role", engine.Policy.Roles.GetValueOrDefault(role)?.Name ?? role).With("scope", text);
        return await runner.RunAsync(requester, act, async inner =>
        {
            if (!engine.Policy.Roles.ContainsKey(role))
                throw new AdministrationRefusedException($"There is no role '{role}' any more. Choose another one.");
            if (scope is AccessScope.OfVms rule && !AccessScope.OfVms.TryCreate(rule.Filter, rule.Pool, out _, out var error))
                throw new AdministrationRefusedException($"The rule '{rule.Filter}' cannot be used: {error.Message}");

            await using var database = await databases.CreateDbContextAsync(inner);
            if (await database.Grants.FirstOrDefaultAsync(one => one.SubjectKind == kind && one.SubjectId == subject && one.RoleId == role && one.Scope == text, inner) is { } same)
                return same.Id;
            var grant = new GrantEntry
            {
                Id = Guid.NewGuid(),
                SubjectKind = kind,
                SubjectId = subject,
                RoleId = role,
                Scope = text,
                Created = time.GetUtcNow(),
                CreatedBy = requester.Actor.Name,
            };
            database.Grants.Add(grant);
            await database.SaveChangesAsync(inner);
            await policy.ReloadAsync();
            return grant.Id;
        }, token);
    }

    /// <summary>Takes a grant away. Views that are open lose what it gave.</summary>
    public async Task RemoveAsync(Requester requester, Guid id, CancellationToken token)
    {
        await using var known = await databases.CreateDbContextAsync(token);
        var grant = await known.Grants.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, token)
            ?? throw new AdministrationRefusedException("This grant is gone: somebody removed it meanwhile. Reload the list.");
        var name = await SubjectNameAsync(grant.SubjectKind, grant.SubjectId, token);
        var act = Act("grant.remove", grant.SubjectKind, grant.SubjectId, name)
            .With("role", engine.Policy.Roles.GetValueOrDefault(grant.RoleId)?.Name ?? grant.RoleId).With("scope", grant.Scope);
        await runner.RunAsync(requester, act, async inner =>
        {
            if (grant.IsMapped)
                throw new AdministrationRefusedException($"This grant follows from the mappings of {grant.CreatedBy}. Change them under Settings → Directories.");
            await last.ChangeAsync(database => database.Grants.Where(one => one.Id == id).ExecuteDeleteAsync(inner), inner);
        }, token);
    }

    private async Task<string> SubjectNameAsync(SubjectKind kind, Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var name = kind == SubjectKind.User
            ? await database.Users.Where(one => one.Id == id).Select(one => one.UserName).SingleOrDefaultAsync(token)
            : await database.Groups.Where(one => one.Id == id).Select(one => one.Name).SingleOrDefaultAsync(token);
        return name ?? throw new AdministrationRefusedException($"This {(kind == SubjectKind.User ? "user" : "group")} is gone: somebody removed it meanwhile. Reload the list.");
    }

    private static AdministrationAct Act(string action, SubjectKind kind, Guid subject, string name) => new(
        AdministrationRights.Grants, AuditCategory.Access, action, new(kind == SubjectKind.User ? "user" : "group", null, AccessPolicyFeed.Text(subject), name));
}
