using XoBlazor.App.Accounts.Ldap;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>Groups of a real slapd, in all the ways directories keep them.</summary>
public sealed class DirectoryGroupsTests(SmallDirectory small) : IClassFixture<SmallDirectory>
{
    private readonly Directories _directories = new();

    [Fact]
    public async Task Groups_ByDn_AreTheDirectOnesWithoutNesting()
    {
        var settings = Directories.Of(small.Server);
        var account = await _directories.AcceptedAsync(settings with { Groups = settings.Groups! with { Nesting = GroupNesting.None } }, "alice");

        Assert.Equal(["staff"], Names(account));
    }

    [Fact]
    public async Task Groups_NestedInARing_AreEachFoundOnce()
    {
        var account = await _directories.AcceptedAsync(Directories.Of(small.Server), "alice");

        Assert.Equal(["everyone", "staff"], Names(account));
    }

    [Fact]
    public async Task Groups_ByMemberUid_WithThePrimaryGroup()
    {
        var settings = Directories.Of(small.Server, DirectoryPreset.OpenLdapPosix);

        Assert.Equal(["alices", "operators"], Names(await _directories.AcceptedAsync(settings, "alice")));
        Assert.Equal(["operators"], Names(await _directories.AcceptedAsync(settings, "bob")));
    }

    [Fact]
    public async Task Groups_AreWhatTheDirectorySaysNow()
    {
        await using var server = await Slapd.StartAsync(small.Authority, ExampleDirectory.Small);
        var settings = Directories.Of(server);
        Assert.Equal(["everyone", "staff"], Names(await _directories.AcceptedAsync(settings, "alice")));

        await server.ModifyAsync($"""
            dn: cn=staff,{ExampleDirectory.Groups}
            changetype: modify
            delete: member
            member: uid=alice,{ExampleDirectory.People}

            dn: cn=others,{ExampleDirectory.Groups}
            changetype: modify
            add: member
            member: uid=alice,{ExampleDirectory.People}

            """);

        Assert.Equal(["others"], Names(await _directories.AcceptedAsync(settings, "alice")));
    }

    [Fact]
    public async Task Groups_ByMemberOf_OnlyThoseUnderTheBaseAndOfTheFilter()
    {
        await using var server = await Slapd.StartAsync(small.Authority, ExampleDirectory.Small + ExampleDirectory.Unit("elsewhere"));
        // The overlay fills memberOf only when a group is written while it runs.
        await server.ModifyAsync(string.Concat(
            Adding(ExampleDirectory.Group("by-overlay", [$"uid=alice,{ExampleDirectory.People}"])),
            Adding(ExampleDirectory.Group("outside", [$"uid=alice,{ExampleDirectory.People}"]).Replace("ou=groups", "ou=elsewhere", StringComparison.Ordinal)),
            Adding(ExampleDirectory.Group("hidden", [$"uid=alice,{ExampleDirectory.People}"]))));
        var settings = Directories.Of(server);
        settings = settings with { Groups = settings.Groups! with { Lookup = GroupLookup.InUser, Nesting = GroupNesting.None, Filter = "(&(objectClass=groupOfNames)(!(cn=hidden)))" } };

        Assert.Equal(["by-overlay"], Names(await _directories.AcceptedAsync(settings, "alice")));
    }

    [Fact]
    public async Task Mappings_ByIdOrDn_GiveEachTargetOnce()
    {
        var settings = Directories.Of(small.Server);
        var account = await _directories.AcceptedAsync(settings, "alice");
        var staff = account.Groups.Single(group => group.Name == "staff");
        var local = Guid.NewGuid();

        var targets = account.Targets(settings with
        {
            Mappings =
            [
                new(staff.Id.ToUpperInvariant(), new DirectoryGroupTarget.Role("administrator")),
                new($"CN=Everyone, OU=groups,{Slapd.Suffix}", new DirectoryGroupTarget.Role("administrator")),
                new($"cn=everyone,{ExampleDirectory.Groups}", new DirectoryGroupTarget.LocalGroup(local)),
                new($"cn=others,{ExampleDirectory.Groups}", new DirectoryGroupTarget.Role("viewer")),
            ],
        }).ToList();

        Assert.Equal([new DirectoryGroupTarget.Role("administrator"), new DirectoryGroupTarget.LocalGroup(local)], targets);
    }

    private static string Adding(string entry) => entry.Replace("\nobjectClass: groupOfNames", "\nchangetype: add\nobjectClass: groupOfNames", StringComparison.Ordinal);

    private static IEnumerable<string> Names(DirectoryAccount account) => account.Groups.Select(group => group.Name).Order(StringComparer.Ordinal);
}
