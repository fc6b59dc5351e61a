using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.App.Administration;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>Who one is, once, and where it is kept.</summary>
public sealed class LoginTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_WithAPassword_KeepsATokenForItsOwnerAlone_AndLogoutRevokesIt()
    {
        await using var server = new TestServer().OnAPort();
        using var home = new CliHome();

        var login = await home.TypeAsync([TestServer.Admin, TestServer.Password], "login", "--url", server.Address!.AbsoluteUri);
        var tokens = await server.Get<ApiTokens>().ListAsync(null, Token);
        var kept = await File.ReadAllTextAsync(home.Logins, Token);
        var mode = File.GetUnixFileMode(home.Logins);
        var who = await home.RunAsync("whoami", "--output", "json");
        var logout = await home.RunAsync("logout");
        var after = await home.RunAsync("whoami");

        Assert.Equal((0, 0, 0, 4), (login.Code, who.Code, logout.Code, after.Code));
        Assert.Contains(" as admin", login.Out, StringComparison.Ordinal);
        Assert.Single(tokens);
        Assert.Equal(OwnerOnly, mode);
        Assert.DoesNotContain(TestServer.Password, kept + login.All, StringComparison.Ordinal);
        Assert.Equal(("admin", true), ((string?)JsonNode.Parse(who.Out)!["user"], (bool?)JsonNode.Parse(who.Out)!["administrator"]));
        Assert.Empty(await server.Get<ApiTokens>().ListAsync(null, Token));
        Assert.Contains("xo-blazor cli login", after.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"token\"", await File.ReadAllTextAsync(home.Logins, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_Again_RevokesTheTokenOfBefore()
    {
        await using var server = new TestServer().OnAPort();
        using var home = new CliHome();
        await home.SignInAsync(server);
        var before = Assert.Single(await server.Get<ApiTokens>().ListAsync(null, Token)).Id;

        await home.SignInAsync(server);

        Assert.NotEqual(before, Assert.Single(await server.Get<ApiTokens>().ListAsync(null, Token)).Id);
    }

    [Fact]
    public async Task Login_OfAnAccountWithAnApp_AsksForTheCode()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new TestServer().With(time).OnAPort();
        var (key, _) = await server.EnrolAsync(TestServer.Admin);
        using var home = new CliHome();

        var asked = await home.TypeAsync([TestServer.Password, server.Code(key)], "login", "--url", server.Address!.AbsoluteUri, "--user", TestServer.Admin);
        time.Advance(TimeSpan.FromSeconds(30));
        var given = await home.PipeAsync(TestServer.Password + "\n", "login", "--url", server.Address!.AbsoluteUri, "--user", TestServer.Admin, "--password-stdin", "--otp", server.Code(key));
        var without = await home.PipeAsync(TestServer.Password + "\n", "login", "--user", TestServer.Admin, "--password-stdin");

        Assert.True((asked.Code, given.Code) == (0, 0), asked.All + given.All);
        Assert.Equal(4, without.Code);
        Assert.Contains("one-time code", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_WithAWrongPassword_IsRefusedAndKeepsNothing()
    {
        await using var server = new TestServer().OnAPort();
        using var home = new CliHome();

        var end = await home.PipeAsync("wrong\n", "login", "--url", server.Address!.AbsoluteUri, "--user", TestServer.Admin, "--password-stdin");

        Assert.Equal((4, "xo-blazor: invalid credentials.\n"), (end.Code, end.Error));
        Assert.False(File.Exists(home.Logins));
    }

    [Fact]
    public async Task Token_FromTheEnvironment_NeedsNoSignInAndIsKeptNowhere()
    {
        await using var server = new TestServer().OnAPort();
        var admin = await server.AdminAsync();
        using var home = new CliHome();
        home.Variables["XOBLAZOR_URL"] = server.Address!.AbsoluteUri;
        home.Variables["XOBLAZOR_TOKEN"] = await server.Get<ApiTokens>().CreateAsync(admin, Guid.Parse(admin.Actor.Id), "script", TimeSpan.FromDays(1), null, Token);

        var good = await home.RunAsync("whoami");
        home.Variables["XOBLAZOR_TOKEN"] += "x";
        var bad = await home.RunAsync("whoami");

        Assert.Equal((0, 4), (good.Code, bad.Code));
        Assert.Contains("ran out or was revoked", bad.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(home.Logins));
    }

    [Theory]
    [InlineData(4, "Which server?", "whoami")]
    [InlineData(2, "readable for everybody on the way", "whoami", "--url", "http://192.0.2.1")]
    [InlineData(2, "do not belong into an address", "whoami", "--url", "https://token@192.0.2.1")]
    [InlineData(2, "is no address of a server", "whoami", "--url", "ftp://x")]
    [InlineData(2, "is no SHA-256 fingerprint", "whoami", "--url", "https://localhost", "--fingerprint", "AB:CD")]
    [InlineData(5, "nothing listens there", "whoami", "--url", "http://127.0.0.1:1", "--token", "x")]
    [InlineData(5, "there is no host", "whoami", "--url", "https://no-such-host.invalid", "--token", "x")]
    [InlineData(2, "Unrecognized", "whomai")]
    public async Task Command_ThatCannotReachAServer_SaysWhyAndWhatToDo(int code, string words, params string[] arguments)
    {
        using var home = new CliHome();

        var end = await home.RunAsync(arguments);

        Assert.True(end.Code == code, end.All);
        Assert.Contains(words, end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logins_ThatOthersCouldRead_AreClosedAndItIsSaid()
    {
        await using var server = new TestServer().OnAPort();
        using var home = new CliHome();
        await home.SignInAsync(server);
        File.SetUnixFileMode(home.Logins, OwnerOnly | UnixFileMode.OtherRead);

        var end = await home.RunAsync("whoami");

        Assert.Equal((0, OwnerOnly), (end.Code, File.GetUnixFileMode(home.Logins)));
        Assert.Contains("others could read", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_ShownOnceAndTrusted_IsPinnedAndAnotherOneIsRefused()
    {
        using var folder = new TempFolder();
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "https://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var stopped = server;
        var printed = (await server.LineAsync(line => line.Contains("SHA-256: ", StringComparison.Ordinal))).Split("SHA-256: ")[1];
        var url = $"https://127.0.0.1:{address.Port}";
        using var home = new CliHome();

        var unasked = await home.PipeAsync(TestServer.Password, "login", "--url", url, "--user", TestServer.Admin, "--password-stdin");
        var declined = await home.TypeAsync(["n"], "login", "--url", url, "--user", TestServer.Admin);
        var accepted = await home.TypeAsync(["y", TestServer.Password], "login", "--url", url, "--user", TestServer.Admin);
        var who = await home.RunAsync("whoami");
        var other = string.Join(':', Enumerable.Repeat("AB", 32));
        await File.WriteAllTextAsync(home.Logins, (await File.ReadAllTextAsync(home.Logins, Token)).Replace(printed, other, StringComparison.Ordinal), Token);
        var changed = await home.RunAsync("whoami");
        var again = await home.TypeAsync(["y", TestServer.Password], "login", "--url", url, "--user", TestServer.Admin);
        var named = await home.PipeAsync(TestServer.Password, "login", "--url", url, "--user", TestServer.Admin, "--password-stdin", "--fingerprint", printed);

        Assert.True((unasked.Code, declined.Code, accepted.Code, who.Code) == (5, 5, 0, 0), unasked.All + declined.All + accepted.All + who.All);
        Assert.All([unasked.Error, accepted.Error], text => Assert.Contains(printed, text, StringComparison.Ordinal));
        Assert.Contains("--fingerprint", unasked.Error, StringComparison.Ordinal);
        Assert.Equal((5, 5, 0), (changed.Code, again.Code, named.Code));
        Assert.All([changed.Error, again.Error], text => Assert.True(text.Contains(printed, StringComparison.Ordinal) && text.Contains(other, StringComparison.Ordinal) && text.Contains("another certificate", StringComparison.Ordinal), text));
        Assert.Equal(0, (await home.RunAsync("whoami")).Code);
    }
}
