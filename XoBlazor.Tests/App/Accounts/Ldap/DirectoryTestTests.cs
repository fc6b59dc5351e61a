using XoBlazor.App.Accounts.Ldap;
using XoBlazor.Tests.App.Accounts.Ldap.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>The steps an administrator sees when trying a directory out.</summary>
public sealed class DirectoryTestTests(SmallDirectory small) : IClassFixture<SmallDirectory>
{
    private readonly Directories _directories = new();

    [Fact]
    public async Task Run_EverythingRight_GoesThroughAllStepsWithoutSecrets()
    {
        var settings = Directories.Of(small.Server) with { Mappings = [new($"cn=staff,{ExampleDirectory.Groups}", new DirectoryGroupTarget.Role("administrator"))] };

        var steps = await RunAsync(settings, "alice", "alices secret");

        Assert.Equal(Enum.GetValues<DirectoryTestStage>(), steps.Select(step => step.Stage));
        Assert.All(steps, step => Assert.True(step.Outcome == DirectoryTestOutcome.Passed, $"{step.Stage}: {step.Text}"));
        Assert.Contains(Facts(steps, DirectoryTestStage.Secured), fact => fact.Name == "SHA-256");
        Assert.Contains(Facts(steps, DirectoryTestStage.Bound), fact => fact.Value == $"dn:{Slapd.Reader}");
        Assert.Contains(Facts(steps, DirectoryTestStage.Account), fact => fact.Value == ExampleDirectory.AliceId);
        Assert.Equal(["everyone", "staff"], Facts(steps, DirectoryTestStage.Groups).Select(fact => fact.Name).Order());
        Assert.Equal("administrator", Assert.Single(Facts(steps, DirectoryTestStage.Roles)).Value);
        Assert.DoesNotContain(steps, step => step.ToString().Contains("secret", StringComparison.Ordinal) || step.Facts.Any(fact => fact.Value.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_WrongAuthority_FailsAtTlsWithTheCertificateThatWasShown()
    {
        using var stranger = new TestAuthority("Somebody else's CA");

        var steps = await RunAsync(Directories.Of(small.Server) with { CaPem = stranger.Pem });

        Assert.Equal([DirectoryTestStage.Settings, DirectoryTestStage.Resolved, DirectoryTestStage.Connected, DirectoryTestStage.Secured], steps.Select(step => step.Stage));
        Assert.Equal(DirectoryTestOutcome.Failed, steps[^1].Outcome);
        Assert.Contains("Paste the root certificate", steps[^1].Text, StringComparison.Ordinal);
        Assert.Contains(steps[^1].Facts, fact => fact.Name == "Issued by" && fact.Value.Contains("Test directory CA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NameThatHasNoAddress_FailsAtTheFirstStep()
    {
        var steps = await RunAsync(Directories.Of(small.Server) with { Uris = ["ldaps://no-such-host.invalid"] });

        Assert.Equal((DirectoryTestStage.Resolved, DirectoryTestOutcome.Failed), (steps[^1].Stage, steps[^1].Outcome));
    }

    [Fact]
    public async Task Run_OneServerOfTwoDown_ShowsBothAndGoesOnWithTheOther()
    {
        var gone = new ScriptedServer(ScriptedServer.Silence);
        await gone.DisposeAsync();

        var steps = await RunAsync(Directories.Of(small.Server) with { Uris = [$"ldaps://127.0.0.1:{gone.Port}", small.Server.Tls] });

        Assert.Contains(steps, step => step.Stage == DirectoryTestStage.Connected && step.Outcome == DirectoryTestOutcome.Failed && step.Text.Contains("nothing listens", StringComparison.Ordinal));
        Assert.Equal(DirectoryTestStage.GroupsListed, steps[^1].Stage);
    }

    [Fact]
    public async Task Run_UncheckedAndPlain_AreWarnedOf()
    {
        var unchecked_ = await RunAsync(Directories.Of(small.Server) with { CheckCertificate = false });
        var plain = await RunAsync(Directories.Of(small.Server) with { Uris = [small.Server.Plain], StartTls = false, AllowPlain = true });

        Assert.Equal(DirectoryTestOutcome.Warning, unchecked_.Single(step => step.Stage == DirectoryTestStage.Secured).Outcome);
        Assert.Contains("can be read on the way", plain.Single(step => step.Stage == DirectoryTestStage.Secured).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CertificateThatEndsSoon_IsWarnedOf()
    {
        await using var server = await Slapd.StartAsync(small.Authority, ExampleDirectory.Small, new SlapdOptions { Certificate = address => small.Authority.Issue(address, days: 5) });

        var steps = await RunAsync(Directories.Of(server));

        Assert.Contains("Renew it", steps.Single(step => step.Stage == DirectoryTestStage.Secured).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongServicePassword_FailsAtTheBind()
    {
        var steps = await RunAsync(Directories.Of(small.Server), directories: new Directories(password: "not this one"));

        Assert.Equal((DirectoryTestStage.Bound, DirectoryTestOutcome.Failed), (steps[^1].Stage, steps[^1].Outcome));
        Assert.DoesNotContain("not this one", steps[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody-of-this-name", "finds nobody")]
    [InlineData("twin", "more than one")]
    public async Task Run_NameThatFindsNotOne_ShowsFilterAndEntries(string name, string words)
    {
        var steps = await RunAsync(Directories.Of(small.Server), name);

        Assert.Contains(words, steps[^1].Text, StringComparison.Ordinal);
        Assert.Contains(steps[^1].Facts, fact => fact.Name == "Filter" && fact.Value.Contains($"(uid={name})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WrongPasswordOfTheUser_SaysSoAndStillShowsGroups()
    {
        var steps = await RunAsync(Directories.Of(small.Server), "alice", "not this one");

        Assert.Equal(DirectoryTestOutcome.Failed, steps.Single(step => step.Stage == DirectoryTestStage.SignedIn).Outcome);
        Assert.Equal(DirectoryTestStage.Roles, steps[^1].Stage);
        Assert.Equal(DirectoryTestOutcome.Warning, steps[^1].Outcome);
    }

    [Theory]
    [InlineData("locked", "disabled")]
    [InlineData("reset", "must be changed")]
    public async Task Run_BarredAccount_SaysWhy(string name, string words)
    {
        var steps = await RunAsync(Directories.Of(small.Server), name);

        Assert.Contains(words, steps.Single(step => step.Stage == DirectoryTestStage.Account).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://directory.example.test", "(uid={name})", "is no server")]
    [InlineData("ldaps://user:password@directory.example.test", "(uid={name})", "is no server")]
    [InlineData("ldaps://directory.example.test", "(uid=fixed)", "has no {name}")]
    [InlineData("ldaps://directory.example.test", "(uid={name}", "')' is missing")]
    public async Task Run_SettingsThatCannotWork_SaysWhatToWrite(string uri, string filter, string words)
    {
        var step = Assert.Single(await RunAsync(Directories.Of(small.Server) with { Uris = [uri], UserFilter = filter }));

        Assert.Equal((DirectoryTestStage.Settings, DirectoryTestOutcome.Failed), (step.Stage, step.Outcome));
        Assert.Contains(words, step.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<DirectoryTestFact> Facts(IEnumerable<DirectoryTestStep> steps, DirectoryTestStage stage) => steps.Single(step => step.Stage == stage).Facts;

    private async Task<List<DirectoryTestStep>> RunAsync(DirectorySettings settings, string? name = null, string? password = null, Directories? directories = null)
    {
        var steps = new List<DirectoryTestStep>();
        await foreach (var step in (directories ?? _directories).Test.RunAsync(settings, name, password, TestContext.Current.CancellationToken))
            steps.Add(step);
        return steps;
    }
}
