using System.Net;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>
/// A server on a port with one pool, whose every text names the object it belongs to, and with people who were given nothing, one VM to
/// look at, one VM to run, or everything. Whoever hears a text of an object that is not theirs has found a hole. Shared by the tests of the
/// faces: they change only what is their own.
/// </summary>
public sealed class Estate : IAsyncLifetime
{
    /// <summary>What begins every text that somebody must not hear.</summary>
    public const string Canary = "canary-";

    /// <summary>Somebody else.</summary>
    public const string Zoe = Canary + "user-zoe";

    /// <summary>Of everybody but the administrator.</summary>
    internal const string Password = "four words make one";

    private static readonly string[] s_administration = ["user-zoe", "group-night-shift", "role-janitor", "group-words", "role-words", "directory"];

    private readonly TestServer _server = new();
    private SamplePool _pool = null!;
    private Browser? _browser;

    internal TestServer Server => _server;

    internal SamplePool Pool => _pool;

    internal Uri Address => _server.Address!;

    /// <summary>Given nothing; Viewer of one VM; Operator of another one; Administrator.</summary>
    internal Person Nobody { get; private set; } = null!;

    internal Person Viewer { get; private set; } = null!;

    internal Person Operator { get; private set; } = null!;

    internal Person Administrator { get; private set; } = null!;

    /// <summary>What others have and did: targets for those who may not.</summary>
    internal Others Others { get; private set; } = null!;

    internal IReadOnlyList<Person> People => [Person.Anonymous, Nobody, Viewer, Operator, Administrator];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.OnAPort();
        _pool = new SamplePool(_server.Get<ObjectStore>(), hosts: 2, vms: 8);
        _pool.Apply([.. Objects().Select(value => Hostility.Poison(value, TextOf(value)))]);
        var admin = await _server.AdminAsync();
        Administrator = await PersonAsync(admin, TestServer.Admin, TestServer.Password);
        Nobody = await MakeAsync(admin, "norma");
        Viewer = await MakeAsync(admin, "vera", (Role.Viewer, Vm(1)));
        Operator = await MakeAsync(admin, "olaf", (Role.Operator, Vm(2)));
        var zoe = await _server.Get<UserAdministration>().CreateAsync(admin, new(Zoe, Password, MustChangePassword: false), Token);
        var shift = await _server.Get<GroupAdministration>().CreateAsync(admin, Canary + s_administration[1], Canary + s_administration[3], Token);
        await _server.Get<GroupAdministration>().AddMemberAsync(admin, shift, zoe, Token);
        var janitor = await _server.Get<RoleAdministration>().CreateAsync(admin, Canary + s_administration[2], Canary + s_administration[4], ["vm.start"], Token);
        var grant = await _server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.Group, shift, janitor, AccessScope.Everything.Instance, Token);
        var directory = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), Canary + s_administration[5], "dc=example,dc=test", "ldaps://127.0.0.1:9") with { IsEnabled = false };
        await _server.Get<DirectoryAdministration>().SaveAsync(admin, directory, null, Token);
        var config = await _server.Get<CloudConfigs>().CreateAsync(admin, "web servers", "#cloud-config", isNetwork: false, Token);
        await PersonAsync(admin, Zoe, Password);
        Others = new(zoe, _server.Get<SignInSessions>().Of(zoe)[0].Id, (await _server.Get<ApiTokens>().ListAsync(zoe, Token))[0].Id, shift, janitor, grant, directory.Id, config.Id);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _pool.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Everything in the pool.</summary>
    internal IEnumerable<XapiObject> Objects() => Enum.GetValues<XapiClass>().SelectMany(type => _pool.Picture.All(type));

    internal Vm Vm(int index) => _pool.Vm(index);

    /// <summary>What stands in every text of an object.</summary>
    internal static string TextOf(XapiObject value) => $"{Canary}{value.Class}-{value.Ref["OpaqueRef:".Length..]}.".ToLowerInvariant();

    /// <summary>The objects that do not exist for somebody.</summary>
    internal IReadOnlyList<XapiObject> HiddenFrom(Person person)
    {
        var engine = _server.Get<AccessEngine>();
        return [.. Objects().Where(value => person.Actor is null || !engine.Allows(person.Actor, Right.View, _pool.Picture, value))];
    }

    /// <summary>The texts that somebody must not hear, whatever they ask.</summary>
    internal IReadOnlyList<string> SecretsFrom(Person person) => person == Administrator ? [] :
        [.. HiddenFrom(person).Select(TextOf), .. s_administration.Select(name => Canary + name)];

    /// <summary>A client that shows what the person has, and nothing by itself.</summary>
    internal HttpClient Client(Person person, bool withToken = false)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (withToken && person.Token.Length > 0)
            client.DefaultRequestHeaders.Authorization = new("Bearer", person.Token);
        else if (person.Cookie.Length > 0)
            client.DefaultRequestHeaders.Add("Cookie", person.Cookie);
        return client;
    }

    /// <summary>Chromium with the person's cookie, on an empty page.</summary>
    internal async Task<Microsoft.Playwright.IPage> PageAsync(Person person)
    {
        _browser ??= await Browser.StartAsync();
        var page = await _browser.OpenAsync("about:blank");
        if (person.Cookie.Split('=', 2) is [var name, var value])
            await page.Context.AddCookiesAsync([new() { Name = name, Value = value, Url = Address.AbsoluteUri }]);
        return page;
    }

    /// <summary>A user of the test's own, signed in.</summary>
    internal async Task<Person> MakeAsync(Requester admin, string name, params (Role Role, XapiObject On)[] grants)
    {
        var id = await _server.Get<UserAdministration>().CreateAsync(admin, new(name, Password, MustChangePassword: false), Token);
        foreach (var (role, on) in grants)
            await _server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, role.Id, new AccessScope.OfObject(_pool.Picture.Key(on)), Token);
        return await PersonAsync(admin, name, Password);
    }

    private async Task<Person> PersonAsync(Requester admin, string name, string password)
    {
        using var browser = _server.Browser();
        using var answer = await browser.SignInAsAsync(name, password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("xo-session=", StringComparison.Ordinal)).Split(';')[0];
        var account = (await _server.AccountAsync(name)).Id;
        var token = await _server.Get<ApiTokens>().CreateAsync(admin, account, "token of " + name, TimeSpan.FromDays(1), null, Token);
        return new(name, new Actor(AccessPolicyFeed.Text(account), name), cookie, token);
    }
}

/// <summary>The tests that share one server.</summary>
[CollectionDefinition(nameof(Estate))]
public sealed class EstateCollection : ICollectionFixture<Estate>;
