using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Notifications;

namespace XoBlazor.App.Data;

/// <summary>The accounts that notifications go to.</summary>
internal sealed class NotificationPeople(IDbContextFactory<AppDatabase> databases) : INotificationPeople
{
    public async Task<NotificationPerson?> FindAsync(string user, CancellationToken token)
    {
        if (!Guid.TryParse(user, out var id))
            return null;
        await using var database = await databases.CreateDbContextAsync(token);
        var account = await database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && !one.IsDisabled, token);
        return account is null ? null : new(user, account.DisplayName ?? account.UserName ?? "", account.Email);
    }
}
