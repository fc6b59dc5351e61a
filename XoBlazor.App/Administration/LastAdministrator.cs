using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Administration;

/// <summary>
/// Keeps the server from losing its last administrator: at least one enabled account kept here (a directory may be down) has the role Administrator on
/// everything, by itself or through a group.
/// </summary>
internal static class LastAdministrator
{
    /// <summary>Fails with <see cref="AdministrationRefusedException"/> when, as the database is now, nobody is left. Inside the change's own transaction.</summary>
    public static async Task CheckAsync(AppDatabase database, CancellationToken token)
    {
        var everything = ScopeText.Write(AccessScope.Everything.Instance);
        var grants = database.Grants.Where(grant => grant.RoleId == Role.Administrator.Id && grant.Scope == everything);
        var isLeft = await database.Users.AnyAsync(account => !account.IsDisabled && account.DirectoryId == null
            && (grants.Any(grant => grant.SubjectKind == SubjectKind.User && grant.SubjectId == account.Id)
                || database.GroupMembers.Any(member => member.AccountId == account.Id
                    && grants.Any(grant => grant.SubjectKind == SubjectKind.Group && grant.SubjectId == member.GroupId))), token);
        if (!isLeft)
            throw new AdministrationRefusedException(
                "Then no enabled account of this server would be an administrator any more. Make another local user an administrator first.");
    }
}
