using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Administration;

/// <summary>
/// Keeps the server from losing its last administrator: at least one enabled account kept here (a directory may be down) has the role Administrator on
/// everything, by itself or through a group. Whatever may take rights away goes through here. Safe from any thread.
/// </summary>
internal sealed class LastAdministrator(IDbContextFactory<AppDatabase> databases, AccessPolicyFeed policy)
{
    /// <summary>
    /// Makes a change whole or not at all, and brings it to the engine. Fails with <see cref="AdministrationRefusedException"/> when nobody would be left;
    /// then nothing has changed. Once the database has it, giving up does not keep it from holding.
    /// </summary>
    public async Task ChangeAsync(Func<AppDatabase, Task> change, CancellationToken token)
    {
        await using (var database = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(token);
            await change(database);
            await database.SaveChangesAsync(token);
            await CheckAsync(database, token);
            await transaction.CommitAsync(token);
        }
        await policy.ReloadAsync();
    }

    private static async Task CheckAsync(AppDatabase database, CancellationToken token)
    {
        var grants = database.Grants.Administrators();
        var isLeft = await database.Users.AnyAsync(account => !account.IsDisabled && account.DirectoryId == null
            && (grants.Any(grant => grant.SubjectKind == SubjectKind.User && grant.SubjectId == account.Id)
                || database.GroupMembers.Any(member => member.AccountId == account.Id
                    && grants.Any(grant => grant.SubjectKind == SubjectKind.Group && grant.SubjectId == member.GroupId))), token);
        if (!isLeft)
            throw new AdministrationRefusedException(
                "Then no enabled account of this server would be an administrator any more. Make another local user an administrator first.");
    }
}
