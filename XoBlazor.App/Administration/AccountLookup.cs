using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;

namespace XoBlazor.App.Administration;

/// <summary>Finds the account that something is to be done to.</summary>
internal static class AccountLookup
{
    /// <summary>The account as it is now. Fails with <see cref="AdministrationRefusedException"/> when there is none.</summary>
    public static async Task<Account> FindAccountAsync(this IDbContextFactory<AppDatabase> databases, Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, token)
            ?? throw new AdministrationRefusedException("This user is gone: somebody removed the account meanwhile. Reload the list.");
    }
}
