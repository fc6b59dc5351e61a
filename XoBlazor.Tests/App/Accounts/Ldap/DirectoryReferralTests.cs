using XoBlazor.App.Accounts.Ldap;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>A directory of which a part lies on another server: ou=branch of the first points to the people of the second.</summary>
public sealed class DirectoryReferralTests : IAsyncLifetime
{
    private const string Branch = "ou=branch," + ExampleDirectory.People;

    private readonly TestAuthority _authority = new();
    private readonly Directories _directories = new();
    private Slapd? _first;
    private Slapd? _second;

    public async ValueTask InitializeAsync()
    {
        _second = await Slapd.StartAsync(_authority, ExampleDirectory.Unit("people") + ExampleDirectory.Person("dora", "Dora", "dora@example.test"));
        _first = await Slapd.StartAsync(_authority, ExampleDirectory.Small + Pointer(_second.Tls, ExampleDirectory.People));
    }

    [Fact]
    public async Task SignIn_ReferralsNotFollowed_SeesOnlyThisServer()
    {
        await _directories.AcceptedAsync(Settings, "alice");
        var refused = await _directories.RefusedAsync(Settings, "dora", "doras secret");

        Assert.Equal(DirectoryRefusalReason.UnknownName, refused.Reason);
    }

    [Fact]
    public async Task SignIn_ReferralsFollowed_BindsWhereTheEntryLies()
    {
        var account = await _directories.AcceptedAsync(Settings with { FollowReferrals = true }, "dora");
        var refused = await _directories.RefusedAsync(Settings with { FollowReferrals = true }, "dora", "not this one");

        Assert.Equal("dora", account.Name);
        Assert.Equal(DirectoryRefusalReason.WrongPassword, refused.Reason);
    }

    [Fact]
    public async Task Search_ReferralToLesserProtection_IsNotFollowed()
    {
        await using var first = await Slapd.StartAsync(_authority, ExampleDirectory.Small + Pointer(_second!.Plain, ExampleDirectory.People));
        var settings = Settings with { Uris = [first.Tls], FollowReferrals = true };

        var refused = await _directories.RefusedAsync(settings, "dora", "doras secret");
        var unfollowed = await _directories.Dialer.RunAsync(settings, settings.SignInTimeout, async (session, token) =>
        {
            await DirectoryUsers.FindAsync(session, "dora", token);
            return session.Unfollowed;
        }, Token);

        Assert.Equal(DirectoryRefusalReason.UnknownName, refused.Reason);
        Assert.Contains("protected in another way", Assert.Single(unfollowed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ReferralToAStrangersCertificate_SendsNoPasswordThere()
    {
        using var stranger = new TestAuthority("Somebody else's CA");
        await using var second = await Slapd.StartAsync(stranger, ExampleDirectory.Unit("people") + ExampleDirectory.Person("dora", "Dora", "dora@example.test"));
        await using var first = await Slapd.StartAsync(_authority, ExampleDirectory.Small + Pointer(second.Tls, ExampleDirectory.People));
        var settings = Settings with { Uris = [first.Tls], FollowReferrals = true };

        var refused = await _directories.RefusedAsync(settings, "dora", "doras secret");

        Assert.Equal(DirectoryRefusalReason.UnknownName, refused.Reason);
    }

    [Fact]
    public async Task Search_ReferralsInARing_End()
    {
        await using var second = await Slapd.StartAsync(_authority, ExampleDirectory.Unit("people"));
        await using var first = await Slapd.StartAsync(_authority, ExampleDirectory.Small + Pointer(second.Tls, ExampleDirectory.People));
        await second.ModifyAsync(Pointer(first.Tls, ExampleDirectory.People).Replace("\nobjectClass: referral", "\nchangetype: add\nobjectClass: referral", StringComparison.Ordinal));

        var refused = await _directories.RefusedAsync(Settings with { Uris = [first.Tls], FollowReferrals = true }, "dora", "doras secret");

        Assert.Equal(DirectoryRefusalReason.UnknownName, refused.Reason);
    }

    [Fact]
    public async Task Search_WholeBaseElsewhere_FollowsOrSaysWhere()
    {
        var settings = Settings with { UserBase = Branch };

        var refused = await _directories.RefusedAsync(settings, "dora", "doras secret");
        var account = await _directories.AcceptedAsync(settings with { FollowReferrals = true }, "dora");

        Assert.Contains(_second!.Tls, refused.Detail, StringComparison.Ordinal);
        Assert.Equal("dora", account.Name);
    }

    [Fact]
    public async Task Sync_PartOfTheDirectoryOutOfReach_TakesNobodyForGone()
    {
        var settings = Settings with { FollowReferrals = true };
        var dora = await _directories.AcceptedAsync(settings, "dora");
        await _second!.KillAsync();

        var doubt = await Assert.ThrowsAsync<DirectoryException>(async () =>
        {
            await foreach (var _ in _directories.Sync.ReadAsync(settings, [new KnownAccount(dora.Id, "dora", [])], Token))
                Assert.Fail("nothing is known of dora now");
        });

        Assert.Equal(DirectoryTrouble.Doubtful, doubt.Trouble);
    }

    public async ValueTask DisposeAsync()
    {
        if (_first is not null)
            await _first.DisposeAsync();
        if (_second is not null)
            await _second.DisposeAsync();
        _authority.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DirectorySettings Settings
    {
        get
        {
            var settings = Directories.Of(_first!);
            return settings with { Groups = null };
        }
    }

    private static string Pointer(string server, string dn) =>
        ExampleDirectory.Entry([$"dn: {Branch}", "objectClass: referral", "objectClass: extensibleObject", "ou: branch", $"ref: {server}/{dn}"]);
}
