using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>A plugin within the server that does badly when it is told of changes harms neither the store, nor other plugins, nor the server.</summary>
public sealed class InProcessChangesTests
{
    // Notes the names of all that it is told of.
    private const string Listener =
        """
        def handle(message):
            if message["method"] == "objects.changed":
                for change in message["params"]["changes"]:
                    if "fields" in change:
                        note(change["fields"]["name_label"], True)
            answer(message)
            if message["method"] == "unload":
                sys.exit(0)
        start()
        serve()
        """;

    [Fact]
    public async Task OneThatThrows_IsToldOfTheNextChangesAllTheSame_AndItsLogSaysWhy()
    {
        await using var bench = new PluginBench();
        await bench.LoadAsync(Listener, PythonPlugin.Manifest("""{"read": ["VM"], "storage": true}"""));
        await bench.LoadTricksterAsync(greeting: "drop");
        Assert.StartsWith("drop, ada; greeted; seen 2;", (await bench.Fleet.TestAsync(TricksterPlugin.Id, "ada", bench.Token)).GetString(), StringComparison.Ordinal);

        foreach (var (name, seen) in ((string, int)[])[("first", 3), ("second", 4), ("third", 5)])
        {
            bench.Pool.Apply(bench.Pool.Vm(0) with { NameLabel = name });
            await bench.NotedAsync(name);
            await SeenAsync(bench, seen);
        }

        var thrower = bench.Fleet.Find(TricksterPlugin.Id)!;
        Assert.Equal((PluginState.Loaded, 0), (thrower.Status.State, thrower.Status.Failures));
        Assert.Equal("It did not take changes of objects: not now", Assert.Single(thrower.Log.Lines).Text);
        Assert.Equal("third", bench.Pool.Vm(0).NameLabel);
        await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);
        await GoneAsync(bench);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("stall in its thread")]
    public async Task OneThatStalls_IsGivenUpInTheEnd_AndUnloaded_WhileOthersGoOn(string how)
    {
        await using var bench = new PluginBench(options => (options.CallPatience, options.MostFailures) = (TimeSpan.FromSeconds(10), 2), patience: TimeSpan.FromMinutes(3));
        await bench.LoadAsync(Listener, PythonPlugin.Manifest("""{"read": ["VM"], "storage": true}"""));

        await bench.LoadTricksterAsync(greeting: how);
        bench.Pool.Apply(bench.Pool.Vm(0) with { NameLabel = "meanwhile" });
        await bench.NotedAsync("meanwhile");
        while (bench.Fleet.Find(TricksterPlugin.Id)!.Status.State != PluginState.GivenUp)
            await Task.Delay(20, bench.Token);

        var end = bench.Fleet.Find(TricksterPlugin.Id)!.Status;
        Assert.Equal(2, end.Failures);
        Assert.Contains("failed 2 times in a row and stays unloaded", end.Problem, StringComparison.Ordinal);
        Assert.Contains("did not answer 'objects.changed' within 10 seconds", end.Problem, StringComparison.Ordinal);
        bench.Pool.Apply(bench.Pool.Vm(0) with { NameLabel = "afterwards" });
        await bench.NotedAsync("afterwards");
        Assert.Equal((PluginState.Loaded, 0), (bench.Plugin.Status.State, bench.Plugin.Status.Failures));
        await GoneAsync(bench);

        // In another mood it is as good as any.
        await bench.Fleet.ConfigureAsync(TricksterPlugin.Id, new JsonObject { ["greeting"] = "hello" }, bench.Token);
        await bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token);
        await SeenAsync(bench, 2);
    }

    private static async Task SeenAsync(PluginBench bench, int count)
    {
        while (!(await bench.Fleet.TestAsync(TricksterPlugin.Id, "ada", bench.Token)).GetString()!.Contains($"seen {count};", StringComparison.Ordinal))
            await Task.Delay(20, bench.Token);
    }

    /// <summary>Its code is no longer in the server's memory.</summary>
    private static async Task GoneAsync(PluginBench bench)
    {
        while (bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0) > 0)
            await Task.Delay(100, bench.Token);
    }
}
