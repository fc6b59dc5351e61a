using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Data;

public sealed class KeyRingTests
{
    [Fact]
    public async Task Start_WithMissingKeys_IsRefusedAndChangesNothing()
    {
        using var folder = new TempFolder();
        var data = await SealedDataAsync(folder);
        Directory.Delete(data.KeysFolder, recursive: true);
        var before = await File.ReadAllBytesAsync(data.DatabaseFile, TestContext.Current.CancellationToken);

        var refused = Assert.Throws<StartupException>(() => KeyRing.Check(data.DatabaseFile, data.KeysFolder));

        Assert.Contains("missing", refused.Message);
        Assert.False(Directory.Exists(data.KeysFolder));
        Assert.Equal(before, await File.ReadAllBytesAsync(data.DatabaseFile, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_WithOtherKeys_IsRefusedAndMakesNoNewOnes()
    {
        using var mine = new TempFolder();
        using var other = new TempFolder();
        var data = await SealedDataAsync(mine);
        var foreign = await SealedDataAsync(other);
        var keys = Directory.GetFiles(foreign.KeysFolder);

        var refused = Assert.Throws<StartupException>(() => KeyRing.Check(data.DatabaseFile, foreign.KeysFolder));

        Assert.Contains("not those that sealed", refused.Message);
        Assert.Equal(keys, Directory.GetFiles(foreign.KeysFolder));
    }

    [Fact]
    public async Task Start_WithItsOwnKeys_IsAllowed()
    {
        using var folder = new TempFolder();
        var data = await SealedDataAsync(folder);

        var refusal = Record.Exception(() => KeyRing.Check(data.DatabaseFile, data.KeysFolder));

        Assert.Null(refusal);
    }

    [Fact]
    public async Task Keys_AreReadableByTheirOwnerAlone()
    {
        using var folder = new TempFolder();

        var data = await SealedDataAsync(folder);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.KeysFolder));
    }

    private static async Task<DataDirectory> SealedDataAsync(TempFolder folder)
    {
        await using var server = new TestServer(folder);
        server.Browser().Dispose();
        return new DataDirectory(server.DataFolder);
    }
}
