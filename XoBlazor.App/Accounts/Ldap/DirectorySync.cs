using System.Runtime.CompilerServices;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Reads again what a directory says about accounts that we know: by a schedule, by a button. Asks for them by immutable id, some at a
/// time, and finds groups in the very way sign-in does, so that the two never disagree. Memory does not grow with the directory or the
/// number of accounts. Fails with <see cref="DirectoryException"/>; what was yielded before stays true. An entry that cannot be used keeps no
/// other from being read: it is told at the end. Thread-safe.
/// </summary>
internal sealed class DirectorySync(DirectoryDialer dialer, TimeProvider time)
{
    private const int AtOnce = 50;

    // For one batch: looking up its users, and the groups of each.
    private static readonly TimeSpan s_batch = TimeSpan.FromMinutes(5);

    /// <summary>The differences, in the order of the accounts. A lock after wrong passwords bars nobody here: anybody could cause it.</summary>
    public async IAsyncEnumerable<DirectoryChange> ReadAsync(DirectorySettings directory, IEnumerable<KnownAccount> accounts, [EnumeratorCancellation] CancellationToken token)
    {
        var isTrusted = false;
        var unusable = new List<DirectoryException>();
        foreach (var batch in accounts.Chunk(AtOnce))
        {
            var changes = await dialer.RunAsync(directory, s_batch, (session, inner) => ReadAsync(session, batch, unusable, inner), token);
            if (!isTrusted && changes.Any(change => change is DirectoryChange.Vanished))
            {
                await dialer.RunAsync(directory, s_batch, ProveReadableAsync, token);
                isTrusted = true;
            }

            foreach (var change in changes)
                yield return change;
        }

        if (unusable.Count > 0)
            throw unusable[0];
    }

    private async Task<List<DirectoryChange>> ReadAsync(DirectorySession session, KnownAccount[] batch, List<DirectoryException> unusable, CancellationToken token)
    {
        var directory = session.Directory;
        var ids = LdapFilter.AnyOf(batch.Select(known => DirectoryUsers.HasId(directory, known.Id)));
        var search = DirectoryUsers.Search(directory, LdapFilter.All(DirectoryUsers.UserFilterOf(directory).Anybody(), ids));
        var entries = new Dictionary<string, LdapEntry>(StringComparer.Ordinal);
        await foreach (var (entry, _) in session.SearchAsync(search, token))
            if (ImmutableId.Of(entry, directory.IdAttribute) is { } id)
                entries.TryAdd(id, entry);

        var changes = new List<DirectoryChange>();
        foreach (var known in batch)
            try
            {
                if (await ChangeAsync(session, known, entries.GetValueOrDefault(known.Id), token) is { } change)
                    changes.Add(change);
            }
            catch (DirectoryException problem) when (entries.ContainsKey(known.Id))
            {
                unusable.Add(problem);
            }
        return changes;
    }

    private async Task<DirectoryChange?> ChangeAsync(DirectorySession session, KnownAccount known, LdapEntry? entry, CancellationToken token)
    {
        var problem = entry is null ? null : AccountState.Of(entry, time.GetUtcNow());
        if (entry is null || problem is AccountProblem.Disabled or AccountProblem.Expired)
        {
            if (known.IsOut)
                return null;
            if (problem is { } why)
                return new DirectoryChange.Barred(known, why);
            return session.Directory.FollowReferrals && session.Unfollowed.Count > 0 ? throw Incomplete(session) : new DirectoryChange.Vanished(known);
        }

        var now = DirectoryUsers.Read(session.Directory, entry, known.Name) with { Groups = await DirectoryGroups.OfAsync(session, entry, token) };
        if (known.IsOut)
            return new DirectoryChange.Returned(known, now);
        var isSame = now.Name == known.Name && new HashSet<string>(known.GroupIds).SetEquals(now.Groups.Select(group => group.Id));
        return isSame ? null : new DirectoryChange.Changed(known, now);
    }

    // A service account that lost its right to read, or a base that was mistyped, looks like a directory whose users are all gone.
    private static async Task<bool> ProveReadableAsync(DirectorySession session, CancellationToken token)
    {
        var anybody = DirectoryUsers.Search(session.Directory, DirectoryUsers.UserFilterOf(session.Directory).Anybody()) with { SizeLimit = 1, PageSize = 0 };
        try
        {
            await foreach (var _ in session.SearchAsync(anybody, token))
                return true;
        }
        catch (LdapResultException e) when (e.Code == LdapResultCode.SizeLimitExceeded)
        {
            return true;
        }

        throw new DirectoryException(DirectoryTrouble.Doubtful,
            $"{session.Directory.Name} shows no user at all under {session.Directory.UserBase}, so nobody was removed. Check base and filter, and that the service account may read users.");
    }

    private static DirectoryException Incomplete(DirectorySession session) =>
        new(DirectoryTrouble.Doubtful, $"{session.Directory.Name}: part of the directory could not be read, so nobody was removed: {string.Join("; ", session.Unfollowed)}");
}
