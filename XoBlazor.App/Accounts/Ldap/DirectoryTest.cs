using System.Runtime.CompilerServices;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Tries a directory's settings out, step by step, saved or not, and says of each step what happened and what to change. Signs nobody in
/// and changes nothing. Every server is tried, one that <see cref="DirectoryHealth"/> lets rest too.
/// </summary>
internal sealed partial class DirectoryTest(IDirectoryClient client, ResolveSecret secret, TimeProvider time)
{
    private const int MostShown = 20;

    /// <summary>
    /// Runs until a step fails that others need. Every server is connected to; the first that can be is asked the rest. A name adds
    /// finding it, its groups and roles; a password adds binding as it.
    /// </summary>
    public async IAsyncEnumerable<DirectoryTestStep> RunAsync(DirectorySettings directory, string? name, string? password, [EnumeratorCancellation] CancellationToken token)
    {
        var (prepared, targets) = await PrepareAsync(directory, token);
        yield return prepared;
        if (targets.IsDefault)
            yield break;

        IDirectoryConnection? connection = null;
        try
        {
            foreach (var target in targets)
            {
                var (steps, fresh) = await ConnectAsync(target, token);
                if (connection is null)
                    connection = fresh;
                else if (fresh is not null)
                    await fresh.DisposeAsync();
                foreach (var step in steps)
                    yield return step;
            }

            if (connection is null)
                yield break;

            var (bound, session) = await BindAsync(directory, connection, token);
            yield return bound;
            if (session is null)
                yield break;

            await using (session)
            {
                await foreach (var step in SearchAsync(session, name?.Trim(), password, token))
                    yield return step;
            }
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    private async IAsyncEnumerable<DirectoryTestStep> SearchAsync(DirectorySession session, string? name, string? password, [EnumeratorCancellation] CancellationToken token)
    {
        yield return await AttemptAsync(session, DirectoryTestStage.Searched, () => CountUsersAsync(session, token));
        if (session.Directory.Groups is not null)
            yield return await AttemptAsync(session, DirectoryTestStage.GroupsListed, () => CountGroupsAsync(session, token));
        if (string.IsNullOrEmpty(name))
            yield break;

        FoundEntry? found = null;
        yield return await AttemptAsync(session, DirectoryTestStage.Found, async () =>
        {
            var (step, one) = await FindAsync(session, name, token);
            found = one;
            return step;
        });
        if (found is not { } user)
            yield break;

        if (!string.IsNullOrEmpty(password))
            yield return await AttemptAsync(session, DirectoryTestStage.SignedIn, () => BindAsUserAsync(session, user, password, token));
        DirectoryAccount? account = null;
        yield return await AttemptAsync(session, DirectoryTestStage.Account, () =>
        {
            account = DirectoryUsers.Read(session.Directory, user.Entry, name);
            return Task.FromResult(Describe(account, AccountState.Of(user.Entry, time.GetUtcNow())));
        });
        if (account is null)
            yield break;

        var isKnown = false;
        yield return await AttemptAsync(session, DirectoryTestStage.Groups, async () =>
        {
            account = account with { Groups = await DirectoryGroups.OfAsync(session, user.Entry, token) };
            isKnown = true;
            return Describe(account.Groups);
        });
        if (isKnown)
            yield return Roles(session.Directory, account);
    }

    private async Task<DirectoryTestStep> AttemptAsync(DirectorySession session, DirectoryTestStage stage, Func<Task<DirectoryTestStep>> attempt)
    {
        var begun = time.GetTimestamp();
        DirectoryTestStep step;
        try
        {
            step = await attempt();
        }
        catch (Exception e) when (e is LdapException or DirectoryException)
        {
            step = new DirectoryTestStep(stage, DirectoryTestOutcome.Failed, e.Message);
        }

        return step with { Server = session.Main.Target.Server, Took = time.GetElapsedTime(begun) };
    }
}
