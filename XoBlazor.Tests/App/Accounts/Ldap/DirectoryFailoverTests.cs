using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>Several servers of one directory, of which some are slow, silent or dying.</summary>
public sealed class DirectoryFailoverTests(SmallDirectory small) : IClassFixture<SmallDirectory>
{
    // Long enough for a TLS handshake on a machine with a lot to do: one server hangs for all of it, the other has to make it.
    private static readonly TimeSpan s_patient = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task SignIn_FirstServerDies_TheSecondAnswersAndTheFirstComesBack()
    {
        await using var first = await Slapd.StartAsync(small.Authority, ExampleDirectory.Small);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var directories = new Directories(clock);
        var settings = Directories.Of(small.Server) with { Uris = [first.Tls, small.Server.Tls] };
        await directories.AcceptedAsync(settings, "alice");

        await first.KillAsync();
        await directories.AcceptedAsync(settings, "alice");

        Assert.NotNull(directories.Health.Resting(settings.Id, first.Tls));
        await first.StartAsync();
        await directories.AcceptedAsync(settings, "alice");
        Assert.NotNull(directories.Health.Resting(settings.Id, first.Tls));
        clock.Advance(TimeSpan.FromMinutes(2));
        await directories.AcceptedAsync(settings, "alice");
        Assert.Null(directories.Health.Resting(settings.Id, first.Tls));
    }

    [Fact]
    public async Task Work_ServerDiesInTheMiddle_BeginsAnewOnTheNext()
    {
        await using var dying = await Slapd.StartAsync(small.Authority, ExampleDirectory.Small);
        var directories = new Directories();
        var settings = Directories.Of(small.Server) with { Uris = [dying.Tls, small.Server.Tls] };
        var servers = new List<string>();

        var found = await directories.Dialer.RunAsync(settings, Patience.Limit, async (session, token) =>
        {
            servers.Add(session.Main.Target.Server);
            var people = await DirectoryUsers.FindAsync(session, "alice", token);
            await dying.KillAsync();
            return people.Count + (await DirectoryUsers.FindAsync(session, "bob", token)).Count;
        }, Token);

        Assert.Equal(2, found);
        Assert.Equal([dying.Tls, small.Server.Tls], servers);
    }

    [Fact]
    public async Task SignIn_ServerHangsInTheMiddle_EndsByTheTimeOutAndGoesOn()
    {
        await using var relay = new Relay(small.Server.Address, Slapd.TlsPort);
        var hanging = $"ldaps://127.0.0.1:{relay.Port}";
        var directories = new Directories();
        var settings = Directories.Of(small.Server) with { Uris = [hanging, small.Server.Tls], CheckCertificate = false, ConnectTimeout = s_patient };

        relay.Hang();
        await directories.AcceptedAsync(settings, "alice");

        Assert.NotNull(directories.Health.Resting(settings.Id, hanging));
        Assert.Equal(1, relay.Connections);
        await directories.AcceptedAsync(settings, "alice");
        Assert.Equal(1, relay.Connections);
    }

    [Fact]
    public async Task SignIn_EveryStepSlow_EndsByTheSignInTimeOutAndIsLeftAlone()
    {
        await using var relay = new Relay(small.Server.Address, Slapd.TlsPort);
        var directories = new Directories();
        var settings = Directories.Of(small.Server) with { Uris = [$"ldaps://127.0.0.1:{relay.Port}"], CheckCertificate = false, SignInTimeout = TimeSpan.FromMilliseconds(300) };
        relay.Hang();

        var refused = await directories.RefusedAsync(settings, "alice", "alices secret");

        Assert.Equal(DirectoryRefusalReason.DirectoryTrouble, refused.Reason);
        Assert.Contains("too slowly", refused.Detail, StringComparison.Ordinal);
        Assert.NotNull(directories.Health.Resting(settings.Id, settings.Uris[0]));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(52)]
    public async Task SignIn_ServerBusyOrUnavailable_TheNextIsAsked(int code)
    {
        await using var busy = ScriptedServer.Answering(request => Answers.Done(Answers.IdOf(request), Answers.Bind, code, "try later"));
        var directories = new Directories();
        var settings = Directories.Of(small.Server) with { Uris = [$"ldap://127.0.0.1:{busy.Port}", small.Server.Plain], StartTls = false, AllowPlain = true };

        await directories.AcceptedAsync(settings, "alice");
        var alone = await directories.RefusedAsync(settings with { Id = Guid.NewGuid(), Uris = [settings.Uris[0]] }, "alice", "alices secret");

        Assert.NotNull(directories.Health.Resting(settings.Id, settings.Uris[0]));
        Assert.Contains("busy or shutting down", alone.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ManyAtOnce_AllGetIn()
    {
        var directories = new Directories();
        var settings = Directories.Of(small.Server);

        var accounts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => directories.AcceptedAsync(settings, i % 2 == 0 ? "alice" : "bob")));

        Assert.Equal(20, accounts.Count(account => account.Name == "alice"));
    }

    [Fact]
    public async Task SignIn_CallerLeaves_NothingGoesOn()
    {
        await using var silent = new ScriptedServer(ScriptedServer.Silence);
        var directories = new Directories();
        var settings = Directories.Of(small.Server) with { Uris = [$"ldaps://127.0.0.1:{silent.Port}"] };
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var signIn = directories.SignIn.SignInAsync([settings], "alice", "alices secret", Directories.Freely, leave.Token);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signIn.WaitAsync(Patience.Limit, Token));
    }

    [Fact]
    public void Health_FailuresAtTheSameTime_AreOne_AndOneCallerTriesAgain()
    {
        var clock = new FakeTimeProvider();
        var health = new DirectoryHealth(clock);
        var id = Guid.NewGuid();
        Assert.True(health.MayTry(id, "ldap://a"));

        for (var i = 0; i < 100; i++)
            health.Failed(id, "ldap://a", "gone");

        Assert.False(health.MayTry(id, "ldap://a"));
        Assert.True(health.MayTry(id, "ldap://b"));
        clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.True(health.MayTry(id, "ldap://a"));
        Assert.False(health.MayTry(id, "ldap://a"));
        health.Failed(id, "ldap://a", "gone");
        clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.False(health.MayTry(id, "ldap://a"));
        clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.True(health.MayTry(id, "ldap://a"));
        health.Answered(id, "ldap://a");
        Assert.True(health.MayTry(id, "ldap://a"));
        Assert.True(health.MayTry(id, "ldap://a"));
    }

    [Fact]
    public void Health_AfterSettingsChanged_TriesAtOnce()
    {
        var health = new DirectoryHealth(new FakeTimeProvider());
        var (edited, other) = (Guid.NewGuid(), Guid.NewGuid());
        health.Failed(edited, "ldap://a", "wrong password");
        health.Failed(other, "ldap://a", "gone");

        health.Forget(edited);

        Assert.True(health.MayTry(edited, "ldap://a"));
        Assert.False(health.MayTry(other, "ldap://a"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
