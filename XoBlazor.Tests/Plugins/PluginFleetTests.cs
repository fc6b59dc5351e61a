using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>The life of a plugin: installed, accepted, configured, loaded, tested, replaced, removed.</summary>
public sealed class PluginFleetTests
{
    private const string Configuration = ""","configuration": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "password": {"type": "string"}, "every": {"type": "integer", "default": 5, "minimum": 1}}}""";

    // Says what it was configured with, and refuses what is "bad".
    private const string Teller =
        """
        start_configuration = None
        greet()
        while True:
            m = read()
            if m["method"] == "configure" and m["params"]["configuration"]["url"] == "bad":
                send({"id": m["id"], "error": {"code": 1, "message": "that url is bad"}})
            elif m["method"] == "configure":
                start_configuration = m["params"]["configuration"]
                answer(m)
            elif m["method"] == "test":
                answer(m, {"configuration": start_configuration, "data": m["params"]["data"]})
            else:
                handle(m)
        """;

    [Fact]
    public async Task Plugin_IsLoaded_OnlyWhenItsWantsWereLookedAt()
    {
        await using var bench = new PluginBench();
        await bench.Fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(), "start()\nserve()"), "ada", bench.Token);

        var refusal = await RefusalAsync(() => bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token));
        await bench.Fleet.AcceptAsync(PythonPlugin.Id, [], [], bench.Token);
        await bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token);

        Assert.Contains("Nobody has looked at what Test wants", refusal, StringComparison.Ordinal);
        Assert.Equal(PluginState.Loaded, bench.Plugin.Status.State);
        Assert.Contains("is loaded already", await RefusalAsync(() => bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token)), StringComparison.Ordinal);
        await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);
        Assert.Contains("is unloaded already", await RefusalAsync(() => bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token)), StringComparison.Ordinal);
        Assert.Contains("does not want 'read: host'", await RefusalAsync(() => bench.Fleet.AcceptAsync(PythonPlugin.Id, ["read: host"], [], bench.Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_IsChecked_GivenToThePlugin_AndKeptOnlyWhenItTakesIt()
    {
        await using var bench = new PluginBench();
        await bench.InstallAsync(Teller, PythonPlugin.Manifest(more: Configuration));
        async Task<JsonNode> SeenAsync() => JsonNode.Parse((await bench.Fleet.TestAsync(PythonPlugin.Id, "hello", bench.Token)).GetRawText())!;
        Task ConfigureAsync(string json) => bench.Fleet.ConfigureAsync(PythonPlugin.Id, JsonNode.Parse(json), bench.Token);

        var unconfigured = await RefusalAsync(() => bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token));
        var misfit = await RefusalAsync(() => ConfigureAsync("""{"every": 0, "colour": 1}"""));
        await ConfigureAsync("""{"url": "a", "password": "hidden"}""");
        await bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token);
        var first = await SeenAsync();
        var bad = await RefusalAsync(() => ConfigureAsync("""{"url": "bad"}"""));
        // A secret that comes back masked is the one that was there.
        await ConfigureAsync("""{"url": "b", "password": "•••"}""");
        var second = await SeenAsync();

        Assert.Contains("is not configured", unconfigured, StringComparison.Ordinal);
        Assert.Contains("'colour' is unknown", misfit, StringComparison.Ordinal);
        Assert.Contains("'url' is missing", misfit, StringComparison.Ordinal);
        Assert.Contains("'every' has to be at least 1", misfit, StringComparison.Ordinal);
        Assert.Equal("""{"configuration":{"url":"a","password":"hidden","every":5},"data":"hello"}""", first.ToJsonString());
        Assert.Contains("Test says: that url is bad", bad, StringComparison.Ordinal);
        Assert.Equal("""{"url":"b","password":"hidden","every":5}""", second["configuration"]!.ToJsonString());
        await bench.Fleet.PurgeConfigurationAsync(PythonPlugin.Id, bench.Token);
        Assert.Null(bench.Plugin.Settings.Configuration);
        Assert.Equal(PluginState.Unloaded, bench.Plugin.Status.State);
    }

    [Fact]
    public async Task NewVersion_KeepsWhatWasAccepted_AndHasNothingMore()
    {
        await using var bench = new PluginBench();
        await bench.LoadAsync("start()\nserve()");

        await bench.Fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest("""{"storage": true, "operations": ["vm.start"]}""", version: "2.0.0"), "greet('2.0.0')\nserve()"), "ada", bench.Token);

        Assert.Equal(("2.0.0", PluginState.Unloaded), (bench.Plugin.Settings.Manifest.Version, bench.Plugin.Status.State));
        Assert.Equal(["storage"], bench.Plugin.Settings.Accepted!.Texts);
        Assert.Equal(["operation: vm.start"], bench.Plugin.Settings.NotGiven.Texts);
        await bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token);
    }

    [Fact]
    public async Task NewVersion_ThatIsConfiguredOtherwise_StartsWithoutAConfiguration()
    {
        await using var bench = new PluginBench();
        await bench.InstallAsync(Teller, PythonPlugin.Manifest(more: Configuration));
        await bench.Fleet.ConfigureAsync(PythonPlugin.Id, JsonNode.Parse("""{"url": "a", "every": 7}"""), bench.Token);

        await bench.Fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(version: "1.1.0", more: Configuration), Teller), "ada", bench.Token);
        var kept = bench.Plugin.Settings.Configuration;
        await bench.Fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(version: "2.0.0", more: Configuration.Replace("url", "address", StringComparison.Ordinal)), Teller), "ada", bench.Token);

        Assert.Equal("""{"url":"a","every":7}""", kept);
        Assert.Null(bench.Plugin.Settings.Configuration);
    }

    [Theory]
    [InlineData("2.0", "{}", "made for the contract 2.0; this server has 1.0")]
    [InlineData("1.0", """{"operations": ["vm.fly"]}""", "wants the operation 'vm.fly', which this server does not have")]
    public async Task Plugin_ThatThisServerHasNothingFor_IsNotTaken(string contract, string wants, string expected)
    {
        await using var bench = new PluginBench();

        var refusal = await RefusalAsync(() => bench.Fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest(wants, contract: contract), ""), "ada", bench.Token));

        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.Empty(bench.Fleet.All);
    }

    [Fact]
    public async Task Start_LoadsWhatIsToBeLoaded_AndRemovalLeavesNothing()
    {
        await using var bench = new PluginBench();
        await bench.InstallAsync("start()\nnote('here', True)\nserve()");

        await bench.Fleet.StartAsync(bench.Token);
        await bench.NotedAsync("here");
        await bench.UntilAsync(status => status.State == PluginState.Loaded);
        await bench.Fleet.RemoveAsync(PythonPlugin.Id, bench.Token);

        Assert.Empty(bench.Fleet.All);
        Assert.Empty(await bench.Kept.LoadAsync(bench.Token));
        Assert.False(Directory.Exists(Path.Combine(bench.Folder, PythonPlugin.Id)));
        Assert.Contains("There is no plugin", await RefusalAsync(() => bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadedAndUnloaded_AgainAndAgain_LeavesNoProcess()
    {
        await using var bench = new PluginBench();
        await bench.InstallAsync("start()\nnote(str(os.getpid()), True)\nserve()");

        for (var turn = 0; turn < 5; turn++)
        {
            await bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token);
            while ((await bench.Kept.ValuesAsync(PythonPlugin.Id, bench.Token)).Count <= turn)
                await Task.Delay(20, bench.Token);
            await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);
        }

        Assert.All((await bench.Kept.ValuesAsync(PythonPlugin.Id, bench.Token)).Keys, process => Assert.False(Directory.Exists($"/proc/{process}")));
    }

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<PluginException>(act)).Message;
}
