using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.DirectoryAccounts;

/// <summary>Guesses at the people of a real slapd: many at once are no more than one after the other, whatever their address and the name they use.</summary>
public sealed class DirectoryGuessingTests : IAsyncLifetime
{
    private const int UntilTheLock = 5;

    private readonly TestAuthority _authority = new();
    private readonly TestServer _server = new();
    private Slapd _slapd = null!;
    private Relay _relay = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.Browser().Dispose();
        _slapd = await Slapd.StartAsync(_authority, ExampleDirectory.Small, new SlapdOptions { TellsOfBinds = true });
        _relay = new Relay(_slapd.Address, Slapd.PlainPort);
        var settings = Directories.Of(_slapd) with
        {
            Uris = [$"ldap://127.0.0.1:{_relay.Port}"],
            StartTls = false,
            AllowPlain = true,
            UserFilter = "(&(objectClass=inetOrgPerson)(|(uid={name})(cn={name})))",
        };
        await _server.Get<DirectoryAdministration>().SaveAsync(await _server.AdminAsync(), settings, Slapd.ReaderPassword, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _relay.DisposeAsync();
        await _slapd.DisposeAsync();
        _authority.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Guesses_AllAtOnceFromAsManyAddresses_ReachTheDirectoryUntilTheLockAndNoFurther(bool hasAccountHere)
    {
        if (hasAccountHere)
            Assert.Equal(HttpStatusCode.OK, await KnockAsync("alice", ExampleDirectory.PasswordOf("alice"), address: 200));
        var before = _slapd.Binds($"uid=alice,{ExampleDirectory.People}");

        // Under the two names that find her, each spelt in two ways.
        string[] names = ["alice", "Alice Liddell", "ALICE", "alice liddell"];
        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Task.Run(() => KnockAsync(names[i % names.Length], $"wrong password {i}", i))));
        var right = await KnockAsync("alice", ExampleDirectory.PasswordOf("alice"), address: 201);

        Assert.All([.. answers, right], status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(UntilTheLock, _slapd.Binds($"uid=alice,{ExampleDirectory.People}") - before);
        Assert.Single(_server.Audit("sign-in.lock"));
        Assert.Equal(0, _server.Get<GuessTurns>().Count);
    }

    [Fact]
    public async Task Guess_OfSomebodyWhoGoesAway_IsCountedAllTheSame()
    {
        Assert.Equal(HttpStatusCode.OK, await KnockAsync("alice", ExampleDirectory.PasswordOf("alice"), address: 1));
        using var stays = new CancellationTokenSource();
        await using var scope = _server.Services.CreateAsyncScope();
        var before = _relay.Connections;
        _relay.Hang();

        var guess = scope.ServiceProvider.GetRequiredService<SignInProof>().ProveAsync("alice", "wrong password", "192.0.2.1", stays.Token);
        await _server.WaitAsync(() => _relay.Connections > before);
        await stays.CancelAsync();
        _relay.GoOn();
        await guess.WaitAsync(Patience.Limit, Token);

        Assert.Equal(1, (await _server.AccountAsync("alice")).AccessFailedCount);
    }

    [Fact]
    public async Task Stranger_WhoComesInAtLast_BeginsAnew()
    {
        var strangers = _server.Get<StrangerLocks>();
        await KnockAsync("bob", "wrong password", address: 1);
        var before = strangers.Count;

        var right = await KnockAsync("bob", ExampleDirectory.PasswordOf("bob"), address: 2);
        await KnockAsync("nobody-of-this-name", "wrong password", address: 3);

        Assert.Equal((1, HttpStatusCode.OK, 0), (before, right, strangers.Count));
    }

    /// <summary>Asks the REST API for something with name and password, from an address of one's own.</summary>
    private async Task<HttpStatusCode> KnockAsync(string name, string password, int address) => (HttpStatusCode)(await _server.Server.SendAsync(request =>
    {
        request.Connection.RemoteIpAddress = IPAddress.Parse($"192.0.2.{address}");
        request.Request.Method = HttpMethods.Get;
        request.Request.Path = "/rest/v0/vms";
        request.Request.Headers.Authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}";
    }, Token)).Response.StatusCode;
}
