using System.Collections.Immutable;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

internal sealed partial class DirectoryTest
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(21);

    private static async Task<(DirectoryTestStep, ImmutableArray<LdapTarget>)> PrepareAsync(DirectorySettings directory, CancellationToken token)
    {
        try
        {
            var targets = await DirectoryTargets.OfAsync(directory, token);
            DirectoryUsers.UserFilterOf(directory);
            return (Step(DirectoryTestStage.Settings, $"{targets.Length} server{(targets.Length == 1 ? "" : "s")} to ask."), targets);
        }
        catch (DirectoryException e)
        {
            return (new(DirectoryTestStage.Settings, DirectoryTestOutcome.Failed, e.Message), default);
        }
    }

    // Name, connection and TLS are one call; how far it came says which of them were passed.
    private async Task<(List<DirectoryTestStep>, IDirectoryConnection?)> ConnectAsync(LdapTarget target, CancellationToken token)
    {
        var begun = time.GetTimestamp();
        IDirectoryConnection? connection = null;
        LdapException? failure = null;
        try
        {
            connection = await client.ConnectAsync(target, token);
        }
        catch (LdapException e)
        {
            failure = e;
        }

        var steps = new List<DirectoryTestStep>();
        Add(DirectoryTestStage.Resolved, LdapStage.Resolving, () => Step(DirectoryTestStage.Resolved, $"{target.Host} has an address."));
        Add(DirectoryTestStage.Connected, LdapStage.Connecting, () =>
            Step(DirectoryTestStage.Connected, $"Port {target.Port} answers.", connection is null ? [] : [new("Address", connection.RemoteAddress)]));
        Add(DirectoryTestStage.Secured, LdapStage.Handshake, () => Secured(connection!));
        return ([.. steps.Select(step => step with { Server = target.Server, Took = time.GetElapsedTime(begun) })], connection);

        void Add(DirectoryTestStage stage, LdapStage until, Func<DirectoryTestStep> passed)
        {
            if (steps is [.., { Outcome: DirectoryTestOutcome.Failed }])
                return;
            steps.Add(failure is null || failure.Stage > until
                ? passed()
                : new(stage, DirectoryTestOutcome.Failed, failure.Message) { Facts = Facts((failure as LdapUnreachableException)?.Certificate) });
        }
    }

    private DirectoryTestStep Secured(IDirectoryConnection connection)
    {
        if (connection.Certificate is not { } certificate)
            return new(DirectoryTestStage.Secured, DirectoryTestOutcome.Warning, "Nothing is encrypted: every name and password can be read on the way. Choose LDAPS or StartTLS.");

        ImmutableArray<DirectoryTestFact> facts = [new("Protocol", connection.TlsVersion ?? ""), .. Facts(certificate)];
        if (!connection.Target.Trust.IsChecked)
            return new(DirectoryTestStage.Secured, DirectoryTestOutcome.Warning, "Encrypted, but the certificate is not checked: anybody on the way can pretend to be this server. Paste its CA and turn the check on.") { Facts = facts };
        return certificate.NotAfter - time.GetUtcNow() < s_soon
            ? new(DirectoryTestStage.Secured, DirectoryTestOutcome.Warning, $"Encrypted and checked, but the certificate ends on {certificate.NotAfter:yyyy-MM-dd}. Renew it on the server.") { Facts = facts }
            : Step(DirectoryTestStage.Secured, "Encrypted, and the certificate is that of this server.", facts);
    }

    private async Task<(DirectoryTestStep, DirectorySession?)> BindAsync(DirectorySettings directory, IDirectoryConnection connection, CancellationToken token)
    {
        var begun = time.GetTimestamp();
        DirectorySession? session = null;
        DirectoryTestStep step;
        try
        {
            var password = directory.ServiceAccount is null ? null : await secret(directory, token);
            session = await DirectorySession.OpenAsync(directory, client, connection, password, token);
            step = directory.ServiceAccount is null
                ? new(DirectoryTestStage.Bound, DirectoryTestOutcome.Warning, "Nobody is bound: searching works only as far as the directory tells everybody. Give a service account.")
                : Step(DirectoryTestStage.Bound, "The service account is bound.", [new("As", await WhoAsync(connection, token))]);
        }
        catch (Exception e) when (e is LdapException or DirectoryException)
        {
            step = new(DirectoryTestStage.Bound, DirectoryTestOutcome.Failed, e.Message);
        }

        return (step with { Server = connection.Target.Server, Took = time.GetElapsedTime(begun) }, session);
    }

    private static async Task<string> WhoAsync(IDirectoryConnection connection, CancellationToken token)
    {
        try
        {
            return LdapWords.Printable(await connection.WhoAmIAsync(token));
        }
        catch (LdapResultException)
        {
            return "the server does not say";
        }
    }

    private static async Task<DirectoryTestStep> CountUsersAsync(DirectorySession session, CancellationToken token)
    {
        var directory = session.Directory;
        var search = DirectoryUsers.Search(directory, DirectoryUsers.UserFilterOf(directory).Anybody()) with { Attributes = [directory.NameAttribute] };
        var count = 0;
        var names = new List<string>();
        await foreach (var (entry, _) in session.SearchAsync(search, token))
            if (count++ < MostShown)
                names.Add(LdapWords.Printable(entry.Text(directory.NameAttribute) ?? entry.Dn));
        return count == 0
            ? new(DirectoryTestStage.Searched, DirectoryTestOutcome.Failed, $"There is no user under {directory.UserBase}. Check base and filter, and that the service account may read users.")
            : Step(DirectoryTestStage.Searched, $"{count} user{(count == 1 ? "" : "s")} could sign in.", [new("Users", Some(names, count)), .. Unfollowed(session)]);
    }

    private static async Task<DirectoryTestStep> CountGroupsAsync(DirectorySession session, CancellationToken token)
    {
        var count = 0;
        var names = new List<string>();
        await foreach (var group in DirectoryGroups.ListAsync(session, token))
            if (count++ < MostShown)
                names.Add(group.Name);
        return count == 0
            ? new(DirectoryTestStage.GroupsListed, DirectoryTestOutcome.Failed, $"There is no group under {session.Directory.Groups!.Base}. Check group base, filter, id and name attribute.")
            : Step(DirectoryTestStage.GroupsListed, $"{count} group{(count == 1 ? "" : "s")} to choose from.", [new("Groups", Some(names, count))]);
    }

    private static async Task<(DirectoryTestStep, FoundEntry?)> FindAsync(DirectorySession session, string name, CancellationToken token)
    {
        if (!DirectoryUsers.IsName(name))
            return (new(DirectoryTestStage.Found, DirectoryTestOutcome.Failed, "This cannot be a name: it is too long or holds control characters."), null);

        var found = await DirectoryUsers.FindAsync(session, name, token);
        ImmutableArray<DirectoryTestFact> facts =
            [new("Filter", DirectoryUsers.UserFilterOf(session.Directory).Named(name).ToString()), .. found.Select(one => new DirectoryTestFact("Entry", LdapWords.Printable(one.Entry.Dn)))];
        return found.Count switch
        {
            0 => (new(DirectoryTestStage.Found, DirectoryTestOutcome.Failed, "The filter finds nobody with this name. Check base, filter and spelling.") { Facts = facts }, null),
            1 => (Step(DirectoryTestStage.Found, "The filter finds one entry.", facts), found[0]),
            _ => (new(DirectoryTestStage.Found, DirectoryTestOutcome.Failed, "The filter finds more than one entry, so this name cannot sign in. Narrow base or filter.") { Facts = facts }, null),
        };
    }

    private static async Task<DirectoryTestStep> BindAsUserAsync(DirectorySession session, FoundEntry user, string password, CancellationToken token)
    {
        if (!LdapConnection.MayBeSent(password) || !LdapConnection.MayBeSent(user.Entry.Dn))
            return new(DirectoryTestStage.SignedIn, DirectoryTestOutcome.Failed, "A blank password is never sent: many directories take it for nobody's and say yes.");
        await session.BindAsUserAsync(user.Server, user.Entry.Dn, password, token);
        return Step(DirectoryTestStage.SignedIn, "The password is right.");
    }

    private static DirectoryTestStep Describe(DirectoryAccount account, AccountProblem? problem)
    {
        ImmutableArray<DirectoryTestFact> facts =
            [new("Id", account.Id), new("Name", account.Name), new("Full name", account.DisplayName ?? "none"), new("Mail", account.Mail ?? "none")];
        return problem is { } one
            ? new(DirectoryTestStage.Account, DirectoryTestOutcome.Failed, $"Nobody gets in with it: {one.Words()}.") { Facts = facts }
            : Step(DirectoryTestStage.Account, "The account is in order.", facts);
    }

    private static DirectoryTestStep Describe(ImmutableArray<DirectoryGroup> groups) => groups.IsEmpty
        ? new(DirectoryTestStage.Groups, DirectoryTestOutcome.Warning, "The account is in no group that is seen. If it should be, check group base, filter and how members are listed.")
        : Step(DirectoryTestStage.Groups, $"The account is in {groups.Length} group{(groups.Length == 1 ? "" : "s")}.",
            [.. groups.Take(MostShown * 5).Select(group => new DirectoryTestFact(group.Name, LdapWords.Printable(group.Dn)))]);

    private static DirectoryTestStep Roles(DirectorySettings directory, DirectoryAccount account)
    {
        var targets = account.Targets(directory).ToList();
        return targets.Count == 0
            ? new(DirectoryTestStage.Roles, DirectoryTestOutcome.Warning, "None of these groups is mapped: the account could sign in and would see only what is granted to it by itself.")
            : Step(DirectoryTestStage.Roles, "The mappings give this.", [.. targets.Select(Fact)]);

        static DirectoryTestFact Fact(DirectoryGroupTarget target) => target switch
        {
            DirectoryGroupTarget.Role role => new("Role", role.Scope is null ? role.RoleId : $"{role.RoleId} on {role.Scope}"),
            DirectoryGroupTarget.LocalGroup group => new("Local group", group.GroupId.ToString()),
            _ => throw new InvalidOperationException("This is no target of a mapping."),
        };
    }

    private static ImmutableArray<DirectoryTestFact> Facts(LdapCertificate? certificate) => certificate is null
        ? []
        :
        [
            new("Certificate of", LdapWords.Printable(certificate.Subject)),
            new("Names", LdapWords.Printable(string.Join(", ", certificate.Names))),
            new("Issued by", LdapWords.Printable(certificate.Issuer)),
            new("Valid", $"{certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}"),
            new("SHA-256", certificate.Sha256),
        ];

    private static IEnumerable<DirectoryTestFact> Unfollowed(DirectorySession session) =>
        session.Unfollowed.Select(pointer => new DirectoryTestFact("Not followed", pointer));

    private static string Some(List<string> names, int count) => string.Join(", ", names) + (count > names.Count ? ", …" : "");

    private static DirectoryTestStep Step(DirectoryTestStage stage, string text, ImmutableArray<DirectoryTestFact> facts = default) =>
        new(stage, DirectoryTestOutcome.Passed, text) { Facts = facts.IsDefault ? [] : facts };
}
