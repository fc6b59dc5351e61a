using System.Runtime.CompilerServices;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>An entry and the server that holds it, which is where its owner has to bind.</summary>
internal readonly record struct FoundEntry(LdapEntry Entry, LdapTarget Server);

/// <summary>
/// A directory opened for reading: a connection bound as the service account, and those to servers it pointed to, where the settings
/// let them be followed: at most so many, never back to the same place, with the same TLS, certificate check and account, and with our
/// filter. For one caller at a time.
/// </summary>
internal sealed class DirectorySession : IAsyncDisposable
{
    private const int MostReferrals = 20;
    private const int MostHops = 5;

    private readonly IDirectoryClient _client;
    private readonly string? _password;
    private readonly Dictionary<string, IDirectoryConnection> _connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _unfollowed = [];

    private DirectorySession(DirectorySettings directory, IDirectoryClient client, IDirectoryConnection main, string? password)
    {
        Directory = directory;
        _client = client;
        _password = password;
        Main = main;
        _connections.Add(main.Target.Server, main);
    }

    public DirectorySettings Directory { get; }

    public IDirectoryConnection Main { get; }

    /// <summary>Where we were pointed to and did not go, or could not, in words.</summary>
    public IReadOnlyList<string> Unfollowed => _unfollowed;

    /// <summary>Binds the service account on a fresh connection, which belongs to the session from then on, also when this fails.</summary>
    public static async Task<DirectorySession> OpenAsync(
        DirectorySettings directory, IDirectoryClient client, IDirectoryConnection connection, string? password, CancellationToken token)
    {
        var session = new DirectorySession(directory, client, connection, password);
        try
        {
            await session.BindAsync(connection, token);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The entries of a search, those on followed servers included.</summary>
    public async IAsyncEnumerable<FoundEntry> SearchAsync(LdapSearch search, [EnumeratorCancellation] CancellationToken token)
    {
        var visited = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Place(Main.Target, search) };
        var open = new Queue<(IDirectoryConnection Connection, LdapSearch Search, int Hop)>([(Main, search, 0)]);
        while (open.TryDequeue(out var next))
        {
            var pointers = new List<(IReadOnlyList<string> Uris, LdapResultException? Referral)>();
            await using (var items = next.Connection.SearchAsync(next.Search, token).GetAsyncEnumerator(token))
            {
                while (true)
                {
                    try
                    {
                        if (!await items.MoveNextAsync())
                            break;
                    }
                    catch (LdapResultException e) when (e.Code == LdapResultCode.Referral && Directory.FollowReferrals)
                    {
                        pointers.Add((e.Referrals, e));
                        break;
                    }

                    if (items.Current is LdapEntry entry)
                        yield return new FoundEntry(entry, next.Connection.Target);
                    else if (items.Current is LdapReference reference)
                        pointers.Add((reference.Uris, null));
                }
            }

            foreach (var (uris, referral) in pointers)
                if (!Directory.FollowReferrals)
                    Note(string.Join(", ", uris), "referrals are not followed");
                else if (await GoAsync(uris, next.Search, next.Hop + 1, visited, token) is { } there)
                    open.Enqueue((there.Connection, there.Search, next.Hop + 1));
                else if (referral is not null)
                    throw referral;
        }
    }

    /// <summary>Proves a person's password on a connection of its own to the server that holds the entry.</summary>
    public async Task BindAsUserAsync(LdapTarget server, string dn, string password, CancellationToken token)
    {
        await using var connection = await _client.ConnectAsync(server, token);
        await connection.BindAsync(dn, password, token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
            await connection.DisposeAsync();
    }

    private async Task BindAsync(IDirectoryConnection connection, CancellationToken token)
    {
        if (Directory.ServiceAccount is not { } account)
            return;
        if (_password is null || !LdapConnection.MayBeSent(_password) || !LdapConnection.MayBeSent(account))
            throw new DirectoryException(DirectoryTrouble.Settings, $"{Directory.Name}: the service account has no password, or none that may be sent. Enter it again.");
        await connection.BindAsync(account, _password, token);
    }

    // The addresses of one reference all lead to the same content: the first that will do is enough.
    private async Task<(IDirectoryConnection Connection, LdapSearch Search)?> GoAsync(
        IReadOnlyList<string> uris, LdapSearch search, int hop, HashSet<string> visited, CancellationToken token)
    {
        foreach (var text in uris)
        {
            if (hop > MostHops || visited.Count > MostReferrals)
                Note(text, "too many referrals");
            else if (!LdapUri.TryParse(text, out var uri))
                Note(text, "it cannot be read");
            else if (uri.IsTls != (Main.Target.Security == LdapSecurity.Ldaps))
                Note(text, "it is protected in another way than this directory");
            else
            {
                // Below a search of one level a reference stands for one entry (RFC 4511 §4.5.3).
                var there = search with { Base = uri.Base ?? search.Base, Scope = uri.Scope ?? (search.Scope == LdapScope.OneLevel ? LdapScope.Base : search.Scope) };
                var server = Main.Target with { Host = uri.Host, Port = uri.Port };
                if (!visited.Add(Place(server, there)))
                    return null;
                if (await ReachAsync(server, text, token) is { } connection)
                    return (connection, there);
            }
        }

        return null;
    }

    private async Task<IDirectoryConnection?> ReachAsync(LdapTarget server, string text, CancellationToken token)
    {
        if (_connections.TryGetValue(server.Server, out var known))
            return known;

        IDirectoryConnection? fresh = null;
        try
        {
            fresh = await _client.ConnectAsync(server, token);
            await BindAsync(fresh, token);
            _connections.Add(server.Server, fresh);
            return fresh;
        }
        catch (LdapException e)
        {
            if (fresh is not null)
                await fresh.DisposeAsync();
            Note(text, e.Message);
            return null;
        }
    }

    private void Note(string uri, string why)
    {
        if (_unfollowed.Count < MostReferrals)
            _unfollowed.Add($"{LdapWords.Printable(uri)}: {why}");
    }

    private static string Place(LdapTarget server, LdapSearch search) => $"{server.Server} {search.Scope} {DistinguishedName.Key(search.Base)}";
}
