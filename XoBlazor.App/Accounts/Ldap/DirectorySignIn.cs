using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Asks directories, in their order, who a name and a password belong to; the first that says yes counts. A directory in trouble is
/// passed by within its own time-out, and later at once, until it answers again. Thread-safe.
/// </summary>
/// <remarks>
/// Refusals must not tell which names exist. So every directory is asked whatever the one before said; a name that nobody has costs a
/// connection, a TLS handshake and a bind like one that exists (the bind goes to a random DN); and because servers may spend longer on
/// a real password's hash than on no entry, no refusal leaves before a fixed moment.
/// </remarks>
internal sealed partial class DirectorySignIn(DirectoryDialer dialer, TimeProvider time, ILogger<DirectorySignIn> log)
{
    private static readonly TimeSpan s_refusal = TimeSpan.FromSeconds(1);

    /// <param name="inTurn">Lets the password be tried on the person who was found.</param>
    public Task<DirectoryAnswer> SignInAsync(IReadOnlyList<DirectorySettings> directories, string name, string password, TryInTurn inTurn, CancellationToken token) =>
        AskAsync(directories, name, password, inTurn, token);

    /// <summary>
    /// For somebody who is not to come in whatever the directories say: asks them as for a name that nobody has, so that the refusal looks and costs like
    /// any other, and the password is not tried on the person.
    /// </summary>
    public async Task<DirectoryAnswer.Refused> RefuseAsync(IReadOnlyList<DirectorySettings> directories, string name, string password, CancellationToken token) =>
        (DirectoryAnswer.Refused)await AskAsync(directories, name, password, null, token);

    /// <summary>Whether a password is that of a person whom the directory vouched for before, found by the lasting id.</summary>
    public async Task<DirectoryAnswer> ProveAsync(DirectorySettings directory, string id, string password, TryInTurn inTurn, CancellationToken token) => LdapConnection.MayBeSent(password)
        ? await AskAsync(directory, (session, inner) => DirectoryUsers.FindByIdAsync(session, id, inner), null, password, inTurn, token)
        : Refuse(directory, DirectoryRefusalReason.NoPassword, "no password was given, or a blank one");

    private async Task<DirectoryAnswer> AskAsync(IReadOnlyList<DirectorySettings> directories, string name, string password, TryInTurn? inTurn, CancellationToken token)
    {
        if (!LdapConnection.MayBeSent(password))
            return new DirectoryAnswer.Refused(DirectoryRefusalReason.NoPassword) { Detail = "no password was given, or a blank one" };

        name = name.Trim();
        var begun = time.GetTimestamp();
        var refusals = new List<DirectoryAnswer.Refused>();
        foreach (var directory in directories.Where(directory => directory.IsEnabled && DirectoryUsers.IsName(name)))
        {
            var answer = await AskAsync(directory, (session, inner) => DirectoryUsers.FindAsync(session, name, inner), name, password, inTurn, token);
            if (answer is not DirectoryAnswer.Refused refused)
                return answer;
            refusals.Add(refused);
            if (refused.Reason == DirectoryRefusalReason.DirectoryTrouble)
                LogTrouble(log, refused.Detail);
        }

        var left = s_refusal - time.GetElapsedTime(begun);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, token);
        return refusals.MinBy(refused => Telling(refused.Reason)) is { } most
            ? most with { Troubles = [.. refusals.Where(refused => refused.Reason == DirectoryRefusalReason.DirectoryTrouble).Select(refused => refused.Detail)] }
            : new DirectoryAnswer.Refused(DirectoryRefusalReason.UnknownName) { Detail = "no directory was asked" };
    }

    // What a directory knows of the person says more than that another could not be asked, and that more than that a third knows nobody.
    private static int Telling(DirectoryRefusalReason reason) => reason switch
    {
        DirectoryRefusalReason.UnknownName => 2,
        DirectoryRefusalReason.DirectoryTrouble => 1,
        DirectoryRefusalReason.NoPassword or DirectoryRefusalReason.WrongPassword or DirectoryRefusalReason.Locked or DirectoryRefusalReason.Ambiguous or DirectoryRefusalReason.Barred => 0,
    };

    private async Task<DirectoryAnswer> AskAsync(
        DirectorySettings directory, Func<DirectorySession, CancellationToken, Task<List<FoundEntry>>> find, string? typed, string password, TryInTurn? inTurn,
        CancellationToken token)
    {
        try
        {
            return await dialer.RunAsync(directory, directory.SignInTimeout, async (session, inner) => await AskAsync(session, await find(session, inner), typed, password, inTurn, inner), token);
        }
        catch (DirectoryException e)
        {
            return Refuse(directory, DirectoryRefusalReason.DirectoryTrouble, e.Message);
        }
    }

    private async Task<DirectoryAnswer> AskAsync(DirectorySession session, List<FoundEntry> found, string? typed, string password, TryInTurn? inTurn, CancellationToken token)
    {
        var directory = session.Directory;
        if (inTurn is null || found.Count != 1)
        {
            await BindAsync(session, session.Main.Target, NobodysDn(directory), password, token);
            return inTurn is null || found.Count == 0
                ? Refuse(directory, DirectoryRefusalReason.UnknownName, $"{directory.Name} does not know the name")
                : Refuse(directory, DirectoryRefusalReason.Ambiguous, $"{directory.Name}: the name finds more than one entry; narrow the user base or filter until it finds one");
        }

        var (entry, server) = found[0];
        LdapResultException? refusal = null;
        var notTried = await inTurn(directory, ImmutableId.Of(entry, directory.IdAttribute) ?? entry.Dn, typed, async () =>
        {
            refusal = await BindAsync(session, server, entry.Dn, password, token);
            return IsWrongPassword(refusal);
        });
        if (notTried is not null)
        {
            await BindAsync(session, session.Main.Target, NobodysDn(directory), password, token);
            return Refuse(directory, DirectoryRefusalReason.Locked, notTried);
        }

        if (refusal is not null)
            return IsWrongPassword(refusal)
                ? Refuse(directory, DirectoryRefusalReason.WrongPassword, refusal.Message)
                : Refuse(directory, DirectoryRefusalReason.Barred, refusal.Message);
        if (AccountState.Of(entry, time.GetUtcNow()) is { } problem)
            return Refuse(directory, DirectoryRefusalReason.Barred, $"{directory.Name}: {LdapWords.Printable(entry.Dn)}: {problem.Words()}");

        var account = DirectoryUsers.Read(directory, entry, typed);
        return new DirectoryAnswer.Accepted(directory, account with { Groups = await DirectoryGroups.OfAsync(session, entry, token) });
    }

    /// <summary>The server's refusal, null when it said yes.</summary>
    private static async Task<LdapResultException?> BindAsync(DirectorySession session, LdapTarget server, string dn, string password, CancellationToken token)
    {
        if (!LdapConnection.MayBeSent(dn))
            throw new DirectoryException(DirectoryTrouble.Doubtful, $"{session.Directory.Name}: the entry found has no usable name. Check the user base.");
        try
        {
            await session.BindAsUserAsync(server, dn, password, token);
            return null;
        }
        catch (LdapResultException e) when (!e.MayAnotherServerHelp)
        {
            return e;
        }
    }

    private static bool IsWrongPassword(LdapResultException? refusal) => refusal is { Account: null or AccountProblem.NoSuchUser or AccountProblem.WrongPassword };

    private static string NobodysDn(DirectorySettings directory) => $"cn={Guid.NewGuid():N},{directory.UserBase}";

    private static DirectoryAnswer.Refused Refuse(DirectorySettings directory, DirectoryRefusalReason reason, string detail) =>
        new(reason) { Directory = directory, Detail = detail };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A directory could not be asked at a sign-in. {Trouble}")]
    private static partial void LogTrouble(ILogger log, string trouble);
}
