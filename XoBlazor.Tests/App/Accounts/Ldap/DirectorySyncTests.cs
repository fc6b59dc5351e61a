using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>What a directory says later about accounts that we know, and large directories read by pages.</summary>
public sealed class DirectorySyncTests : IDisposable
{
    private const int Users = 10_000;
    private const int Groups = 1_200;

    private readonly TestAuthority _authority = new();
    private readonly Directories _directories = new();

    [Fact]
    public async Task Read_VanishedBarredAndChanged_AreTold_TheOthersNot()
    {
        await using var server = await Slapd.StartAsync(_authority, ExampleDirectory.Small
            + ExampleDirectory.Person("gone", "Gone", "g@example.test")
            + ExampleDirectory.Person("barred", "Barred", "b@example.test")
            + ExampleDirectory.Person("renamed", "Renamed", "r@example.test"));
        var settings = Directories.Of(server);
        var known = new List<KnownAccount>();
        foreach (var name in new[] { "alice", "bob", "gone", "barred", "renamed" })
            known.Add(Known(await _directories.AcceptedAsync(settings, name)));
        Assert.Empty(await ReadAsync(settings, known));

        await server.ModifyAsync($"""
            dn: uid=gone,{ExampleDirectory.People}
            changetype: delete

            dn: uid=barred,{ExampleDirectory.People}
            changetype: modify
            add: pwdAccountLockedTime
            pwdAccountLockedTime: 000001010000Z

            dn: uid=renamed,{ExampleDirectory.People}
            changetype: modrdn
            newrdn: uid=newname
            deleteoldrdn: 1

            dn: cn=others,{ExampleDirectory.Groups}
            changetype: modify
            add: member
            member: uid=alice,{ExampleDirectory.People}

            dn: cn=staff,{ExampleDirectory.Groups}
            changetype: modify
            delete: member
            member: uid=alice,{ExampleDirectory.People}

            """);
        var changes = await ReadAsync(settings, known);

        Assert.Equal(4, changes.Count);
        var alice = Assert.IsType<DirectoryChange.Changed>(changes[0]);
        Assert.Equal(["others"], alice.Added.Select(group => group.Name));
        Assert.Equal(2, alice.RemovedIds.Count());
        Assert.Equal("gone", Assert.IsType<DirectoryChange.Vanished>(changes[1]).Known.Name);
        Assert.Equal(AccountProblem.Disabled, Assert.IsType<DirectoryChange.Barred>(changes[2]).Problem);
        Assert.Equal("newname", Assert.IsType<DirectoryChange.Changed>(changes[3]).Now.Name);
    }

    [Fact]
    public async Task Read_DirectoryThatShowsNobody_TakesNobodyForGone()
    {
        await using var server = await Slapd.StartAsync(_authority, ExampleDirectory.Small + ExampleDirectory.Unit("empty"));
        var settings = Directories.Of(server);
        var alice = Known(await _directories.AcceptedAsync(settings, "alice"));

        var doubt = await Assert.ThrowsAsync<DirectoryException>(() => ReadAsync(settings with { UserBase = "ou=empty," + Slapd.Suffix }, [alice]));
        var refused = await Assert.ThrowsAsync<DirectoryException>(() => ReadAsync(settings with { UserBase = "ou=missing," + Slapd.Suffix }, [alice]));

        Assert.Equal(DirectoryTrouble.Doubtful, doubt.Trouble);
        Assert.Equal(DirectoryTrouble.Refused, refused.Trouble);
    }

    [Fact]
    public async Task Read_ServerDown_SaysSoAndTakesNobodyForGone()
    {
        await using var server = await Slapd.StartAsync(_authority, ExampleDirectory.Small);
        var settings = Directories.Of(server);
        var alice = Known(await _directories.AcceptedAsync(settings, "alice"));
        await server.KillAsync();

        var down = await Assert.ThrowsAsync<DirectoryException>(() => ReadAsync(settings, [alice]));

        Assert.Equal(DirectoryTrouble.Down, down.Trouble);
    }

    [Fact]
    public async Task LargeDirectory_ByPages_IsSeenWhole()
    {
        var everyone = Enumerable.Range(0, Users).Select(i => $"user{i:00000}").ToList();
        await using var server = await Slapd.StartAsync(_authority, string.Concat(
            [
                ExampleDirectory.Unit("people"), ExampleDirectory.Unit("groups"),
                .. everyone.Select((uid, i) => ExampleDirectory.Person(uid, uid, $"{uid}@example.test", Uuid(i))),
                .. Enumerable.Range(0, Groups).Select(i => ExampleDirectory.Group($"group{i:0000}",
                    [$"uid=user00000,{ExampleDirectory.People}", $"uid={everyone[i]},{ExampleDirectory.People}", .. i == 0 ? everyone.Skip(1).Select(uid => $"uid={uid},{ExampleDirectory.People}") : []])),
            ]));
        var settings = Directories.Of(server);

        var all = await ListGroupsAsync(settings);
        var first = await _directories.AcceptedAsync(settings, "user00000");
        var steps = new List<DirectoryTestStep>();
        await foreach (var step in _directories.Test.RunAsync(settings, null, null, Token))
            steps.Add(step);
        var zero = all.Single(group => group.Name == "group0000").Id;
        var sample = everyone.Select((uid, i) => new KnownAccount(Uuid(i), uid, [zero])).Where((_, i) => i >= Groups && i % 40 == 0).Append(new KnownAccount(Uuid(Users + 1), "never", []));
        var changes = await ReadAsync(settings, sample);

        Assert.Equal(Groups, all.Count);
        Assert.Equal(Groups, first.Groups.Length);
        Assert.Contains($"{Users} users could sign in", steps.Single(step => step.Stage == DirectoryTestStage.Searched).Text, StringComparison.Ordinal);
        Assert.Equal("never", Assert.IsType<DirectoryChange.Vanished>(Assert.Single(changes)).Known.Name);
    }

    [Fact]
    public async Task LargeDirectory_WithoutPaging_SaysToTurnItOn()
    {
        await using var server = await Slapd.StartAsync(_authority, ExampleDirectory.Unit("people") + ExampleDirectory.Unit("groups")
            + string.Concat(Enumerable.Range(0, 30).Select(i => ExampleDirectory.Group($"g{i}", [$"uid=x,{ExampleDirectory.People}"]))),
            new SlapdOptions { Limits = "size.soft=10 size.hard=10 size.pr=10 size.prtotal=unlimited" });
        var settings = Directories.Of(server) with { PageSize = 0 };

        var limited = await Assert.ThrowsAsync<DirectoryException>(() => ListGroupsAsync(settings));
        var paged = await ListGroupsAsync(settings with { PageSize = 10 });

        Assert.Contains("turn paging on", limited.Message, StringComparison.Ordinal);
        Assert.Equal(30, paged.Count);
    }

    [Fact]
    public async Task FindGroups_ByPartOfTheName_GivesSomeAndSaysThatThereAreMore()
    {
        await using var server = await Slapd.StartAsync(_authority, ExampleDirectory.Unit("people") + ExampleDirectory.Unit("groups")
            + string.Concat(Enumerable.Range(0, 30).Select(i => ExampleDirectory.Group($"Team {i:00}", [$"uid=x,{ExampleDirectory.People}"])))
            + ExampleDirectory.Group("star*group)", [$"uid=x,{ExampleDirectory.People}"]),
            new SlapdOptions { Limits = "size.soft=25 size.hard=25" });
        var settings = Directories.Of(server);

        var many = await FindGroupsAsync(settings, "EAM", 20);
        var limitedByTheServer = await FindGroupsAsync(settings, "eam", 28);
        var one = await FindGroupsAsync(settings, "m 07", 20);
        var hostile = await FindGroupsAsync(settings, "*", 20);
        var none = await FindGroupsAsync(settings, "nobody", 20);

        Assert.Equal((20, true), (many.Groups.Length, many.HasMore));
        Assert.Equal((25, true), (limitedByTheServer.Groups.Length, limitedByTheServer.HasMore));
        Assert.Equal(("Team 07", $"cn=Team 07,{ExampleDirectory.Groups}", false), (one.Groups.Single().Name, one.Groups.Single().Dn, one.HasMore));
        Assert.Equal("star*group)", Assert.Single(hostile.Groups).Name);
        Assert.Equal((0, false), (none.Groups.Length, none.HasMore));
    }

    public void Dispose() => _authority.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Uuid(int number) => new Guid(number, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();

    private static KnownAccount Known(DirectoryAccount account) => new(account.Id, account.Name, [.. account.Groups.Select(group => group.Id)]);

    private Task<GroupMatches> FindGroupsAsync(DirectorySettings settings, string text, int most) =>
        _directories.Dialer.RunAsync(settings, Patience.Limit, (session, inner) => DirectoryGroups.FindAsync(session, text, most, inner), Token);

    private Task<List<DirectoryGroup>> ListGroupsAsync(DirectorySettings settings) => _directories.Dialer.RunAsync(settings, Patience.Limit, async (session, inner) =>
    {
        var all = new List<DirectoryGroup>();
        await foreach (var group in DirectoryGroups.ListAsync(session, inner))
            all.Add(group);
        return all;
    }, Token);

    private async Task<List<DirectoryChange>> ReadAsync(DirectorySettings settings, IEnumerable<KnownAccount> known)
    {
        var changes = new List<DirectoryChange>();
        await foreach (var change in _directories.Sync.ReadAsync(settings, known, Token))
            changes.Add(change);
        return changes;
    }
}
