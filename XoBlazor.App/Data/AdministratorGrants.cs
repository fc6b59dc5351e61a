using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Data;

/// <summary>The grants that make administrators: the built-in role, on everything.</summary>
internal static class AdministratorGrants
{
    private static readonly string s_everything = ScopeText.Write(AccessScope.Everything.Instance);

    public static IQueryable<GrantEntry> Administrators(this DbSet<GrantEntry> grants) =>
        grants.Where(grant => grant.RoleId == Role.Administrator.Id && grant.Scope == s_everything);

    /// <summary>Makes one for an account.</summary>
    public static GrantEntry Make(Guid account, string by, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        SubjectKind = SubjectKind.User,
        SubjectId = account,
        RoleId = Role.Administrator.Id,
        Scope = s_everything,
        Created = now,
        CreatedBy = by,
    };
}
