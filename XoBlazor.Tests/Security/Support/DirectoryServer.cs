using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>
/// A server whose people are in a real slapd, one that says yes to empty passwords, behind a relay that counts who comes. Shared by the tests of one
/// class: each brings people of its own.
/// </summary>
public sealed class DirectoryServer : IAsyncLifetime
{
    /// <summary>How many of each kind of person there are, one for each test that spoils them.</summary>
    private const int Each = 5;

    private readonly TestAuthority _authority = new();
    private readonly TestServer _server = new();
    private Slapd? _slapd;
    private Relay? _relay;

    internal TestServer Server => _server;

    internal Slapd Slapd => _slapd!;

    internal Relay Relay => _relay!;

    internal Requester Admin { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var people = string.Concat(Enumerable.Range(0, Each).SelectMany(i => (string[])["frank", "gina", "hugo", "erin"], (i, name) => ExampleDirectory.Person($"{name}{i}", name, $"{name}{i}@example.test")));
        var barred = ExampleDirectory.Person("barred", "Barred", "barred@example.test", more: ["pwdAccountLockedTime: 000001010000Z"]);
        _slapd = await Slapd.StartAsync(_authority, ExampleDirectory.Small + people + barred, new SlapdOptions { AllowUnauthenticatedBind = true });
        _relay = new Relay(_slapd.Address, Slapd.PlainPort);
        _server.Browser().Dispose();
        Admin = await _server.AdminAsync();
        var settings = Directories.Of(_slapd) with { Uris = [$"ldap://127.0.0.1:{_relay.Port}"], StartTls = false, AllowPlain = true };
        await _server.Get<DirectoryAdministration>().SaveAsync(Admin, settings, Slapd.ReaderPassword, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
        if (_slapd is not null)
            await _slapd.DisposeAsync();
        _authority.Dispose();
    }

    /// <summary>An account kept here.</summary>
    internal Task<Guid> LocalAsync(string name, string? mail = null) =>
        _server.Get<UserAdministration>().CreateAsync(Admin, new(name, TestServer.Password, Email: mail, MustChangePassword: false), Token);

    /// <summary>Somebody at a door, who never has to wait for the failures of others.</summary>
    internal async Task<Knocker> ApproachAsync(string door, string name, string? rightPassword = null)
    {
        var knock = await Doors.Find(door).ApproachAsync(_server, name, rightPassword ?? ExampleDirectory.PasswordOf(name));
        return (password, code) =>
        {
            var delay = _server.Get<AddressDelay>();
            while (delay.Count > 0)
                delay.Forgive(null);
            return knock(password, code);
        };
    }
}
