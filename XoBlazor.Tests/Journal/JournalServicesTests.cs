using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Journal;

/// <summary>The journal as the server registers it.</summary>
public sealed class JournalServicesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_StopsRightAfterAChange_ChangeIsWritten()
    {
        await using var services = Build(Directory.CreateTempSubdirectory("xo-journal-").FullName);
        var loop = services.GetServices<IHostedService>().Single();
        var pool = new LivePool("pool");
        await loop.StartAsync(Token);

        services.GetRequiredService<IStoreObserver>().Observe(pool.Put(JournalHome.Start, new Network { Uuid = "network", Ref = "OpaqueRef:1", NameLabel = "last words" }));
        await loop.StopAsync(Token);

        var page = await services.GetRequiredService<JournalReader>().ChangesAsync(new() { Text = "last words" }, Token);
        Assert.Equal("network", Assert.Single(page.Entries).Uuid);
        Directory.Delete(services.GetRequiredService<IOptions<JournalOptions>>().Value.Folder, recursive: true);
    }

    [Fact]
    public void Settings_Bound_OverrideAndAddToTheDefaults()
    {
        using var services = Build("somewhere", ("Journal:RetentionAge", "7.00:00:00"),
            ("Journal:Thinning:0:Class", "task"), ("Journal:Thinning:0:Fields:0", "progress"), ("Journal:Thinning:0:Every", "00:00:00"));

        var options = services.GetRequiredService<IOptions<JournalOptions>>().Value;

        Assert.Equal(("somewhere", TimeSpan.FromDays(7)), (options.Folder, options.RetentionAge));
        Assert.True(new ThinningPolicy(options.Thinning).NoiseOf(XapiClass.XapiTask).IsEmpty);
        Assert.False(new ThinningPolicy(options.Thinning).NoiseOf(XapiClass.VmMetrics).IsEmpty);
    }

    [Fact]
    public void Settings_Wrong_AreRefusedWithAllReasons()
    {
        using var services = Build("somewhere", ("Journal:RetentionAge", "00:00:01"), ("Journal:FlushInterval", "00:00:10"));

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<JournalOptions>>().Value);

        Assert.Contains("Journal:RetentionAge", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Journal:FlushInterval", failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(string folder, params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build())
        .AddLogging()
        .AddJournal(folder)
        .BuildServiceProvider();
}
