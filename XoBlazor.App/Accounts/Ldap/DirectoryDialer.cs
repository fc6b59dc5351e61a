using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Does reading work on whichever server of a directory answers, in the order of the settings. Servers that failed lately are passed by
/// (<see cref="DirectoryHealth"/>); when one dies in the middle, the work begins anew on the next. Fails with
/// <see cref="DirectoryException"/>. Thread-safe.
/// </summary>
internal sealed class DirectoryDialer(IDirectoryClient client, ResolveSecret secret, DirectoryHealth health, TimeProvider time)
{
    /// <summary>Runs the work within a limit for all servers together; a server on which time ran out counts as failed.</summary>
    public async Task<T> RunAsync<T>(DirectorySettings directory, TimeSpan limit, Func<DirectorySession, CancellationToken, Task<T>> work, CancellationToken token)
    {
        using var deadline = new LdapDeadline(limit, time, token);
        var targets = await DirectoryTargets.OfAsync(directory, token);
        var password = directory.ServiceAccount is null ? null : await secret(directory, token);
        LdapException? last = null;
        foreach (var target in targets)
        {
            if (!health.MayTry(directory.Id, target.Server))
                continue;

            var isBound = false;
            try
            {
                var connection = await client.ConnectAsync(target, deadline.Token);
                await using var session = await DirectorySession.OpenAsync(directory, client, connection, password, deadline.Token);
                isBound = true;
                var result = await work(session, deadline.Token);
                health.Answered(directory.Id, target.Server);
                return result;
            }
            catch (LdapException e) when (e.MayAnotherServerHelp)
            {
                health.Failed(directory.Id, e.Server, e.Message);
                last = e;
            }
            catch (LdapResultException e) when (!isBound)
            {
                // A wrong service password tried at every sign-in, on every server, would lock the account out.
                foreach (var each in targets)
                    health.Failed(directory.Id, each.Server, e.Message);
                throw new DirectoryException(DirectoryTrouble.Refused, $"{e.Message} This was the service account: check its name and password.", e);
            }
            catch (OperationCanceledException) when (deadline.IsPast)
            {
                var why = $"{directory.Name}: {target.Server} answers, but too slowly: everything together took longer than {limit.TotalSeconds:0.#} s. Check how busy it is, or raise the time-out.";
                health.Failed(directory.Id, target.Server, why);
                throw new DirectoryException(DirectoryTrouble.Down, why);
            }
            catch (LdapResultException e)
            {
                health.Answered(directory.Id, target.Server);
                throw new DirectoryException(DirectoryTrouble.Refused, e.Message, e);
            }
        }

        throw last is not null
            ? new DirectoryException(DirectoryTrouble.Down, last.Message, last)
            : Resting(directory, targets);
    }

    private DirectoryException Resting(DirectorySettings directory, IEnumerable<LdapTarget> targets)
    {
        var first = targets.Select(target => health.Resting(directory.Id, target.Server)).Where(rest => rest is not null).MinBy(rest => rest!.Value.Until);
        return new DirectoryException(DirectoryTrouble.Down, first is { } rest
            ? $"{directory.Name} is left alone until {rest.Until:HH:mm:ss} UTC, because: {rest.Why}"
            : $"{directory.Name} is being tried by another sign-in. Try again in a moment.");
    }
}
