using System.Net;
using XoBlazor.App.Backups;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.EndToEnd;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Hosting;

/// <summary>What can be proved of the systemd unit where systemd itself does not run: that it reads well, and what the server tells it.</summary>
public sealed class SystemdTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unit_InTheInstallGuide_IsSound()
    {
        var program = Needs.Program("systemd-analyze", "systemd");
        using var folder = new TempFolder();
        var unit = InstallGuide.Example("`/etc/systemd/system/xo-blazor.service`").With(("/usr/local/bin/xo-blazor", "/bin/true"));

        var complaints = await VerifyAsync(program, folder.Write("xo-blazor.service", unit));
        var aboutNonsense = await VerifyAsync(program, folder.Write("nonsense.service", unit.With(("Restart=on-failure", "Restart=sometimes"))));

        Assert.DoesNotContain("xo-blazor.service", complaints, StringComparison.Ordinal);
        Assert.Contains("sometimes", aboutNonsense, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_StartedWithANotifySocket_TellsWhenItAnswersAndWhenItGoes()
    {
        using var folder = new TempFolder();
        using var systemd = new NotifySocket(folder);
        await using var server = Launch(folder, systemd);

        var started = await systemd.NextAsync();
        // The socket's message comes before the line that names the port.
        using var client = new HttpClient { BaseAddress = await server.ReadyAsync() };
        var alive = await client.GetAsync("/healthz", Token);
        var stopping = server.StopAsync();
        var stopped = await systemd.NextAsync();

        Assert.Equal("READY=1", started);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal("STOPPING=1", stopped);
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task Restore_UnderANotifySocket_IsAReloadAndNotAnEnd()
    {
        using var folder = new TempFolder();
        using var systemd = new NotifySocket(folder);
        await using var server = Launch(folder, systemd);
        await server.ReadyAsync();
        var backup = folder.File("one.backup");
        new BackupWriter(new DataDirectory(folder.File("data")), TimeProvider.System).Write(backup, overwrite: false);
        var messages = new List<string> { await systemd.NextAsync() };

        var restored = await ServerProcess.RunAsync("restore", backup, "--data-dir", folder.File("data"));
        await server.ReadyAsync();
        messages.AddRange([await systemd.NextAsync(), await systemd.NextAsync()]);

        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.Equal(["READY=1", "RELOADING=1", "READY=1"], messages);
    }

    private static ServerProcess Launch(TempFolder folder, NotifySocket systemd) => ServerProcess.LaunchFile(
        "env", folder.Path, $"NOTIFY_SOCKET={systemd.Path}", "dotnet", Path.Combine(AppContext.BaseDirectory, "xo-blazor.dll"),
        "--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0");

    private static async Task<string> VerifyAsync(string program, string unit)
    {
        await using var verify = ServerProcess.LaunchFile(program, Path.GetTempPath(), "verify", unit);
        await verify.EndAsync();
        return verify.Output;
    }
}
