using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Administration;

/// <summary>What users and groups are called. Judges nobody: whoever asks has looked at the right before. Safe from any thread.</summary>
internal sealed class SubjectNames(IDbContextFactory<AppDatabase> databases)
{
    public async Task<ImmutableDictionary<SubjectId, string>> AllAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var users = await database.Users.Select(one => new { one.Id, one.UserName }).ToListAsync(token);
        var groups = await database.Groups.Select(one => new { one.Id, one.Name }).ToListAsync(token);
        return users.Select(one => KeyValuePair.Create(SubjectId.User(AccessPolicyFeed.Text(one.Id)), one.UserName ?? ""))
            .Concat(groups.Select(one => KeyValuePair.Create(SubjectId.Group(AccessPolicyFeed.Text(one.Id)), one.Name)))
            .ToImmutableDictionary();
    }
}
