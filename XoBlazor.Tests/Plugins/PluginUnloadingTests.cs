using System.Diagnostics;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>What a plugin within the server takes is given back when it is unloaded; where it cannot be, that is said.</summary>
public sealed class PluginUnloadingTests
{
    [Fact]
    public async Task Unloaded_ItIsGone()
    {
        await using var bench = new PluginBench();
        await bench.LoadTricksterAsync();
        await bench.Fleet.TestAsync(TricksterPlugin.Id, "ada", bench.Token);

        await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);

        Assert.Equal(0, bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0));
    }

    [Fact]
    public async Task OneThatWroteItsOwnTypesAsJson_IsGone_WhenTheSerializerHasForgottenThem()
    {
        await using var bench = new PluginBench();
        await bench.LoadTricksterAsync();
        await bench.Fleet.TestAsync(TricksterPlugin.Id, "own json", bench.Token);

        await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);

        while (bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0) > 0)
            await Task.Delay(100, bench.Token);
    }

    [Fact]
    public async Task GivenUp_ItIsGone()
    {
        await using var bench = new PluginBench(options => (options.MostFailures, options.CallPatience) = (2, TimeSpan.FromSeconds(1)));
        await bench.InstallTricksterAsync();
        await bench.Fleet.ConfigureAsync(TricksterPlugin.Id, new JsonObject { ["greeting"] = "slow" }, bench.Token);

        await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token));

        Assert.Equal(PluginState.GivenUp, bench.Fleet.Find(TricksterPlugin.Id)!.Status.State);
        Assert.Equal(0, bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0));
    }

    [Theory]
    [InlineData("timer")]
    [InlineData("thread")]
    public async Task OneThatHoldsOn_IsSaidToLinger_AndIsNotLoadedWithoutEnd(string how)
    {
        await using var bench = new PluginBench();
        await bench.InstallTricksterAsync();
        await bench.Fleet.ConfigureAsync(TricksterPlugin.Id, new JsonObject { ["greeting"] = how }, bench.Token);
        for (var i = 0; i <= PluginStatus.MostLingering; i++)
        {
            await bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token);
            await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);
        }

        var failure = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token));

        Assert.Contains("4 earlier loadings of it are still in the server's memory", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, bench.Fleet.Find(TricksterPlugin.Id)!.Status.Lingering);
    }

    [Fact]
    public async Task OneThatHoldsOn_IsSaidToLinger_SomeTimeAfterItWasUnloaded()
    {
        await using var bench = new PluginBench();
        await bench.InstallTricksterAsync();
        await bench.Fleet.ConfigureAsync(TricksterPlugin.Id, new JsonObject { ["greeting"] = "timer" }, bench.Token);
        await bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token);

        await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);

        while (bench.Fleet.Find(TricksterPlugin.Id)!.Status.Lingering == 0)
            await Task.Delay(50, bench.Token);
        Assert.Equal(1, bench.Fleet.Find(TricksterPlugin.Id)!.Status.Lingering);
    }

    [Fact]
    public async Task LoadedAndUnloadedAgainAndAgain_NothingGrows()
    {
        using var run = LongRun.Of(usual: 50, many: 1000);
        await using var bench = new PluginBench(patience: Patience.Limit + run.Rounds * TimeSpan.FromSeconds(1));
        await bench.InstallTricksterAsync();
        await TurnAsync(bench, 10);
        var (heap, threads, handles) = Measure(bench);

        await TurnAsync(bench, run.Rounds);
        var (heapAfter, threadsAfter, handlesAfter) = Measure(bench);

        Assert.Equal(0, bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0));
        TestContext.Current.SendDiagnosticMessage($"{run.Rounds} loadings: heap {heap} → {heapAfter}, threads {threads} → {threadsAfter}, handles {handles} → {handlesAfter}");
        // Other tests run beside this one; what one loading takes is many times what is allowed each here.
        Assert.True(heapAfter - heap < 20_000_000 + run.Rounds * 4000L, $"The heap grew from {heap} to {heapAfter} bytes in {run.Rounds} loadings.");
        Assert.True(threadsAfter - threads < 100, $"{threads} threads became {threadsAfter} in {run.Rounds} loadings.");
        Assert.True(handlesAfter - handles < 200, $"{handles} handles became {handlesAfter} in {run.Rounds} loadings.");
    }

    private static async Task TurnAsync(PluginBench bench, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token);
            await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);
        }
    }

    private static (long Heap, int Threads, int Handles) Measure(PluginBench bench)
    {
        bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0);
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.Threads.Count, process.HandleCount);
    }
}
