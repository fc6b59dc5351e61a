using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// A directory that is given a name and no password says yes to nobody in particular. At no door does such a password reach it. Class 15 of
/// docs/security.md.
/// </summary>
public sealed class EmptyPasswordTests(DirectoryServer directory) : IClassFixture<DirectoryServer>
{
    private static readonly Dictionary<string, string> s_blank = new()
    {
        ["nothing"] = "",
        ["a blank"] = " ",
        ["other blanks"] = "\t\u00a0\u2003",
        ["NUL"] = "\0",
        ["text and NUL"] = "x\0",
        ["NUL and text"] = "\0alices secret",
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var door in Doors.All)
                foreach (var blank in s_blank.Keys)
                    all.Add(door.Name, blank);
            return all;
        }
    }

    public static TheoryData<string> Outside => Doors.Outside;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Blank_IsRefusedWithoutAskingTheDirectory(string door, string blank)
    {
        var knock = await directory.ApproachAsync(door, "alice");
        var before = directory.Relay.Connections;

        var refused = await knock(s_blank[blank]);
        var asked = directory.Relay.Connections - before;
        var right = await knock(ExampleDirectory.PasswordOf("alice"));

        Assert.Equal((false, 0, true), (refused.IsIn, asked, right.IsIn));
    }

    /// <summary>What would come in if it were sent.</summary>
    [Fact]
    public Task Blank_SentByAnother_OpensThisDirectory() => DirectoryProgram.RunAsync(
        DirectoryProgram.Find("ldapwhoami", "ldap-utils"), null, Patience.Limit, "-x", "-H", directory.Slapd.Plain, "-D", $"uid=alice,{ExampleDirectory.People}", "-w", "");

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task Blank_TellsNotWhoIsThere(string door)
    {
        await (await directory.ApproachAsync("sign-in page", "bob"))(ExampleDirectory.PasswordOf("bob"));

        var known = await (await directory.ApproachAsync(door, "bob"))("");
        var unknown = await (await directory.ApproachAsync(door, "nobody"))("");

        Assert.NotEmpty(known.Words);
        Assert.Equal(known, unknown);
    }
}
