using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>A server that dies of an error that nobody foresaw leaves none of the secrets that passed through it: not in what it says, not in a report, not in a core file. Class 19 of docs/security.md.</summary>
public sealed class SecretsInCrashesTests
{
    private const string Own = "canary of the administrator 7";
    private const string Wrong = "canary typed wrongly";
    private const string Given = "canary given to ada 7";
    private const string Root = "canary of the pool's root";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Secrets_OfAServerThatDies_LieNowhere(bool byThread)
    {
        using var folder = new TempFolder();
        foreach (var name in (string[])["data", "tmp", "work"])
            Directory.CreateDirectory(folder.File(name));
        var death = folder.File("death");
        // Whoever starts it would have a core file written, as far as they may.
        await using var server = ServerProcess.LaunchFile("sh", folder.File("work"), "-c", "ulimit -S -c $(ulimit -H -c); exec env \"$@\"", "sh",
            $"DOTNET_STARTUP_HOOKS={typeof(SecretsInCrashesTests).Assembly.Location}", $"{StartupHook.Death}={death}", $"{StartupHook.ByThread}={(byThread ? 1 : 0)}", $"TMPDIR={folder.File("tmp")}",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "xo-blazor.dll"), "--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0", "--Setup:AdminUser=admin", $"--Setup:AdminPassword={Own}");
        var secrets = await PlantAsync(await server.ReadyAsync());
        var limit = File.ReadLines($"/proc/{server.Id}/limits").Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));

        await File.WriteAllTextAsync(death, "", Token);
        var code = await server.EndAsync();

        Assert.NotEqual(0, code);
        Assert.Contains(StartupHook.LastWords, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secrets, secret => server.Output.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("0", limit["Max core file size".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
        Assert.Empty(Directory.GetFiles(folder.File("work")));
        Assert.Equal(byThread ? 0 : 1, Directory.GetFiles(folder.File("tmp"), "report.txt", SearchOption.AllDirectories).Length);
        Assert.Empty(await DiskSearch.FindAsync(folder.Path, secrets));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData(null, false)]
    public void Warning_WhereDumpsWereAskedFor_IsGiven(string? value, bool isGiven) =>
        Assert.Equal(isGiven, MemoryDump.Warning(name => name == "DOTNET_DbgEnableMiniDump" ? value : null) is not null);

    [Fact]
    public void Unit_ForSystemd_WantsNoCoreFile() => Assert.Contains("\nLimitCORE=0\n", File.ReadAllText(Document()).ReplaceLineEndings("\n"), StringComparison.Ordinal);

    /// <summary>By the page, the socket and requests. Returns every secret that went in or came out.</summary>
    private static async Task<IReadOnlyList<string>> PlantAsync(Uri address)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsAsync("admin", Wrong)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await browser.SignInAsAsync("admin", Own)).StatusCode);
        using var patience = Patience.Source();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/api/" }.Uri, patience.Token);
        await using var client = new RpcClient(socket);
        await client.ResultAsync("session.signIn", new JsonObject { ["email"] = "admin", ["password"] = Own });
        await client.ResultAsync("user.create", new JsonObject { ["email"] = "ada", ["password"] = Given });
        await client.CallAsync("server.add", new JsonObject { ["host"] = "127.0.0.1:9", ["username"] = "root", ["password"] = Root });
        var token = (string)(await client.ResultAsync("token.create"))!;
        foreach (var sent in (string[])[$"Bearer {token}", $"Bearer {Wrong}", $"Basic {Convert.ToBase64String("admin:"u8)}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/vms");
            request.Headers.TryAddWithoutValidation("Authorization", sent);
            (await browser.SendAsync(request, Token)).Dispose();
        }

        return [Own, Wrong, Given, Root, token.Split('_')[^1]];
    }

    private static string Document([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "install.md"));
}
