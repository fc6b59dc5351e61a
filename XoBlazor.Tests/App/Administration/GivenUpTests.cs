using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Administration;

/// <summary>Whoever takes rights away and leaves before it is answered has taken them away: what the database has holds everywhere.</summary>
public sealed class GivenUpTests : IAsyncLifetime
{
    private static readonly DirectorySettings s_directory = DirectoryPreset.OpenLdap.Make(Guid.NewGuid(), "Example", "dc=example,dc=test", "ldaps://directory.example.test");

    private readonly GivenUpAfterCommit _leaver = new();
    private readonly TestServer _server = new();
    private Requester _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server.With(services => services.ConfigureDbContext<AppDatabase>(options => options.AddInterceptors(_leaver))).Browser().Dispose();
        _admin = await _server.AdminAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _leaver.Dispose();
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("delete")]
    [InlineData("reset password")]
    [InlineData("reset second factor")]
    public async Task User_ChangedByWhoeverLeftMeanwhile_IsSignedOutWithoutRights(string change)
    {
        var ada = await AdaAsync();
        await GrantAsync(SubjectKind.User, ada);
        using var browser = _server.Browser();
        await browser.SignInAsAsync("ada", TestServer.Password);
        var users = _server.Get<UserAdministration>();

        await LeaveAsync(token => change switch
        {
            "disable" => users.SetDisabledAsync(_admin, ada, true, token),
            "delete" => users.DeleteAsync(_admin, ada, token),
            "reset password" => users.ResetPasswordAsync(_admin, ada, "entirely other words", token),
            _ => users.ResetSecondFactorAsync(_admin, ada, token),
        });

        Assert.False(await browser.IsSignedInAsync());
        await using var database = await _server.DatabaseAsync();
        Assert.False(await database.Sessions.AnyAsync(session => session.AccountId == ada, Token));
        Assert.Equal(change is not ("disable" or "delete"), May(ada));
    }

    [Fact]
    public async Task Sessions_EndedWhileTheDatabaseTakesNothing_AreOutAllTheSame()
    {
        var ada = await AdaAsync();
        using var one = _server.Browser();
        using var other = _server.Browser();
        await one.SignInAsAsync("ada", TestServer.Password);
        await other.SignInAsAsync("ada", TestServer.Password);
        await using var held = await _server.DatabaseAsync();
        await held.Database.ExecuteSqlRawAsync("CREATE TRIGGER full BEFORE DELETE ON Sessions BEGIN SELECT RAISE(FAIL, 'full'); END", Token);

        await Assert.ThrowsAnyAsync<DbException>(() => _server.Get<SignInSessions>().EndAllAsync(ada));

        Assert.Equal((false, false), (await one.IsSignedInAsync(), await other.IsSignedInAsync()));
    }

    [Theory]
    [InlineData("leave the group")]
    [InlineData("delete the group")]
    [InlineData("remove the grant")]
    [InlineData("change the role")]
    public async Task Right_TakenByWhoeverLeftMeanwhile_IsGone(string change)
    {
        var ada = await AdaAsync();
        var group = await _server.Get<GroupAdministration>().CreateAsync(_admin, "Group", "", Token);
        await _server.Get<GroupAdministration>().AddMemberAsync(_admin, group, ada, Token);
        var role = await _server.Get<RoleAdministration>().CreateAsync(_admin, "Role", "", [AdministrationRights.Users.Name], Token);
        var grant = await GrantAsync(SubjectKind.Group, group, role);
        var before = May(ada, AdministrationRights.Users);

        await LeaveAsync(token => change switch
        {
            "leave the group" => _server.Get<GroupAdministration>().RemoveMemberAsync(_admin, group, ada, token),
            "delete the group" => _server.Get<GroupAdministration>().DeleteAsync(_admin, group, token),
            "remove the grant" => _server.Get<GrantAdministration>().RemoveAsync(_admin, grant, token),
            _ => _server.Get<RoleAdministration>().EditAsync(_admin, role, "Role", "", [AdministrationRights.Groups.Name], token),
        });

        Assert.Equal((true, false), (before, May(ada, AdministrationRights.Users)));
    }

    [Theory]
    [InlineData("vanished")]
    [InlineData("directory disabled")]
    [InlineData("directory removed")]
    public async Task DirectoryPerson_TakenAwayByWhoeverLeftMeanwhile_IsSignedOutWithoutRights(string change)
    {
        var directories = _server.Get<DirectoryAdministration>();
        await directories.SaveAsync(_admin, s_directory, null, Token);
        var accounts = _server.Get<DirectoryAccounts>();
        var person = new DirectoryAccount { DirectoryId = s_directory.Id, Id = "1", Dn = "uid=ada", Name = "ada", DisplayName = null, Mail = null, Groups = [] };
        var ada = (await accounts.LinkAsync(s_directory.Source, person, Token)).Account!;
        await GrantAsync(SubjectKind.User, ada.Id);
        var session = await _server.Get<SignInSessions>().StartAsync(ada, null, null, Token);

        await LeaveAsync(token => change switch
        {
            "vanished" => accounts.ApplyAsync(s_directory.Source, new DirectoryChange.Vanished(new KnownAccount("1", "ada", [])), token),
            "directory disabled" => directories.SetEnabledAsync(_admin, s_directory.Id, false, token),
            _ => directories.RemoveAsync(_admin, s_directory.Id, token),
        });

        Assert.DoesNotContain(_server.Get<SignInSessions>().Of(ada.Id), one => one.Id == session.Id);
        Assert.Equal(change == "directory disabled", May(ada.Id));
    }

    [Fact]
    public async Task Mapping_RemovedByWhoeverLeftMeanwhile_GivesNothingAnyMore()
    {
        var group = new DirectoryGroup("g", "cn=staff", "staff");
        var mapped = s_directory with { Mappings = [new("cn=staff", new DirectoryGroupTarget.Role(Role.Viewer.Id))] };
        var directories = _server.Get<DirectoryAdministration>();
        await directories.SaveAsync(_admin, mapped, null, Token);
        var person = new DirectoryAccount { DirectoryId = s_directory.Id, Id = "1", Dn = "uid=ada", Name = "ada", DisplayName = null, Mail = null, Groups = [group] };
        var ada = (await _server.Get<DirectoryAccounts>().LinkAsync(mapped.Source, person, Token)).Account!.Id;
        var before = May(ada);

        await LeaveAsync(token => directories.SaveAsync(_admin, s_directory, null, token));

        Assert.Equal((true, false), (before, May(ada)));
    }

    private bool May(Guid account, Right? right = null) =>
        _server.Get<AccessEngine>().AllowsEverywhere(new Actor(AccessPolicyFeed.Text(account), "ada"), right ?? Right.View);

    private Task<Guid> AdaAsync() => _server.Get<UserAdministration>().CreateAsync(_admin, new("ada", TestServer.Password, MustChangePassword: false), Token);

    private Task<Guid> GrantAsync(SubjectKind kind, Guid subject, string? role = null) =>
        _server.Get<GrantAdministration>().AddAsync(_admin, kind, subject, role ?? Role.Viewer.Id, AccessScope.Everything.Instance, Token);

    private async Task LeaveAsync(Func<CancellationToken, Task> change)
    {
        try
        {
            await change(_leaver.Arm());
        }
        catch (OperationCanceledException)
        {
            // Whoever left is not there to be answered.
        }
    }
}
