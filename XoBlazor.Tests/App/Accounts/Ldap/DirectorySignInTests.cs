using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>Sign-in against a real slapd.</summary>
public sealed class DirectorySignInTests(SmallDirectory small) : IClassFixture<SmallDirectory>
{
    private readonly Directories _directories = new();

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    [InlineData("  Alice ")]
    public async Task SignIn_RightPassword_GivesThePersonInTheDirectorysSpelling(string typed)
    {
        var account = await _directories.AcceptedAsync(Settings, typed, "alices secret");

        Assert.Equal((ExampleDirectory.AliceId, "alice", "Alice Liddell", "alice@example.test"), (account.Id, account.Name, account.DisplayName, account.Mail));
        Assert.Equal(["everyone", "staff"], account.Groups.Select(group => group.Name).Order());
    }

    [Theory]
    [InlineData("alice", "not this one", "WrongPassword")]
    [InlineData("nobody-of-this-name", "not this one", "UnknownName")]
    [InlineData("twin", "twins secret", "Ambiguous")]
    [InlineData("locked", "lockeds secret", "Barred")]
    [InlineData("reset", "resets secret", "Barred")]
    public async Task SignIn_Refused_HasAReasonForTheLogAndOneTextForTheDoor(string name, string password, string reason)
    {
        var refused = await _directories.RefusedAsync(Settings, name, password);

        Assert.Equal(reason, refused.Reason.ToString());
        Assert.Equal("This name and password do not match, or the account may not sign in.", refused.PublicText);
        Assert.DoesNotContain(password, refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("x\0")]
    public async Task SignIn_EmptyPassword_IsRefusedThoughTheServerWouldSayYes(string password)
    {
        await using var careless = await Slapd.StartAsync(small.Authority, ExampleDirectory.Small, new SlapdOptions { AllowUnauthenticatedBind = true });
        await using var relay = new Relay(careless.Address, Slapd.PlainPort);
        var settings = Directories.Of(careless) with { Uris = [$"ldap://127.0.0.1:{relay.Port}"], StartTls = false, AllowPlain = true };

        var refused = await _directories.RefusedAsync(settings, "alice", password);

        Assert.Equal(DirectoryRefusalReason.NoPassword, refused.Reason);
        Assert.Equal(0, relay.Connections);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a*")]
    [InlineData("alice)(uid=*")]
    [InlineData("*)(|(uid=*")]
    [InlineData("alice)(&(objectClass=*)")]
    [InlineData(@"alic\65")]
    [InlineData(@"\2a")]
    [InlineData("alice\0")]
    [InlineData("alice,ou=people")]
    public async Task SignIn_NameThatMeansSomethingInAFilter_IsOnlyAName(string name)
    {
        var refused = await _directories.RefusedAsync(Settings, name, "alices secret");

        Assert.Equal(DirectoryRefusalReason.UnknownName, refused.Reason);
    }

    [Fact]
    public async Task SignIn_HostileNames_ComeBackAsTheyAre()
    {
        var markup = await _directories.AcceptedAsync(Settings, SmallDirectory.Markup, "hostile secret");
        var special = await _directories.AcceptedAsync(Settings, SmallDirectory.Special, "hostile secret");

        Assert.Equal(SmallDirectory.Markup, markup.Name);
        Assert.Equal(SmallDirectory.Special, special.Name);
        Assert.Equal(["special"], special.Groups.Select(group => group.Name));
        Assert.Equal("good@example.test", special.Mail);
        Assert.DoesNotContain(special.DisplayName!, letter => char.IsControl(letter) || letter == '\u202e');
    }

    [Fact]
    public async Task SignIn_HugeAndManyValues_AreTakenInBounds()
    {
        var huge = await _directories.AcceptedAsync(Settings with { DisplayNameAttribute = "displayName" }, "huge");
        var many = await _directories.AcceptedAsync(Settings, "many");

        Assert.True(huge.DisplayName!.Length <= DirectoryUsers.LongestName + 1);
        Assert.Contains("@example.test", many.Mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_UnknownNameAndWrongPassword_CostTheServerTheSame()
    {
        await using var relay = new Relay(small.Server.Address, Slapd.PlainPort);
        var settings = Settings with { Uris = [$"ldap://127.0.0.1:{relay.Port}"], StartTls = false, AllowPlain = true };

        var begun = TimeProvider.System.GetTimestamp();
        await _directories.RefusedAsync(settings, "nobody-of-this-name", "wrong");
        var unknown = (relay.Connections, Took: TimeProvider.System.GetElapsedTime(begun));
        begun = TimeProvider.System.GetTimestamp();
        await _directories.RefusedAsync(settings, "alice", "wrong");
        var wrong = (Connections: relay.Connections - unknown.Connections, Took: TimeProvider.System.GetElapsedTime(begun));

        // A second, but for the grain of timers.
        var floor = TimeSpan.FromSeconds(0.98);
        Assert.Equal((2, 2), (unknown.Connections, wrong.Connections));
        Assert.True(unknown.Took >= floor, $"an unknown name was refused after {unknown.Took}");
        Assert.True(wrong.Took >= floor, $"a wrong password was refused after {wrong.Took}");
    }

    [Fact]
    public async Task SignIn_SeveralDirectories_TheFirstThatSaysYesCounts()
    {
        await using var other = await Slapd.StartAsync(small.Authority, ExampleDirectory.Unit("people") + ExampleDirectory.Unit("groups")
            + ExampleDirectory.Person("alice", "Another Alice", "a@other.test").Replace("alices secret", "other secret", StringComparison.Ordinal)
            + ExampleDirectory.Person("dora", "Dora", "d@other.test"));
        var first = Settings;
        var second = Directories.Of(other, name: "Other");

        var one = await _directories.SignIn.SignInAsync([first, second], "alice", "alices secret", Directories.Freely, Token);
        var two = await _directories.SignIn.SignInAsync([first, second], "alice", "other secret", Directories.Freely, Token);
        var only = await _directories.SignIn.SignInAsync([first, second], "dora", "doras secret", Directories.Freely, Token);
        var none = await _directories.SignIn.SignInAsync([first, second], "alice", "wrong", Directories.Freely, Token);

        Assert.Equal(first.Id, Assert.IsType<DirectoryAnswer.Accepted>(one).Account.DirectoryId);
        Assert.Equal(second.Id, Assert.IsType<DirectoryAnswer.Accepted>(two).Account.DirectoryId);
        Assert.Equal(second.Id, Assert.IsType<DirectoryAnswer.Accepted>(only).Account.DirectoryId);
        Assert.Equal(DirectoryRefusalReason.WrongPassword, Assert.IsType<DirectoryAnswer.Refused>(none).Reason);
    }

    [Fact]
    public async Task SignIn_FirstDirectoryDown_TheSecondGoesOnAndTheFirstIsLeftAlone()
    {
        await using var silent = new ScriptedServer(ScriptedServer.Silence);
        var down = Settings with { Id = Guid.NewGuid(), Name = "Silent", Uris = [$"ldaps://127.0.0.1:{silent.Port}"], ConnectTimeout = TimeSpan.FromMilliseconds(200) };

        var first = await _directories.SignIn.SignInAsync([down, Settings], "alice", "alices secret", Directories.Freely, Token);
        var second = await _directories.SignIn.SignInAsync([down, Settings], "alice", "alices secret", Directories.Freely, Token);
        var refused = Assert.IsType<DirectoryAnswer.Refused>(await _directories.SignIn.SignInAsync([down], "alice", "alices secret", Directories.Freely, Token));

        Assert.IsType<DirectoryAnswer.Accepted>(first);
        Assert.IsType<DirectoryAnswer.Accepted>(second);
        Assert.Equal(DirectoryRefusalReason.DirectoryTrouble, refused.Reason);
        Assert.Contains("Silent", Assert.Single(refused.Troubles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WrongServicePassword_IsTroubleOfTheDirectoryAndNotTriedAtEverySignIn()
    {
        await using var relay = new Relay(small.Server.Address, Slapd.PlainPort);
        var settings = Settings with { Uris = [$"ldap://127.0.0.1:{relay.Port}"], StartTls = false, AllowPlain = true };
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var directories = new Directories(clock, password: "no longer right");

        var first = await directories.RefusedAsync(settings, "alice", "alices secret");
        await directories.RefusedAsync(settings, "alice", "alices secret");

        Assert.Equal(DirectoryRefusalReason.DirectoryTrouble, first.Reason);
        Assert.Contains("service account", first.Detail, StringComparison.Ordinal);
        Assert.Equal(1, relay.Connections);
        clock.Advance(TimeSpan.FromMinutes(2));
        await directories.RefusedAsync(settings, "alice", "alices secret");
        Assert.Equal(2, relay.Connections);
    }

    [Fact]
    public async Task SignIn_PlainNotAllowed_IsRefusedBeforeAnythingIsSent()
    {
        await using var relay = new Relay(small.Server.Address, Slapd.PlainPort);
        var settings = Settings with { Uris = [$"ldap://127.0.0.1:{relay.Port}"], StartTls = false };

        var refused = await _directories.RefusedAsync(settings, "alice", "alices secret");

        Assert.Contains("Choose LDAPS or StartTLS", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(0, relay.Connections);
    }

    [Fact]
    public async Task SignIn_IdAttributeMissing_SaysWhatToChange()
    {
        var refused = await _directories.RefusedAsync(Settings with { IdAttribute = "employeeNumber" }, "alice", "alices secret");

        Assert.Contains("has no single value of employeeNumber", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_GroupBaseThatDoesNotExist_RefusesRatherThanGivesNoGroups()
    {
        var settings = Settings;
        var refused = await _directories.RefusedAsync(settings with { Groups = settings.Groups! with { Base = "ou=gone," + Slapd.Suffix } }, "alice", "alices secret");

        Assert.Equal(DirectoryRefusalReason.DirectoryTrouble, refused.Reason);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DirectorySettings Settings => Directories.Of(small.Server);
}
