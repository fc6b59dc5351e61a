using System.Net;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli;

/// <summary>Who rules the machine lets people in again, beside a running server and without one.</summary>
public sealed class UserVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_BesideARunningServer_SetsAPasswordForOnceAndEndsSessions()
    {
        using var folder = new TempFolder();
        await using var server = new TestServer(folder);
        using var browser = server.Browser();
        await TestServer.SignInAsync(browser);
        await server.EnrolAsync(TestServer.Admin);

        var (exitCode, output) = await ServerProcess.RunAsync("user", "reset", "ADMIN", "--data-dir", server.DataFolder);

        Assert.True(exitCode == 0, output);
        Assert.False(await browser.IsSignedInAsync());
        var password = output.Split(": ")[^1].Trim();
        var signIn = await TestServer.SignInAsync(server.Browser(), password);
        Assert.Equal(SignInPages.PasswordPath, signIn.Headers.Location?.OriginalString);
        var record = server.Audit("user.reset")[^1];
        Assert.Equal((AuditOutcome.Succeeded, "cli", TestServer.Admin), (record.Outcome, record.Face, record.Target?.Name));
        Assert.DoesNotContain(server.Get<AuditLog>().ReadAfter(0, 1000), entry => entry.Record.ToString().Contains(password, StringComparison.Ordinal));
        await using var database = await server.DatabaseAsync();
        Assert.DoesNotContain(database.Settings, setting => setting.Name.StartsWith("UserReset:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reset_WithoutAServer_TakesATypedPasswordAndMakesAnAdministrator()
    {
        using var folder = new TempFolder();
        await using (var before = new TestServer(folder))
        {
            before.Browser().Dispose();
            var admin = await before.AdminAsync();
            var ada = await before.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password), Token);
            await before.Get<UserAdministration>().SetDisabledAsync(admin, ada, true, Token);
        }

        var (exitCode, output) = await RunAsync("entirely other words\n", "user", "reset", "ada", "--password-stdin", "--administrator", "--data-dir", folder.File("data"));

        Assert.True(exitCode == 0, output);
        await using var server = new TestServer(folder);
        using var browser = server.Browser();
        Assert.Equal("/", (await browser.SignInAsAsync("ada", "entirely other words")).Headers.Location?.OriginalString);
        Assert.True(await server.AllowsEverywhereAsync("ada", AdministrationRights.Users));
        Assert.Equal("cli", server.Audit("user.reset")[^1].Face);
        Assert.Equal(0, (await ServerProcess.RunAsync("audit", "verify", "--data-dir", folder.File("data"))).ExitCode);
    }

    [Theory]
    [InlineData("nobody", "entirely other words", "There is no user 'nobody'")]
    [InlineData(TestServer.Admin, "password1234", "would be guessed soon")]
    [InlineData(TestServer.Admin, "short", "at least 12")]
    public async Task Reset_ThatCannotBe_SaysWhyAndChangesNothing(string name, string password, string why)
    {
        using var folder = new TempFolder();
        await using var server = new TestServer(folder);
        server.Browser().Dispose();

        var (exitCode, output) = await RunAsync(password + "\n", "user", "reset", name, "--password-stdin", "--data-dir", server.DataFolder);

        Assert.Equal(1, exitCode);
        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await TestServer.SignInAsync(server.Browser())).StatusCode);
    }

    [Fact]
    public async Task List_ShowsNamesAndStates()
    {
        using var folder = new TempFolder();
        await using var server = new TestServer(folder);
        server.Browser().Dispose();
        var admin = await server.AdminAsync();
        var ada = await server.Get<UserAdministration>().CreateAsync(admin, new("ada\u001b[31m", TestServer.Password), Token);
        await server.Get<UserAdministration>().SetDisabledAsync(admin, ada, true, Token);

        var (exitCode, output) = await ServerProcess.RunAsync("user", "list", "--data-dir", server.DataFolder);

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"admin +enabled +here +administrator +never", output);
        Assert.Matches(@"ada\?\[31m +disabled +here", output);
    }

    [Fact]
    public async Task List_WithoutADatabase_SaysWhatToName()
    {
        using var folder = new TempFolder();

        var (exitCode, output) = await ServerProcess.RunAsync("user", "list", "--data-dir", folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("--data-dir", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string input, params string[] arguments)
    {
        using var folder = new TempFolder();
        var file = folder.Write("input", input);
        var command = string.Join(' ', arguments.Select(argument => $"'{argument}'"));
        await using var shell = ServerProcess.LaunchFile("sh", folder.Path, "-c", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "xo-blazor.dll")}' {command} < '{file}'");
        return (await shell.EndAsync(Patience.Limit), shell.Output);
    }
}
