using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Pools;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Security.Support;

namespace XoBlazor.Tests.App.Data;

public sealed class PoolSettingsStoreTests
{
    private const string Secret = "canary-5f1b7c2e-secret";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_ThenLoadAfterRestart_GivesTheSameSettings()
    {
        using var folder = new TempFolder();
        var settings = Settings();
        await using (var before = new TestServer(folder))
            await before.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(settings, Token);

        await using var after = new TestServer(folder);
        var loaded = Assert.Single(await after.Services.GetRequiredService<IPoolSettingsStore>().LoadAsync(Token));

        Assert.Equal(settings.Password, loaded.Password);
        Assert.Equal(settings.Members.AsEnumerable(), loaded.Members.AsEnumerable());
        Assert.Equal(settings with { Members = [] }, loaded with { Members = [] });
    }

    [Fact]
    public async Task Save_TheSameIdAgain_ReplacesIt()
    {
        await using var server = new TestServer();
        var store = server.Services.GetRequiredService<IPoolSettingsStore>();
        var settings = Settings();
        await store.SaveAsync(settings, Token);

        await store.SaveAsync(settings with { Label = "Renamed", IsEnabled = false }, Token);

        var loaded = Assert.Single(await store.LoadAsync(Token));
        Assert.Equal(("Renamed", false), (loaded.Label, loaded.IsEnabled));
    }

    [Fact]
    public async Task Remove_AnEntry_ForgetsIt()
    {
        await using var server = new TestServer();
        var store = server.Services.GetRequiredService<IPoolSettingsStore>();
        var settings = Settings();
        await store.SaveAsync(settings, Token);

        await store.RemoveAsync(settings.Id, Token);

        Assert.Empty(await store.LoadAsync(Token));
    }

    [Fact]
    public async Task Save_APassword_IsNowhereInTheDataDirectoryInClear()
    {
        using var folder = new TempFolder();
        await using (var server = new TestServer(folder))
            await server.Services.GetRequiredService<IPoolSettingsStore>().SaveAsync(Settings(), Token);

        Assert.NotEmpty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        Assert.Empty(await DiskSearch.FindAsync(folder.Path, [Secret]));
    }

    private static PoolSettings Settings() => new()
    {
        Id = Guid.NewGuid(),
        Label = "Lab",
        Address = "xen1.example.org",
        User = "root",
        Password = Secret,
        PoolUuid = "1aba5c4d-0000-0000-0000-000000000001",
        Members = [new KnownMember("192.0.2.1", ["AB:CD"]), new KnownMember("192.0.2.2", [])],
    };
}
