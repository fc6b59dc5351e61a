using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// Who comes from a directory is who the directory's lasting id says, at every door: neither a name nor a mail address makes anybody somebody else. Class
/// 17 of docs/security.md.
/// </summary>
public sealed class LinkedAccountTests(DirectoryServer directory) : IClassFixture<DirectoryServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Outside => Doors.Outside;

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task NameOfALocalAccount_StaysTheLocalOnes(string door)
    {
        var name = NameFor(door, "frank");
        await directory.LocalAsync(name, $"{name}@example.test");
        var knock = await directory.ApproachAsync(door, name);

        var theirs = await knock(ExampleDirectory.PasswordOf(name));
        var ours = await knock(TestServer.Password);

        Assert.Equal((false, true), (theirs.IsIn, ours.IsIn));
        Assert.Contains("a local account of that name", theirs.Words, StringComparison.Ordinal);
        Assert.Null((await directory.Server.AccountAsync(name)).DirectoryId);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task MailOfALocalAdministrator_GivesNothingOfTheirs(string door)
    {
        var name = NameFor(door, "gina");
        var local = await directory.LocalAsync($"{name}-local", $"{name}@example.test");
        await directory.Server.Get<GrantAdministration>().AddAsync(directory.Admin, SubjectKind.User, local, Role.Administrator.Id, AccessScope.Everything.Instance, Token);

        var knock = await (await directory.ApproachAsync(door, name))(ExampleDirectory.PasswordOf(name));

        var theirs = await directory.Server.AccountAsync(name);
        Assert.True(knock.IsIn);
        Assert.NotEqual(local, theirs.Id);
        Assert.Equal($"{name}@example.test", theirs.Email);
        Assert.False(await directory.Server.AllowsEverywhereAsync(name, Right.View));
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task NewEntryUnderAnOldName_IsNotWhoWasThereBefore(string door)
    {
        var name = NameFor(door, "hugo");
        var knock = await directory.ApproachAsync(door, name);
        var before = await knock(ExampleDirectory.PasswordOf(name));
        var account = (await directory.Server.AccountAsync(name)).Id;
        await directory.Slapd.ModifyAsync($"""
            dn: uid={name},{ExampleDirectory.People}
            changetype: delete

            {ExampleDirectory.Person(name, "Another", "another@example.test").Replace("\nobjectClass: inetOrgPerson", "\nchangetype: add\nobjectClass: inetOrgPerson", StringComparison.Ordinal)}

            """);

        var after = await knock(ExampleDirectory.PasswordOf(name));

        Assert.Equal((true, false), (before.IsIn, after.IsIn));
        Assert.Contains("Ask an administrator to remove the old account", after.Words, StringComparison.Ordinal);
        await using var database = await directory.Server.DatabaseAsync();
        Assert.Equal([account], await database.Users.Where(one => one.UserName == name).Select(one => one.Id).ToListAsync(Token));
    }

    private static string NameFor(string door, string name) => $"{name}{Doors.Number(door)}";
}
