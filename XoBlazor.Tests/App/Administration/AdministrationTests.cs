using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Store;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Administration;

/// <summary>Users, groups, roles, grants and tokens, as an administrator changes them: what the engine says afterwards, and what the audit tells.</summary>
public sealed class AdministrationTests : IAsyncDisposable
{
    private const string Password = "a long enough password";

    private readonly TestServer _server = new();

    public AdministrationTests() => _server.Browser().Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private UserAdministration Users => Get<UserAdministration>();

    private GroupAdministration Groups => Get<GroupAdministration>();

    private RoleAdministration Roles => Get<RoleAdministration>();

    private GrantAdministration Grants => Get<GrantAdministration>();

    private AccessEngine Engine => Get<AccessEngine>();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task User_NewDisabledEnabledDeleted_HasWhatTheyAreGiven()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        var asAda = new Actor(AccessPolicyFeed.Text(ada), "ada");

        var fresh = Engine.AllowsEverywhere(asAda, Right.View);
        await Grants.AddAsync(admin, SubjectKind.User, ada, Role.Viewer.Id, AccessScope.Everything.Instance, Token);
        var given = Engine.AllowsEverywhere(asAda, Right.View);
        await Users.SetDisabledAsync(admin, ada, true, Token);
        var disabled = Engine.AllowsEverywhere(asAda, Right.View);
        await Users.SetDisabledAsync(admin, ada, false, Token);
        var enabled = Engine.AllowsEverywhere(asAda, Right.View);
        await Users.DeleteAsync(admin, ada, Token);

        Assert.Equal((false, true, false, true), (fresh, given, disabled, enabled));
        Assert.False(Engine.AllowsEverywhere(asAda, Right.View));
        await using var database = await DatabaseAsync();
        Assert.False(await database.Grants.AnyAsync(grant => grant.SubjectId == ada, Token));
    }

    [Fact]
    public async Task Audit_TellsAsWhichRoleSomethingWasDone()
    {
        var admin = await AdminAsync();
        var keeper = await Roles.CreateAsync(admin, "Keeper", "", [AdministrationRights.Users.Name, AdministrationRights.Groups.Name], Token);
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        await Grants.AddAsync(admin, SubjectKind.User, ada, keeper, AccessScope.Everything.Instance, Token);
        var asAda = new Requester(new Actor(AccessPolicyFeed.Text(ada), "ada"), "console");

        await Groups.CreateAsync(asAda, "night shift", "", Token);
        await Groups.CreateAsync(asAda with { Actor = asAda.Actor with { LimitedTo = keeper } }, "day shift", "", Token);
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Roles.CreateAsync(asAda, "More", "", [], Token));

        var records = Get<AuditLog>().ReadAfter(0, 1_000).Select(entry => entry.Record).Where(record => record.Actor.Name == "ada").ToList();
        Assert.Equal(["Keeper", "Keeper", "Keeper, limited to Keeper", "Keeper, limited to Keeper", null], records.Select(record => record.Actor.Role));
        Assert.Equal("Administrator", Get<AuditLog>().ReadAfter(0, 1_000).Select(entry => entry.Record).First(record => record.Action == "role.create").Actor.Role);
    }

    [Fact]
    public async Task Group_MembershipAndGrant_ComeAndGo()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        var group = await Groups.CreateAsync(admin, "Operators", "", Token);
        var asAda = new Actor(AccessPolicyFeed.Text(ada), "ada");
        await Grants.AddAsync(admin, SubjectKind.Group, group, Role.Operator.Id, AccessScope.Everything.Instance, Token);

        var outside = Engine.AllowsEverywhere(asAda, Right.View);
        await Groups.AddMemberAsync(admin, group, ada, Token);
        var inside = Engine.AllowsEverywhere(asAda, Right.View);
        await Groups.RemoveMemberAsync(admin, group, ada, Token);
        var gone = Engine.AllowsEverywhere(asAda, Right.View);
        await Groups.AddMemberAsync(admin, group, ada, Token);
        await Groups.DeleteAsync(admin, group, Token);

        Assert.Equal((false, true, false, false), (outside, inside, gone, Engine.AllowsEverywhere(asAda, Right.View)));
    }

    [Fact]
    public async Task LastAdministrator_CannotBeDisabledDeletedOrLoseTheGrant()
    {
        var admin = await AdminAsync();
        var id = Guid.Parse(admin.Actor.Id);
        await using var database = await DatabaseAsync();
        var grant = (await database.Grants.SingleAsync(one => one.SubjectId == id, Token)).Id;

        Task[] attempts = [Users.SetDisabledAsync(admin, id, true, Token), Users.DeleteAsync(admin, id, Token), Grants.RemoveAsync(admin, grant, Token)];

        foreach (var attempt in attempts)
            Assert.Contains("Make another local user an administrator first", (await Assert.ThrowsAsync<AdministrationRefusedException>(() => attempt)).Message, StringComparison.Ordinal);
        Assert.True(Engine.IsAdministrator(admin.Actor));
    }

    [Fact]
    public async Task LastAdministrator_ThroughAGroup_CountsAndIsKept()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        var group = await Groups.CreateAsync(admin, "Administrators", "", Token);
        await Groups.AddMemberAsync(admin, group, ada, Token);
        await Grants.AddAsync(admin, SubjectKind.Group, group, Role.Administrator.Id, AccessScope.Everything.Instance, Token);
        await Users.DeleteAsync(admin, Guid.Parse(admin.Actor.Id), Token);
        var asAda = new Requester(new Actor(AccessPolicyFeed.Text(ada), "ada"), "console");

        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Groups.RemoveMemberAsync(asAda, group, ada, Token));
        await Assert.ThrowsAsync<AdministrationRefusedException>(() => Groups.DeleteAsync(asAda, group, Token));

        Assert.True(Engine.IsAdministrator(asAda.Actor));
    }

    [Fact]
    public async Task Role_MadeChangedInUse_GivesItsRightsAndStays()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        var asAda = new Actor(AccessPolicyFeed.Text(ada), "ada");
        var start = Get<RightCatalogue>().Find("vm.start")!;
        var role = await Roles.CreateAsync(admin, "Starters", "", ["vm.start"], Token);
        await Grants.AddAsync(admin, SubjectKind.User, ada, role, AccessScope.Everything.Instance, Token);

        var before = Engine.AllowsEverywhere(asAda, start);
        await Roles.EditAsync(admin, role, "Lookers", "", [], Token);
        var after = Engine.AllowsEverywhere(asAda, start);
        var inUse = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Roles.DeleteAsync(admin, role, Token));
        var builtIn = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Roles.EditAsync(admin, "operator", "x", "", [], Token));
        var unknown = await Assert.ThrowsAsync<AdministrationRefusedException>(() => Roles.CreateAsync(admin, "x", "", ["vm.fly"], Token));

        Assert.Equal((true, false), (before, after));
        Assert.Equal(("Lookers is given by 1 grant. Remove it first.", "There is no right vm.fly."), (inUse.Message, unknown.Message));
        Assert.Contains("built in", builtIn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_WithoutTheRight_IsRefusedAndRecorded()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        await Grants.AddAsync(admin, SubjectKind.User, ada, Role.VmAdministrator.Id, AccessScope.Everything.Instance, Token);
        var asAda = new Requester(new Actor(AccessPolicyFeed.Text(ada), "ada"), "console", "192.0.2.9");

        Func<Task>[] attempts =
        [
            () => Users.CreateAsync(asAda, new("eve", Password), Token), () => Users.DeleteAsync(asAda, ada, Token), () => Users.ResetPasswordAsync(asAda, ada, Password, Token),
            () => Groups.CreateAsync(asAda, "g", "", Token), () => Roles.CreateAsync(asAda, "r", "", [], Token),
            () => Grants.AddAsync(asAda, SubjectKind.User, ada, Role.Administrator.Id, AccessScope.Everything.Instance, Token),
            () => Get<ApiTokens>().CreateAsync(asAda, Guid.Parse(admin.Actor.Id), "t", TimeSpan.FromDays(1), null, Token),
        ];
        foreach (var attempt in attempts)
            await Assert.ThrowsAsync<AdministrationRefusedException>(attempt);

        var refused = Get<AuditLog>().Read(new() { ActorId = asAda.Actor.Id });
        Assert.Equal(attempts.Length, refused.Count);
        Assert.All(refused, entry => Assert.Equal((AuditOutcome.Refused, "192.0.2.9"), (entry.Record.Outcome, entry.Record.Address)));
    }

    [Fact]
    public async Task Audit_OfAPassword_HasNoSecret()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", "canary-one-secret"), Token);
        await Users.ResetPasswordAsync(admin, ada, "canary-two-secret", Token);
        var token = await Get<ApiTokens>().CreateAsync(admin, ada, "backup script", TimeSpan.FromDays(30), null, Token);

        var audit = Get<AuditLog>();

        Assert.Empty(audit.Read(new() { Text = "canary" }));
        Assert.Empty(audit.Read(new() { Text = token.Split('_')[2] }));
        Assert.Equal(["token.create", "token.create", "user.reset-password", "user.reset-password"], audit.Read(new() { Limit = 4 }).Select(entry => entry.Record.Action));
    }

    [Fact]
    public async Task Token_SpeaksForItsOwnerUntilRevokedExpiredOrTheOwnerIsDisabled()
    {
        var admin = await AdminAsync();
        var ada = await Users.CreateAsync(admin, new("ada", Password), Token);
        await Grants.AddAsync(admin, SubjectKind.User, ada, Role.Administrator.Id, AccessScope.Everything.Instance, Token);
        var tokens = Get<ApiTokens>();
        var wide = await tokens.CreateAsync(admin, ada, "wide", TimeSpan.FromDays(30), null, Token);
        var narrow = await tokens.CreateAsync(admin, ada, "narrow", TimeSpan.FromDays(30), Role.Viewer.Id, Token);

        var asWide = await tokens.FindAsync(wide, "192.0.2.1", Token);
        var asNarrow = await tokens.FindAsync(narrow, null, Token);

        Assert.Equal((true, false), (Engine.AllowsEverywhere(asWide!, AdministrationRights.Users), Engine.AllowsEverywhere(asNarrow!, AdministrationRights.Users)));
        Assert.True(Engine.AllowsEverywhere(asNarrow!, Right.View));
        Assert.Null(await tokens.FindAsync(wide[..^1] + (wide[^1] == '0' ? '1' : '0'), null, Token));
        Assert.Null(await tokens.FindAsync("xob_", null, Token));
        var listed = await tokens.ListAsync(ada, Token);
        Assert.Contains(listed, one => one is { Name: "wide", LastAddress: "192.0.2.1", LastUsed: not null });
        await tokens.RevokeAsync(admin, listed.Single(one => one.Name == "wide").Id, Token);
        Assert.Null(await tokens.FindAsync(wide, null, Token));
        await Users.SetDisabledAsync(admin, ada, true, Token);
        Assert.Null(await tokens.FindAsync(narrow, null, Token));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("power_state:Running")]
    public async Task Grant_ByARuleThatCannotBe_IsRefusedWithTheReason(string filter)
    {
        var admin = await AdminAsync();

        var refused = await Assert.ThrowsAsync<AdministrationRefusedException>(() =>
            Grants.AddAsync(admin, SubjectKind.User, Guid.Parse(admin.Actor.Id), Role.Viewer.Id, new AccessScope.OfVms(filter), Token));

        Assert.Contains($"'{filter}' cannot be used", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scope_EachKind_SurvivesTheDatabase()
    {
        AccessScope[] scopes =
        [
            AccessScope.Everything.Instance, new AccessScope.OfPool("p"), new AccessScope.OfHost(new ObjectKey("p", "h"), true), new AccessScope.OfHost(new ObjectKey("p", "h"), false),
            new AccessScope.OfObject(new ObjectKey("p", "o")), new AccessScope.OfVms("tags:web"), new AccessScope.OfVms("tags:\"we'b\"", "p"),
        ];

        Assert.Equal(scopes, scopes.Select(scope => ScopeText.Read(ScopeText.Write(scope))));
        Assert.Equal(scopes.Length, scopes.Select(ScopeText.Write).Distinct().Count());
        Assert.All(["", "{}", "{\"kind\":\"galaxy\"}", "nonsense"], text => Assert.Null(ScopeText.Read(text)));
    }

    private T Get<T>() where T : notnull => _server.Services.GetRequiredService<T>();

    private Task<AppDatabase> DatabaseAsync() => Get<IDbContextFactory<AppDatabase>>().CreateDbContextAsync(Token);

    private async Task<Requester> AdminAsync()
    {
        await using var database = await DatabaseAsync();
        return new(new Actor(AccessPolicyFeed.Text((await database.Users.FirstAsync(one => one.UserName == TestServer.Admin, Token)).Id), TestServer.Admin), "console", "192.0.2.1");
    }
}
