using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Backups;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Pools;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Backups;

public sealed class BackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_OfARunningServer_RestoresIntoAFreshDirectory()
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        var backup = elsewhere.File("one.backup");
        await using (var server = new TestServer(folder))
        {
            await server.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(Pool("Lab"), Token);
            new BackupWriter(new DataDirectory(server.DataFolder), TimeProvider.System).Write(backup, overwrite: false);
        }

        var restored = await ServerProcess.RunAsync("restore", backup, "--data-dir", elsewhere.File("data"));

        Assert.Equal((0, true), (restored.ExitCode, restored.Output.Contains("Restored", StringComparison.Ordinal)));
        await using var again = new TestServer(elsewhere);
        var pool = Assert.Single(await again.Services.GetRequiredService<IPoolSettingsStore>().LoadAsync(Token));
        Assert.Equal("secret of Lab", pool.Password);
    }

    [Fact]
    public async Task Restore_IntoAUsedDirectory_KeepsWhatWasThere()
    {
        using var folder = new TempFolder();
        var backup = folder.File("one.backup");
        var data = await SeedAsync(folder, "First");
        new BackupWriter(data, TimeProvider.System).Write(backup, overwrite: false);
        await using (var server = new TestServer(folder))
            await server.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(Pool("Second"), Token);

        var restored = await ServerProcess.RunAsync("restore", backup, "--data-dir", data.Root);

        Assert.True(restored.ExitCode == 0, restored.Output);
        var kept = Assert.Single(Directory.GetDirectories(data.CopiesFolder));
        Assert.Contains(kept, restored.Output);
        Assert.Equal(["First"], Labels(data.DatabaseFile));
        Assert.Equal(["First", "Second"], Labels(Path.Combine(kept, "xo-blazor.db")));
    }

    [Fact]
    public async Task Restore_UnderARunningServer_IsTakenOverByIt()
    {
        using var folder = new TempFolder();
        var backup = folder.File("one.backup");
        var data = await SeedAsync(folder, "First");
        new BackupWriter(data, TimeProvider.System).Write(backup, overwrite: false);
        await using (var server = new TestServer(folder))
            await server.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(Pool("Second"), Token);
        var (running, _) = await ServerProcess.StartAsync("--data-dir", data.Root, "--urls", "http://127.0.0.1:0");
        await using var stopped = running;

        var restored = await ServerProcess.RunAsync("restore", backup, "--data-dir", data.Root);
        var address = await running.ReadyAsync();

        Assert.True(restored.ExitCode == 0, restored.Output);
        using var client = new HttpClient { BaseAddress = address };
        Assert.Contains("\"ready\":true", await client.GetStringAsync("/readyz", Token));
        Assert.Equal(["First"], Labels(data.DatabaseFile));
        Assert.Equal(0, await running.StopAsync());
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public async Task Restore_ACutOffBackup_ChangesNothing(double share)
    {
        using var folder = new TempFolder();
        var data = await SeedAsync(folder, "First");
        var backup = folder.File("one.backup");
        new BackupWriter(data, TimeProvider.System).Write(backup, overwrite: false);
        var whole = await File.ReadAllBytesAsync(backup, Token);
        await File.WriteAllBytesAsync(backup, whole[..(int)(whole.Length * share)], Token);
        var before = Listing(data.Root);

        var refused = await ServerProcess.RunAsync("restore", backup, "--data-dir", data.Root);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("nothing was replaced", refused.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", refused.Output);
        Assert.Equal(before, Listing(data.Root));
    }

    [Fact]
    public void Restore_SomethingElse_SaysSo()
    {
        using var folder = new TempFolder();
        var file = folder.Write("notes.txt", "not a backup");

        var refused = Assert.Throws<StartupException>(() => BackupReader.Unpack(file, folder.File("unpacked")));

        Assert.Contains("not a backup", refused.Message);
        Assert.False(Directory.Exists(folder.File("unpacked")));
    }

    [Theory]
    [InlineData("xo-blazor.db", true)]
    [InlineData("keys/key-1.xml", true)]
    [InlineData("journal/2026/11.db", true)]
    [InlineData("keys/../../etc/passwd", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("copies/x", false)]
    [InlineData("keys//x", false)]
    [InlineData("lock", false)]
    public void Content_OfABackup_StaysInItsPlace(string path, bool expected) => Assert.Equal(expected, BackupContent.IsPlausible(path));

    [Fact]
    public async Task Apply_InterruptedAnywhere_GoesOnWhereItStopped()
    {
        using var folder = new TempFolder();
        var data = await SeedAsync(folder, "First");
        var backup = folder.File("one.backup");
        new BackupWriter(data, TimeProvider.System).Write(backup, overwrite: false);
        await using (var server = new TestServer(folder))
            await server.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(Pool("Second"), Token);
        var pending = new PendingRestore(data);
        BackupReader.Unpack(backup, folder.File("unpacked"));
        pending.Plan(folder.File("unpacked"), DateTimeOffset.UnixEpoch);
        pending.Announce(folder.File("unpacked"));
        // The state after a crash between the two renames of the keys: the old ones kept, the new ones not yet in place.
        var kept = Directory.CreateDirectory(Path.Combine(data.CopiesFolder, "before-restore-19700101-000000")).FullName;
        Directory.Move(data.DatabaseFile, Path.Combine(kept, "xo-blazor.db"));
        Directory.Move(Path.Combine(pending.Folder, "xo-blazor.db"), data.DatabaseFile);
        Directory.Move(data.KeysFolder, Path.Combine(kept, "keys"));

        pending.Apply();

        Assert.False(pending.Exists);
        Assert.Equal(["First"], Labels(data.DatabaseFile));
        Assert.Equal(["First", "Second"], Labels(Path.Combine(kept, "xo-blazor.db")));
        Assert.NotEmpty(Directory.GetFiles(data.KeysFolder));
    }

    [Fact]
    public async Task Backup_OntoAnExistingFile_IsRefusedUnlessAsked()
    {
        using var folder = new TempFolder();
        var data = await SeedAsync(folder, "First");
        var file = folder.Write("precious", "keep me");
        var writer = new BackupWriter(data, TimeProvider.System);

        var refused = Assert.Throws<StartupException>(() => writer.Write(file, overwrite: false));
        var untouched = await File.ReadAllTextAsync(file, Token);
        writer.Write(file, overwrite: true);

        Assert.Contains("--overwrite", refused.Message);
        Assert.Equal("keep me", untouched);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static async Task<DataDirectory> SeedAsync(TempFolder folder, string label)
    {
        await using var server = new TestServer(folder);
        await server.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(Pool(label), Token);
        return new DataDirectory(server.DataFolder);
    }

    private static PoolSettings Pool(string label) => new()
    {
        Id = Guid.NewGuid(),
        Label = label,
        Address = "xen1.example.org",
        User = "root",
        Password = $"secret of {label}",
        IsEnabled = false,
    };

    private static string[] Labels(string databaseFile)
    {
        using var connection = new SqliteConnection($"Data Source={databaseFile};Pooling=False");
        connection.Open();
        using var ask = connection.CreateCommand();
        ask.CommandText = "SELECT Label FROM Pools ORDER BY Label";
        using var rows = ask.ExecuteReader();
        var labels = new List<string>();
        while (rows.Read())
            labels.Add(rows.GetString(0));
        return [.. labels];
    }

    private static string[] Listing(string folder) =>
        [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
