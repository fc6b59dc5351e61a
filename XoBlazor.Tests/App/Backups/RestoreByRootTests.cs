using XoBlazor.App.Backups;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.EndToEnd;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Backups;

/// <summary>Root restores the data of a server that runs as a user of its own, who then has to be able to open all of it.</summary>
public sealed class RestoreByRootTests
{
    // "nobody" of Debian.
    private const string User = "65534";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_ByRoot_LeavesEveryFileToTheOwnerOfTheFolder(bool isRunning)
    {
        Needs.Root("Only root can make files of another user.");
        var setpriv = Needs.Program("setpriv", "util-linux");
        using var folder = new TempFolder();
        await using (var seed = new TestServer(folder))
            await TestServer.SignInAsync(seed.Browser());
        var data = new DataDirectory(folder.File("data"));
        var backup = folder.File("one.backup");
        new BackupWriter(data, TimeProvider.System).Write(backup, overwrite: false);
        var secret = folder.Write("of-root", "root's own");
        File.CreateSymbolicLink(Path.Combine(data.Root, "link"), secret);
        await RunAsync("chown", "--recursive", "--no-dereference", $"{User}:{User}", data.Root);
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var binary = PublishedFile.CopyTo(folder);
        await using var before = isRunning ? Serve(setpriv, binary, folder, data) : null;
        if (before is not null)
            await before.ReadyAsync();

        var restored = await ServerProcess.RunAsync("restore", backup, "--data-dir", data.Root);
        if (before is not null)
        {
            await before.ReadyAsync();
            Assert.Equal(0, await before.StopAsync());
        }
        var foreign = await RunAsync("find", data.Root, "!", "-user", User);
        await using var after = Serve(setpriv, binary, folder, data);
        await after.ReadyAsync();

        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.Equal("", foreign);
        Assert.Equal("0", (await RunAsync("stat", "--format=%u", secret)).Trim());
        Assert.Equal(0, await after.StopAsync());
    }

    private static ServerProcess Serve(string setpriv, string binary, TempFolder folder, DataDirectory data)
    {
        var cache = Directory.CreateDirectory(folder.File("cache")).FullName;
        File.SetUnixFileMode(cache, (UnixFileMode)0b111_111_111);
        return ServerProcess.LaunchFile(setpriv, folder.Path, "--reuid", User, "--regid", User, "--clear-groups",
            "env", $"DOTNET_BUNDLE_EXTRACT_BASE_DIR={cache}", $"TMPDIR={cache}", binary, "--data-dir", data.Root, "--urls", "http://127.0.0.1:0");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        await using var process = ServerProcess.LaunchFile(program, Path.GetTempPath(), arguments);
        Assert.True(await process.EndAsync() == 0, process.Output);
        return process.Output;
    }
}
