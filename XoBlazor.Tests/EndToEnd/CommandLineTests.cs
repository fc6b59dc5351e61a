using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>The published file as client of itself, where it matters at a real pseudo-terminal: what is typed for a password is not shown, a bar is, and Ctrl-C ends it.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Terminal_FromSignInToAStartedVm_ShowsABarAndNoPassword()
    {
        using var folder = new TempFolder();
        var binary = PublishedFile.CopyTo(folder);
        await using var server = ServerProcess.LaunchFile(binary, folder.Path, "--demo", "--data-dir", folder.File("data"), "--urls", "https://127.0.0.1:0");
        var url = new UriBuilder(await server.ReadyAsync()) { Host = "127.0.0.1" }.Uri;
        var password = await server.DemoPasswordAsync();

        var login = await TypeAsync(folder, $"'{binary}' cli login --url {url} --user admin", ("Trust this", "y\n"), ("Password: ", password + "\n"));
        await UntilAsync(folder, binary, "legacy-crm");
        var start = await TypeAsync(folder, $"'{binary}' cli vm start legacy-crm");
        var remove = await TypeAsync(folder, $"'{binary}' cli vm hard-shutdown legacy-crm", ("Go on?", "y\n"));
        var watch = await TypeAsync(folder, $"'{binary}' cli watch --kind host --present", ("xcp-prod-01", "\u0003"));

        Assert.True(login.Code == 0, login.Output);
        Assert.Contains("SHA-256", login.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, login.Output, StringComparison.Ordinal);
        Assert.True(start.Code == 0, start.Output);
        Assert.Contains("Starting legacy-crm [", start.Output, StringComparison.Ordinal);
        Assert.Contains("Start legacy-crm: Done.", start.Output, StringComparison.Ordinal);
        Assert.True(remove.Code == 0, remove.Output);
        Assert.True(watch.Code == 130, watch.Output);
    }

    [Fact]
    public async Task Script_WithATokenAndAPinnedCertificate_ListsAsJson()
    {
        using var folder = new TempFolder();
        var binary = PublishedFile.CopyTo(folder);
        await using var server = ServerProcess.LaunchFile(binary, folder.Path, "--data-dir", folder.File("data"), "--urls", "https://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        var url = new UriBuilder(await server.ReadyAsync()) { Host = "127.0.0.1" }.Uri;
        var fingerprint = (await server.LineAsync(line => line.Contains("SHA-256: ", StringComparison.Ordinal))).Split("SHA-256: ")[1];

        await using var run = ServerProcess.LaunchFile("sh", folder.Path, "-c",
            $"export HOME='{folder.Path}' XOBLAZOR_URL={url} XOBLAZOR_FINGERPRINT={fingerprint}; echo '{TestServer.Password}' | '{binary}' cli login --user admin --password-stdin >/dev/null && '{binary}' cli pool list -o json; echo \"code $?\"");
        await run.EndAsync(Patience.Limit);

        Assert.Contains("code 0", run.Output, StringComparison.Ordinal);
        Assert.Contains("[]", run.Output, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(TempFolder folder, string binary, string vm)
    {
        using var patience = Patience.Source();
        while (true)
        {
            await using var list = ServerProcess.LaunchFile("env", folder.Path, $"HOME={folder.Path}", binary, "cli", "vm", "list", "-o", "json", "--columns", "name,state");
            if (await list.EndAsync() == 0 && list.Output.Contains(vm, StringComparison.Ordinal))
                return;
            await Task.Delay(200, patience.Token);
        }
    }

    /// <summary>Runs a command at a pseudo-terminal, where somebody types each text once the one before it is seen.</summary>
    private static async Task<(int Code, string Output)> TypeAsync(TempFolder folder, string command, params (string Seen, string Typed)[] talk)
    {
        // Who starts the tests in the background has their programs ignore Ctrl-C; nobody at a terminal does.
        var start = new System.Diagnostics.ProcessStartInfo("env")
        {
            ArgumentList = { "--default-signal=INT,QUIT", Needs.Program("script", "bsdutils"), "--quiet", "--return", "--command", command, "/dev/null" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.Path,
            Environment = { ["HOME"] = folder.Path, ["TERM"] = "xterm", ["XDG_CONFIG_HOME"] = "" },
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        using var patience = Patience.Source();
        var output = new StringBuilder();
        try
        {
            var piece = new char[4096];
            foreach (var (seen, typed) in talk)
            {
                while (!output.ToString().Contains(seen, StringComparison.Ordinal))
                    if (await process.StandardOutput.ReadAsync(piece, patience.Token) is > 0 and var count)
                        output.Append(piece, 0, count);
                    else
                        return (-1, output.ToString());
                await process.StandardInput.WriteAsync(typed.AsMemory(), patience.Token);
                await process.StandardInput.FlushAsync(patience.Token);
            }
            while (await process.StandardOutput.ReadAsync(piece, patience.Token) is > 0 and var last)
                output.Append(piece, 0, last);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output.ToString());
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{command} did not end; until then it said: {output}", late);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
