using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>Active Directory's ways, on Samba's domain controller. What Samba cannot show is scripted: ranges of 1 500, and lock-out's sub-code.</summary>
public sealed class ActiveDirectoryTests(SambaDomain domain) : IClassFixture<SambaDomain>
{
    private readonly Directories _directories = new(password: SambaDomain.PasswordOf("reader"));

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    [InlineData("alice@ad.example.test")]
    public async Task SignIn_ByAccountNameOrPrincipalName_GivesTheSamePerson(string typed)
    {
        var account = await _directories.AcceptedAsync(domain.Settings, typed, SambaDomain.PasswordOf("alice"));

        Assert.Equal(("alice", "Alice Liddell", "alice@ad.example.test"), (account.Name, account.DisplayName, account.Mail));
        Assert.True(Guid.TryParseExact(account.Id, "D", out _), account.Id);
    }

    [Fact]
    public async Task Groups_ByChainRule_WithThePrimaryGroupAndWhatContainsIt()
    {
        var account = await _directories.AcceptedAsync(domain.Settings, "alice", SambaDomain.PasswordOf("alice"));

        var names = account.Groups.Select(group => group.Name).ToHashSet();
        Assert.Superset(new HashSet<string> { "Inner", "Outer", "Outermost", "Many0", "Crowd", "Domain Users", "Everybody", "Users" }, names);
        Assert.DoesNotContain("Others", names);
        Assert.DoesNotContain("Domain Admins", names);
    }

    [Fact]
    public async Task Groups_ByWalk_AreThoseOfTheChainRule()
    {
        var settings = domain.Settings;
        var chain = await _directories.AcceptedAsync(settings, "alice", SambaDomain.PasswordOf("alice"));
        var walk = await _directories.AcceptedAsync(settings with { Groups = settings.Groups! with { Nesting = GroupNesting.Walk } }, "alice", SambaDomain.PasswordOf("alice"));
        var direct = await _directories.AcceptedAsync(settings with { Groups = settings.Groups! with { Nesting = GroupNesting.None, Primary = PrimaryGroup.None } }, "alice", SambaDomain.PasswordOf("alice"));
        var memberOf = await _directories.AcceptedAsync(settings with { Groups = settings.Groups! with { Nesting = GroupNesting.None, Primary = PrimaryGroup.None, Lookup = GroupLookup.InUser } }, "alice", SambaDomain.PasswordOf("alice"));

        Assert.Equal(chain.Groups, walk.Groups);
        Assert.Equal(13, direct.Groups.Length);
        Assert.Equal(direct.Groups, memberOf.Groups);
    }

    [Fact]
    public async Task Groups_BySid_AreTheSids()
    {
        var settings = domain.Settings;
        var account = await _directories.AcceptedAsync(settings with { IdAttribute = "objectSid", Groups = settings.Groups! with { IdAttribute = "objectSid" } }, "alice", SambaDomain.PasswordOf("alice"));

        var users = account.Groups.Single(group => group.Name == "Domain Users").Id;
        Assert.EndsWith("-513", users, StringComparison.Ordinal);
        Assert.StartsWith(users[..^3], account.Id, StringComparison.Ordinal);
        Assert.Contains(account.Groups, group => group.Id == "S-1-5-32-545");
    }

    [Theory]
    [InlineData("alice", "wrong one", "WrongPassword")]
    [InlineData("disabled", null, "Barred")]
    [InlineData("expired", null, "Barred")]
    [InlineData("mustchange", null, "Barred")]
    [InlineData("nobody-of-this-name", null, "UnknownName")]
    public async Task SignIn_Refused_HasItsReasonAndOneText(string name, string? password, string reason)
    {
        var refused = await _directories.RefusedAsync(domain.Settings, name, password ?? SambaDomain.PasswordOf(name));

        Assert.Equal(reason, refused.Reason.ToString());
        Assert.Equal("This name and password do not match, or the account may not sign in.", refused.PublicText);
    }

    [Fact]
    public async Task SignIn_ServiceAccountWithoutTls_SaysToChooseIt()
    {
        var settings = domain.Settings;
        var refused = await _directories.RefusedAsync(settings with { Uris = [settings.Uris[0].Replace("ldaps", "ldap", StringComparison.Ordinal)], StartTls = false, AllowPlain = true }, "alice", "x");

        Assert.Contains("Choose LDAPS or StartTLS", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ByStartTls_Works()
    {
        var settings = domain.Settings;

        await _directories.AcceptedAsync(settings with { Uris = [settings.Uris[0].Replace("ldaps", "ldap", StringComparison.Ordinal)] }, "alice", SambaDomain.PasswordOf("alice"));
    }

    [Fact]
    public async Task Sync_AccountDisabledOrDeleted_IsTold()
    {
        var settings = domain.Settings;
        var leaver = await _directories.AcceptedAsync(settings, "leaver", SambaDomain.PasswordOf("leaver"));
        var known = new KnownAccount(leaver.Id, leaver.Name, [.. leaver.Groups.Select(group => group.Id)]);

        var before = await ReadAsync(settings, known);
        await domain.ModifyAsync($"dn: {leaver.Dn}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 514\n\n");
        var disabled = await ReadAsync(settings, known);
        await domain.ModifyAsync($"dn: {leaver.Dn}\nchangetype: delete\n\n");
        var deleted = await ReadAsync(settings, known);

        Assert.Empty(before);
        Assert.Equal(AccountProblem.Disabled, Assert.IsType<DirectoryChange.Barred>(Assert.Single(disabled)).Problem);
        Assert.IsType<DirectoryChange.Vanished>(Assert.Single(deleted));
    }

    [Fact]
    public async Task Ranges_AskedForInParts_AreJoined()
    {
        var count = await _directories.Dialer.RunAsync(domain.Settings, TimeSpan.FromMinutes(5), async (session, token) =>
        {
            var search = new LdapSearch { Base = $"CN=Crowd,{SambaDomain.Users}", Scope = LdapScope.Base, Filter = LdapFilter.Anything, Attributes = ["member;range=0-4"] };
            await foreach (var (entry, _) in session.SearchAsync(search, token))
            {
                Assert.Equal(5, entry.Attributes.Single(attribute => attribute.Description == "member;range=0-4").Values.Length);
                return (await RangedValues.AllAsync(session.Main, entry, "member", token)).Length;
            }

            return 0;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(12, count);
    }

    [Fact]
    public async Task Test_OfTheDomain_GoesThroughAllSteps()
    {
        var steps = new List<DirectoryTestStep>();
        await foreach (var step in _directories.Test.RunAsync(domain.Settings, "alice", SambaDomain.PasswordOf("alice"), TestContext.Current.CancellationToken))
            steps.Add(step);

        Assert.Equal(Enum.GetValues<DirectoryTestStage>(), steps.Select(step => step.Stage));
        Assert.All(steps, step => Assert.NotEqual(DirectoryTestOutcome.Failed, step.Outcome));
        Assert.Contains(steps.SelectMany(step => step.Facts), fact => fact.Name == "Not followed");
    }

    private async Task<List<DirectoryChange>> ReadAsync(DirectorySettings settings, KnownAccount known)
    {
        var changes = new List<DirectoryChange>();
        await foreach (var change in _directories.Sync.ReadAsync(settings, [known], TestContext.Current.CancellationToken))
            changes.Add(change);
        return changes;
    }
}
