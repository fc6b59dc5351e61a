using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// A name is only a name, whatever it means in a filter; nobody learns at a door which names there are; and whoever is barred in the directory is out at
/// every door. Class 16 of docs/security.md.
/// </summary>
public sealed class NamesAtTheDoorTests(DirectoryServer directory) : IClassFixture<DirectoryServer>
{
    private static readonly string[] s_filters =
        ["*", "a*", "alice)(uid=*", "*)(|(uid=*", "alice)(&(objectClass=*)", @"alic\65", @"\2a", "alice\u0001", "alice,ou=people", "alice)(|(userPassword=a*", "(uid=alice)"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> All => Doors.Names;

    public static TheoryData<string> Outside => Doors.Outside;

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task NameThatIsAFilter_FindsNobody(string door)
    {
        var refused = new List<(string Name, Knock Knock)>();
        // Each takes a second: some at a time, fewer than an address may fail.
        foreach (var some in s_filters.Chunk(6))
            refused.AddRange(await Task.WhenAll(some.Select(async name => (name, await (await directory.ApproachAsync(door, name, ""))(ExampleDirectory.PasswordOf("alice"))))));
        var right = await (await directory.ApproachAsync(door, "alice"))(ExampleDirectory.PasswordOf("alice"));

        Assert.Empty(refused.Where(one => one.Knock.IsIn).Select(one => one.Name));
        Assert.All(refused, one => Assert.Equal((one.Name, refused[0].Knock.Words), (one.Name, one.Knock.Words)));
        Assert.True(right.IsIn);
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Refusals_OfWhateverKind_SayAndCostTheSame(string door)
    {
        var i = Doors.Number(door);
        var (local, disabled, locked) = ($"lena{i}", $"dave{i}", $"erin{i}");
        await directory.LocalAsync(local);
        await directory.Server.Get<UserAdministration>().SetDisabledAsync(directory.Admin, await directory.LocalAsync(disabled), true, Token);
        await (await directory.ApproachAsync("sign-in page", locked))(ExampleDirectory.PasswordOf(locked));
        await using (var database = await directory.Server.DatabaseAsync())
        {
            DateTimeOffset? later = TimeProvider.System.GetUtcNow().AddHours(1);
            await database.Users.Where(one => one.UserName == locked).ExecuteUpdateAsync(set => set.SetProperty(one => one.LockoutEnd, later), Token);
        }
        (string What, string Name, string Password)[] cases =
        [
            ("unknown", "nobody-of-this-name", "wrong"), ("wrong password in the directory", "bob", "wrong"), ("wrong password here", local, "wrong"),
            ("right password, barred in the directory", "barred", ExampleDirectory.PasswordOf("barred")), ("right password, disabled here", disabled, TestServer.Password),
            ("right password, locked here after failures", locked, ExampleDirectory.PasswordOf(locked)),
        ];

        var told = new List<(string What, bool IsIn, string Words, int Connections, bool IsSlow)>();
        foreach (var (what, name, password) in cases)
        {
            var knock = await directory.ApproachAsync(door, name, password);
            var (before, begun) = (directory.Relay.Connections, TimeProvider.System.GetTimestamp());
            var answer = await knock(password);
            // A second, but for the grain of timers.
            told.Add((what, answer.IsIn, answer.Words, directory.Relay.Connections - before, TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromSeconds(0.98)));
        }

        Assert.All(told, one => Assert.Equal((false, told[0].Words, 2, true), (one.IsIn, one.Words, one.Connections, one.IsSlow)));
        Assert.NotEmpty(told[0].Words);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task BarredInTheDirectory_IsOut(string door)
    {
        var name = $"hugo{Doors.Number(door)}";
        var knock = await directory.ApproachAsync(door, name);
        var before = await knock(ExampleDirectory.PasswordOf(name));
        await directory.Slapd.ModifyAsync($"""
            dn: uid={name},{ExampleDirectory.People}
            changetype: modify
            add: pwdAccountLockedTime
            pwdAccountLockedTime: 000001010000Z

            """);

        var after = await knock(ExampleDirectory.PasswordOf(name));

        Assert.Equal((true, false), (before.IsIn, after.IsIn));
    }
}
