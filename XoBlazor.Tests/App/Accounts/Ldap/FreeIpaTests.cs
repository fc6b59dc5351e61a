using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>The preset for FreeIPA, as it is, against a slapd with FreeIPA's tree, classes and ways.</summary>
public sealed class FreeIpaTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private readonly Directories _directories = new();
    private Slapd _slapd = null!;
    private DirectorySettings _settings = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _slapd = await Slapd.StartAsync(_authority, FreeIpaDirectory.Content, FreeIpaDirectory.Options);
        _settings = Directories.Patient(DirectoryPreset.FreeIpa.Make(Guid.NewGuid(), "IPA", Slapd.Suffix, _slapd.Tls)) with
        {
            CaPem = _authority.Pem,
            ServiceAccount = Slapd.Reader,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _slapd.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task SignIn_ThroughThePreset_HasItsLastingIdAndAllGroupsAndNothingElse()
    {
        var alice = await _directories.AcceptedAsync(_settings, "alice");

        Assert.Equal((FreeIpaDirectory.AliceId, "Alice Liddell", "alice@example.test"), (alice.Id, alice.DisplayName, alice.Mail));
        Assert.Equal(["everyone", "staff"], alice.Groups.Select(group => group.Name).Order());
        Assert.Equal("6f2c0d4e-7b1a-11ef-9c1d-525400a1b2d1", alice.Groups.Single(group => group.Name == "staff").Id);
    }

    [Theory]
    [InlineData("alice", "not the password", DirectoryRefusalReason.WrongPassword)]
    [InlineData("locked", "lockeds secret", DirectoryRefusalReason.Barred)]
    [InlineData("staff", "whatever it is", DirectoryRefusalReason.UnknownName)]
    public async Task SignIn_OfWhoeverMayNot_IsRefused(string name, string password, object reason) =>
        Assert.Equal(reason, (await _directories.RefusedAsync(_settings, name, password)).Reason);

    [Fact]
    public async Task Synchronise_ByTheLastingId_TellsWhoLeftAGroupAndWhoIsDisabled()
    {
        var known = new KnownAccount(FreeIpaDirectory.AliceId, "alice", [.. (await _directories.AcceptedAsync(_settings, "alice")).Groups.Select(group => group.Id)]);
        var before = await ReadAsync(known);
        await _slapd.ModifyAsync($"""
            dn: cn=staff,{FreeIpaDirectory.Groups}
            changetype: modify
            replace: member
            member: {FreeIpaDirectory.Dn("nobody")}

            """);
        var left = await ReadAsync(known);
        await _slapd.ModifyAsync($"""
            dn: {FreeIpaDirectory.Dn("alice")}
            changetype: modify
            replace: nsAccountLock
            nsAccountLock: TRUE

            """);
        var disabled = await ReadAsync(known);

        Assert.Empty(before);
        Assert.Equal(["everyone"], Assert.IsType<DirectoryChange.Changed>(Assert.Single(left)).Now.Groups.Select(group => group.Name));
        Assert.Equal(AccountProblem.Disabled, Assert.IsType<DirectoryChange.Barred>(Assert.Single(disabled)).Problem);
    }

    [Fact]
    public async Task Test_OfThePreset_PassesEveryStepAndShowsTheGroups()
    {
        var steps = new List<DirectoryTestStep>();
        await foreach (var step in _directories.Test.RunAsync(_settings, "alice", ExampleDirectory.PasswordOf("alice"), Token))
            steps.Add(step);
        var offered = await _directories.Dialer.RunAsync(_settings, Patience.Limit, (session, inner) => DirectoryGroups.FindAsync(session, "a", 20, inner), Token);

        Assert.All(steps, step => Assert.NotEqual(DirectoryTestOutcome.Failed, step.Outcome));
        Assert.Contains("3 groups", steps.Single(step => step.Stage == DirectoryTestStage.GroupsListed).Text, StringComparison.Ordinal);
        // alice has a private group of her own, which is no group of people.
        Assert.Equal(["staff"], offered.Groups.Select(group => group.Name));
    }

    private async Task<List<DirectoryChange>> ReadAsync(KnownAccount known)
    {
        var changes = new List<DirectoryChange>();
        await foreach (var change in _directories.Sync.ReadAsync(_settings, [known], Token))
            changes.Add(change);
        return changes;
    }
}
