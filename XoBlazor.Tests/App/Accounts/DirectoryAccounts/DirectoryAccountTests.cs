using System.Net;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Accounts.DirectoryAccounts;

/// <summary>People of a real slapd sign in to the whole server, and have what the directory says at that moment.</summary>
public sealed class DirectoryAccountTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private readonly TestServer _server = new();
    private Slapd _slapd = null!;
    private Requester _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DirectoryAdministration Administration => _server.Get<DirectoryAdministration>();

    public async ValueTask InitializeAsync()
    {
        _server.Browser().Dispose();
        _admin = await _server.AdminAsync();
        _slapd = await Slapd.StartAsync(_authority, ExampleDirectory.Small);
    }

    public async ValueTask DisposeAsync()
    {
        await _slapd.DisposeAsync();
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task SignIn_ThroughADirectory_GivesWhatItsGroupsAreMappedTo()
    {
        await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Operator.Id)));
        using var browser = _server.Browser();

        var answer = await browser.SignInAsAsync("Alice", ExampleDirectory.PasswordOf("alice"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var alice = await _server.AccountAsync("alice");
        Assert.Equal(("Alice Liddell", "alice@example.test", ExampleDirectory.AliceId), (alice.DisplayName, alice.Email, alice.DirectoryUserId));
        Assert.Null(alice.PasswordHash);
        Assert.True(await _server.AllowsEverywhereAsync("alice", Right.View));
        Assert.Equal([new("with", "password of Example")], _server.Audit("sign-in")[^1].Parameters);
        Assert.Contains("staff", Assert.Single(_server.Audit("directory.join")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directories_AreAPluginThatIsAlwaysLoaded_AndWithoutItsWantNobodyIsAskedThere()
    {
        await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Operator.Id)));
        var (fleet, plugins) = (_server.Get<PluginFleet>(), _server.Get<PluginAdministration>());
        await _server.WaitAsync(() => fleet.Find("ldap")?.Status.State == PluginState.Loaded);
        await using var rpc = await RpcClient.AdminAsync(_server);
        var told = Assert.Single((await rpc.ResultAsync("plugin.get"))!.AsArray(), one => (string)one!["id"]! == "ldap")!;
        var unloading = await Assert.ThrowsAsync<AdministrationRefusedException>(() => plugins.UnloadAsync(_admin, "ldap", Token));
        using var before = _server.Browser();
        var first = await before.SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        await plugins.AcceptAsync(_admin, "ldap", [], [], Token);
        await _server.UntilAsync(async () => !await before.IsSignedInAsync());
        var without = await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));
        await plugins.AcceptAsync(_admin, "ldap", ["auth-provider: password, LDAP"], [], Token);
        var again = await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        Assert.Equal(("LDAP directories", "1.0.0", true, "loaded", false, true), ((string)told["name"]!, (string)told["version"]!, (bool)told["loaded"]!, (string)told["state"]!, (bool)told["unloadable"]!, (bool)told["builtIn"]!));
        Assert.Equal(["auth-provider: password, LDAP"], told["wants"]!.AsArray().Select(one => (string)one!));
        Assert.Contains("is a part of the server and cannot be unloaded", unloading.Message, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Unauthorized, HttpStatusCode.Found), (first.StatusCode, without.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task SignIn_AgainAfterTheGroupWasLost_HasNothingAnyMore()
    {
        await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Administrator.Id)));
        await InAsync("alice");
        var before = await _server.AllowsEverywhereAsync("alice", AdministrationRights.Users);
        await EmptyStaffAsync();

        await InAsync("alice");

        Assert.True(before);
        Assert.False(await _server.AllowsEverywhereAsync("alice", Right.View));
        await using var database = await _server.DatabaseAsync();
        Assert.Empty(await database.GroupMembers.ToListAsync(Token));
    }

    [Fact]
    public async Task Synchronise_LostGroup_NarrowsWithoutSigningInAgain()
    {
        var settings = await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Viewer.Id, ScopeText.Write(AccessScope.Everything.Instance))));
        await InAsync("alice");
        await InAsync("bob");
        await EmptyStaffAsync();

        var report = await Administration.SynchroniseAsync(_admin, settings.Id, Token);

        Assert.Equal((2, 1, 0, null), (report.Accounts, report.Changed, report.Disabled, report.Problem));
        Assert.False(await _server.AllowsEverywhereAsync("alice", Right.View));
        Assert.Equal(report, await _server.Get<DirectorySyncRunner>().LastAsync(settings.Id, Token));
    }

    [Fact]
    public async Task Synchronise_VanishedAndBarredPeople_LoseSessionsAndRightsUntilTheDirectoryHasThemAgain()
    {
        var settings = await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Viewer.Id)));
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob");
        await _slapd.ModifyAsync($"""
            dn: uid=bob,{ExampleDirectory.People}
            changetype: delete

            """);
        await BarAliceAsync();

        var report = await Administration.SynchroniseAsync(_admin, settings.Id, Token);

        Assert.Equal((2, 0, 2), (report.Accounts, report.Changed, report.Disabled));
        Assert.Equal(HttpStatusCode.Unauthorized, (await alice.GetAsync("/nothing-here", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bob.GetAsync("/nothing-here", Token)).StatusCode);
        Assert.False(await _server.AllowsEverywhereAsync("alice", Right.View));
        Assert.Equal(["alice", "bob"], _server.Audit("user.disable").Select(record => record.Target!.Name).Order());
        await FreeAliceAsync();
        await InAsync("alice");
        Assert.True(await _server.AllowsEverywhereAsync("alice", Right.View));
    }

    [Fact]
    public async Task Synchronise_PersonWhomTheDirectoryHasAgain_IsEnabledWithTheGroupsOfNow()
    {
        var settings = await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Viewer.Id)));
        await InAsync("alice");
        await BarAliceAsync();
        await Administration.SynchroniseAsync(_admin, settings.Id, Token);
        var still = await Administration.SynchroniseAsync(_admin, settings.Id, Token);
        var barred = await _server.AllowsEverywhereAsync("alice", Right.View);
        await FreeAliceAsync();

        var report = await Administration.SynchroniseAsync(_admin, settings.Id, Token);

        Assert.Equal((0, 0, 0), (still.Changed, still.Disabled, still.Enabled));
        Assert.Equal((1, 0, 0, 1), (report.Accounts, report.Changed, report.Disabled, report.Enabled));
        Assert.Equal((false, true), (barred, await _server.AllowsEverywhereAsync("alice", Right.View)));
        Assert.Equal("alice", Assert.Single(_server.Audit("user.enable")).Target!.Name);
    }

    [Fact]
    public async Task Synchronise_EntryThatCannotBeUsed_KeepsNobodyElseInAndIsTold()
    {
        var settings = await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Viewer.Id), Settings() with { NameAttribute = "cn" }));
        await InAsync("alice");
        await InAsync("bob");
        await EmptyStaffAsync();
        await _slapd.ModifyAsync($"""
            dn: uid=bob,{ExampleDirectory.People}
            changetype: modify
            replace: cn
            cn: {new string('b', 300)}

            """);

        var report = await Administration.SynchroniseAsync(_admin, settings.Id, Token);

        Assert.Equal((2, 1), (report.Accounts, report.Changed));
        Assert.Contains("uid=bob", report.Problem, StringComparison.Ordinal);
        Assert.False(await _server.AllowsEverywhereAsync("Alice Liddell", Right.View));
    }

    [Fact]
    public async Task Synchronise_PersonWhomAnAdministratorDisabled_StaysOut()
    {
        var settings = await AddAsync(Settings());
        await InAsync("alice");
        await BarAliceAsync();
        await Administration.SynchroniseAsync(_admin, settings.Id, Token);
        await _server.Get<UserAdministration>().SetDisabledAsync(_admin, (await _server.AccountAsync("alice")).Id, true, Token);
        await FreeAliceAsync();

        var report = await Administration.SynchroniseAsync(_admin, settings.Id, Token);

        Assert.Equal(0, report.Enabled);
        Assert.True((await _server.AccountAsync("alice")).IsDisabled);
    }

    [Fact]
    public async Task SignIn_NewEntryUnderTheNameOfOneThatIsGone_IsRefusedWithWords()
    {
        await AddAsync(Settings());
        await InAsync("alice");
        var before = (await _server.AccountAsync("alice")).Id;
        await _slapd.ModifyAsync($"""
            dn: uid=alice,{ExampleDirectory.People}
            changetype: delete

            {ExampleDirectory.Person("alice", "Alice the Second", "second@example.test").Replace("\nobjectClass: inetOrgPerson", "\nchangetype: add\nobjectClass: inetOrgPerson", StringComparison.Ordinal)}

            """);

        var answer = await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Ask an administrator to remove the old account", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(before, (await _server.AccountAsync("alice")).Id);
    }

    [Fact]
    public async Task SignIn_AccountDisabledHere_IsRefusedWhateverTheDirectorySays()
    {
        await AddAsync(Settings());
        await InAsync("alice");
        await _server.Get<UserAdministration>().SetDisabledAsync(_admin, (await _server.AccountAsync("alice")).Id, true, Token);

        var answer = await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("disabled on this server", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_NameOfALocalAccount_IsNeverLinkedAndRefusedWithWords()
    {
        await AddAsync(Settings());
        await _server.Get<UserAdministration>().CreateAsync(_admin, new("alice", TestServer.Password, Email: "alice@example.test", MustChangePassword: false), Token);

        var local = await _server.Browser().SignInAsAsync("alice", TestServer.Password);
        var remote = await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        Assert.Equal(HttpStatusCode.Found, local.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, remote.StatusCode);
        Assert.Contains("a local account of that name", await remote.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Null((await _server.AccountAsync("alice")).DirectoryId);
    }

    [Fact]
    public async Task SignIn_PersonRenamedInTheDirectory_IsTheSameAccountUnderTheNewName()
    {
        await AddAsync(Settings());
        await InAsync("alice");
        var before = (await _server.AccountAsync("alice")).Id;
        await _slapd.ModifyAsync($"""
            dn: uid=alice,{ExampleDirectory.People}
            changetype: modrdn
            newrdn: uid=alicia
            deleteoldrdn: 1

            """);

        await InAsync("alicia", "alices secret");

        Assert.Equal(before, (await _server.AccountAsync("alicia")).Id);
    }

    [Fact]
    public async Task SignIn_DirectoryDown_LocalAdministratorsComeIn()
    {
        await AddAsync(Settings());
        await _slapd.KillAsync();

        var local = await TestServer.SignInAsync(_server.Browser());
        var remote = await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"));

        Assert.Equal(HttpStatusCode.Found, local.StatusCode);
        Assert.Contains("its directory cannot be asked at the moment", await remote.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordAgain_OfADirectorysPerson_IsAskedOfTheDirectory()
    {
        await AddAsync(Settings());
        await InAsync("alice");
        var (own, session) = (_server.Get<OwnAccount>(), await _server.SessionAsync("alice"));
        var alice = new Requester(new Actor(AccessPolicyFeed.Text((await _server.AccountAsync("alice")).Id), "alice"), "console");

        var wrong = await RefusedAsync("not the password");
        var blank = await RefusedAsync(" ");
        var early = own.HasProof(alice, session);
        await own.ProvePasswordAsync(alice, session, ExampleDirectory.PasswordOf("alice"), Token);
        var proven = own.HasProof(alice, session);
        await BarAliceAsync();
        var barred = await RefusedAsync(ExampleDirectory.PasswordOf("alice"));
        await _slapd.KillAsync();
        var down = await RefusedAsync(ExampleDirectory.PasswordOf("alice"));

        Assert.Equal((false, true), (early, proven));
        Assert.Equal(["The password is not right.", "Enter your password."], [wrong, blank]);
        Assert.Contains("Example does not let you in any more", barred, StringComparison.Ordinal);
        Assert.Contains("cannot be asked at the moment", down, StringComparison.Ordinal);
        Assert.Equal(1, (await _server.AccountAsync("alice")).AccessFailedCount);

        async Task<string> RefusedAsync(string password) =>
            (await Assert.ThrowsAsync<AdministrationRefusedException>(() => own.ProvePasswordAsync(alice, session, password, Token))).Message;
    }

    [Fact]
    public async Task Mappings_Changed_HoldAtOnceForThoseWhoAreIn()
    {
        var group = await _server.Get<GroupAdministration>().CreateAsync(_admin, "Locals", "", Token);
        await _server.Get<GrantAdministration>().AddAsync(_admin, SubjectKind.Group, group, Role.Viewer.Id, AccessScope.Everything.Instance, Token);
        var settings = await AddAsync(Settings());
        await InAsync("alice");
        var without = await _server.AllowsEverywhereAsync("alice", Right.View);

        await Administration.SaveAsync(_admin, Staff(new DirectoryGroupTarget.LocalGroup(group), settings), null, Token);
        var joined = await _server.AllowsEverywhereAsync("alice", Right.View);
        await Administration.SaveAsync(_admin, settings, null, Token);
        var left = await _server.AllowsEverywhereAsync("alice", Right.View);

        Assert.Equal((false, true, false), (without, joined, left));
    }

    [Fact]
    public async Task Disable_Directory_EndsTheSessionsOfItsPeople()
    {
        var settings = await AddAsync(Settings());
        using var alice = await InAsync("alice");

        await Administration.SetEnabledAsync(_admin, settings.Id, false, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await alice.GetAsync("/nothing-here", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Browser().SignInAsAsync("alice", ExampleDirectory.PasswordOf("alice"))).StatusCode);
    }

    [Fact]
    public async Task Remove_Directory_TakesItsPeopleGroupsAndGrantsAlong()
    {
        var settings = await AddAsync(Staff(new DirectoryGroupTarget.Role(Role.Viewer.Id)));
        using var alice = await InAsync("alice");
        var causes = await Administration.CountAsync(settings.Id, Token);

        await Administration.RemoveAsync(_admin, settings.Id, Token);

        Assert.Equal((1, 2), causes);
        Assert.Equal(HttpStatusCode.Unauthorized, (await alice.GetAsync("/nothing-here", Token)).StatusCode);
        await using var database = await _server.DatabaseAsync();
        Assert.Equal([TestServer.Admin], await database.Users.Select(one => one.UserName).ToListAsync(Token));
        Assert.Empty(await database.Groups.ToListAsync(Token));
        Assert.Single(await database.Grants.ToListAsync(Token));
    }

    [Fact]
    public async Task Save_OtherServersWithTheKeptPassword_IsRefused()
    {
        var settings = await AddAsync(Settings());

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.SaveAsync(_admin, settings with { Uris = ["ldaps://thief.example"] }, null, Token));
        var steps = Administration.TestAsync(_admin, settings with { Uris = ["ldaps://thief.example"] }, null, null, null, Token);
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.FindGroupsAsync(_admin, settings with { Uris = ["ldaps://thief.example"] }, null, "staff", Token));

        Assert.Contains("Enter the service account's password again", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AdministrationRefusedException>(async () => await steps.AnyAsync(Token));
    }

    [Fact]
    public async Task Administer_WithoutTheRight_IsRefused()
    {
        var settings = await AddAsync(Settings());
        var nobody = new Requester(new Actor(Guid.NewGuid().ToString(), "nobody"), "console");

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.SaveAsync(nobody, settings, null, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.SetEnabledAsync(nobody, settings.Id, false, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.MoveAsync(nobody, settings.Id, true, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.RemoveAsync(nobody, settings.Id, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.SynchroniseAsync(nobody, settings.Id, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Administration.FindGroupsAsync(nobody, settings, null, "staff", Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(async () => await Administration.TestAsync(nobody, settings, null, null, null, Token).AnyAsync(Token));
        Assert.Equal(settings.Id, Assert.Single(_server.Get<DirectoryStore>().Current).Id);
    }

    private DirectorySettings Settings() => Directories.Of(_slapd);

    private DirectorySettings Staff(DirectoryGroupTarget target, DirectorySettings? settings = null) =>
        (settings ?? Settings()) with { Mappings = [new($"CN=staff, {ExampleDirectory.Groups}", target)] };

    private async Task<DirectorySettings> AddAsync(DirectorySettings settings)
    {
        await Administration.SaveAsync(_admin, settings, Slapd.ReaderPassword, Token);
        return Assert.Single(_server.Get<DirectoryStore>().Current);
    }

    private async Task<HttpClient> InAsync(string name, string? password = null)
    {
        var browser = _server.Browser();
        Assert.Equal(HttpStatusCode.Found, (await browser.SignInAsAsync(name, password ?? ExampleDirectory.PasswordOf(name))).StatusCode);
        return browser;
    }

    private Task BarAliceAsync() => _slapd.ModifyAsync($"""
        dn: uid=alice,{ExampleDirectory.People}
        changetype: modify
        add: pwdAccountLockedTime
        pwdAccountLockedTime: 000001010000Z

        """);

    private Task FreeAliceAsync() => _slapd.ModifyAsync($"""
        dn: uid=alice,{ExampleDirectory.People}
        changetype: modify
        delete: pwdAccountLockedTime

        """);

    private Task EmptyStaffAsync() => _slapd.ModifyAsync($"""
        dn: cn=staff,{ExampleDirectory.Groups}
        changetype: modify
        delete: member
        member: uid=alice,{ExampleDirectory.People}

        """);
}
