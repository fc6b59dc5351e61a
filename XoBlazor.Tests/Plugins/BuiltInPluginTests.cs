using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins that are a part of the server keep to the same contract as all others.</summary>
public sealed class BuiltInPluginTests
{
    [Fact]
    public async Task BuiltIn_IsThereWithAllItWants_AndIsConfiguredLikeAnyOther()
    {
        var made = new Made();
        await using var bench = new PluginBench(builtIn: made);
        await bench.ApplyAsync();
        await bench.Fleet.StartAsync(bench.Token);

        var listed = Assert.Single(bench.Fleet.All);
        Assert.Equal(["read: VM, where tags:production", "storage"], listed.Settings.Given.Texts);
        var early = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.LoadAsync("house", bench.Token));
        await bench.Fleet.ConfigureAsync("house", new JsonObject { ["greeting"] = "good day" }, bench.Token);
        await bench.Fleet.LoadAsync("house", bench.Token);
        var said = await bench.Fleet.TestAsync("house", "ada", bench.Token);
        var asked = await bench.Fleet.AskAsync("house", "test", new JsonObject { ["data"] = "bob" }, TimeSpan.FromSeconds(20), bench.Token);
        await made.Last!.Told.Task.WaitAsync(bench.Token);

        Assert.Contains("not configured", early.Message, StringComparison.Ordinal);
        Assert.Equal("good day, ada; kept: yes; host: 1", said.GetString());
        Assert.Equal("good day, bob; kept: yes; host: 1", asked.GetString());
        Assert.Equal(new[] { bench.Pool.Vm(0).Uuid, bench.Pool.Vm(3).Uuid }.ToHashSet(), made.Last.Seen.ToHashSet());
        Assert.Equal("house", Assert.Single(bench.Fleet.Having<StorageWant>()).Plugin.Settings.Id);
        await bench.Fleet.UnloadAsync("house", bench.Token);
        Assert.True(made.Last.WasUnloaded);
        Assert.Empty(bench.Fleet.Having<StorageWant>());
    }

    [Fact]
    public async Task BuiltIn_CannotBeRemoved_NorItsIdTaken()
    {
        await using var bench = new PluginBench(builtIn: new Made());
        await bench.Fleet.StartAsync(bench.Token);

        var removal = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.RemoveAsync("house", bench.Token));
        var imposter = await Assert.ThrowsAsync<PluginException>(() =>
            bench.Fleet.InstallAsync(PluginZip.Package(PythonPlugin.Manifest().Replace(PythonPlugin.Id, "house", StringComparison.Ordinal), ""), "ada", bench.Token));

        Assert.Contains("comes with the server and cannot be removed", removal.Message, StringComparison.Ordinal);
        Assert.Contains("comes with the server. Give yours another id", imposter.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuiltIn_ThatIsNotConfigured_WaitsWithoutAProblem()
    {
        await using var bench = new PluginBench(builtIn: new Made());

        await bench.Fleet.StartAsync(bench.Token);

        var waiting = Assert.Single(bench.Fleet.All);
        Assert.False(waiting.IsConfigured);
        Assert.Equal(PluginStatus.Unloaded, waiting.Status);
    }

    [Fact]
    public async Task BuiltIn_ThatIsAlwaysLoaded_IsLoadedAsSoonAsItIsConfigured_AndStaysSo()
    {
        await using var bench = new PluginBench(builtIn: new Made { IsAlwaysLoaded = true });
        await bench.Fleet.StartAsync(bench.Token);

        await bench.Fleet.ConfigureAsync("house", new JsonObject { ["greeting"] = "hm" }, bench.Token);
        while (bench.Fleet.Find("house")!.Status.State != PluginState.Loaded)
            await Task.Delay(20, bench.Token);
        var unload = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.UnloadAsync("house", bench.Token));
        var autoload = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.AutoloadAsync("house", false, bench.Token));

        Assert.Contains("cannot be unloaded", unload.Message, StringComparison.Ordinal);
        Assert.Contains("always loaded", autoload.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ThatIsConfiguredWhileItTriesAgain_BeginsWithThat()
    {
        await using var bench = new PluginBench(settings => settings.RestartPause = TimeSpan.FromMinutes(1), new Choosy());
        await bench.Fleet.StartAsync(bench.Token);
        while (bench.Fleet.Find("choosy")!.Status.State != PluginState.Waiting)
            await Task.Delay(10, bench.Token);

        await bench.Fleet.ConfigureAsync("choosy", new JsonObject { ["word"] = "good" }, bench.Token);

        while (bench.Fleet.Find("choosy")!.Status.State != PluginState.Loaded)
            await Task.Delay(10, bench.Token);
        Assert.Null(bench.Fleet.Find("choosy")!.Status.Problem);
    }

    [Fact]
    public async Task BuiltIn_OfWhichNobodyTookAnything_IsGivenWhatALaterVersionWants()
    {
        await using var bench = new PluginBench(builtIn: new Made());
        await bench.Fleet.StartAsync(bench.Token);

        await bench.Fleet.ConfigureAsync("house", new JsonObject { ["greeting"] = "hm" }, bench.Token);
        var untouched = Assert.Single(await bench.Kept.LoadAsync(bench.Token)).Accepted;
        await bench.Fleet.AcceptAsync("house", ["storage"], [], bench.Token);
        var changed = Assert.Single(await bench.Kept.LoadAsync(bench.Token)).Accepted;

        Assert.Null(untouched);
        Assert.Equal(["storage"], changed!.Texts);
    }

    [Theory]
    [InlineData("throw", "House says: that went wrong")]
    [InlineData("block", "House did not answer 'test' within")]
    [InlineData("large", "House answered with more than")]
    public async Task BuiltIn_ThatFails_IsExplainedInItsName(string how, string expected)
    {
        var made = new Made();
        await using var bench = new PluginBench(settings => (settings.CallPatience, settings.MostMessageBytes) = (TimeSpan.FromMilliseconds(300), 2048), made);
        await bench.Fleet.StartAsync(bench.Token);
        await bench.Fleet.ConfigureAsync("house", new JsonObject { ["greeting"] = "hm" }, bench.Token);
        await bench.Fleet.LoadAsync("house", bench.Token);

        var failure = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.TestAsync("house", how, bench.Token));
        made.Release.Set();

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Does not begin with what it is configured with by default.</summary>
    private sealed class Choosy : IBuiltInPlugin
    {
        public string Manifest => """{"id": "choosy", "version": "1.0.0", "contract": "1.0", "configuration": {"type": "object", "properties": {"word": {"type": "string", "default": "bad"}}}}""";

        public Plugin Create() => new Running();

        private sealed class Running : Plugin
        {
            public override string Id => "choosy";

            public override string Version => "1.0.0";

            protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken) =>
                (string?)configuration["word"] == "good" ? Task.CompletedTask : throw new InvalidOperationException("Not that word.");
        }
    }

    private sealed class Made : IBuiltInPlugin
    {
        public ManualResetEventSlim Release { get; } = new();

        public House? Last { get; private set; }

        public bool IsAlwaysLoaded { get; init; }

        public string Manifest =>
            """
            {"id": "house", "name": "House", "version": "1.0.0", "contract": "1.0", "wants": {"read": [{"class": "VM", "filter": "tags:production"}], "storage": true},
             "configuration": {"type": "object", "properties": {"greeting": {"type": "string"}}, "required": ["greeting"]}}
            """;

        public Plugin Create() => Last = new(Release);
    }

    private sealed class House(ManualResetEventSlim release) : Plugin
    {
        private string _greeting = "";

        public override string Id => "house";

        public override string Version => "1.0.0";

        public override bool IsTestable => true;

        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Seen { get; } = new();

        public bool WasUnloaded { get; private set; }

        protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
        {
            _greeting = (string)configuration["greeting"]!;
            return Task.CompletedTask;
        }

        protected override Task ChangedAsync(ObjectChanges changes, CancellationToken cancellationToken)
        {
            foreach (var change in changes.Changes)
                Seen.Enqueue(change.Object.Uuid);
            if (changes.IsComplete)
                Told.TrySetResult();
            return Task.CompletedTask;
        }

        protected override Task UnloadAsync(CancellationToken cancellationToken)
        {
            WasUnloaded = true;
            return Task.CompletedTask;
        }

        protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken)
        {
            switch ((string)data!)
            {
                case "throw":
                    throw new InvalidOperationException("that went wrong");
                case "block":
                    release.Wait(CancellationToken.None);
                    return null;
                case "large":
                    return new string('x', 4096);
            }

            await Host.AskAsync("storage.set", new() { ["key"] = "kept", ["value"] = "yes" }, cancellationToken);
            var kept = await Host.AskAsync("storage.get", new() { ["key"] = "kept" }, cancellationToken);
            var refused = await Assert.ThrowsAsync<PluginRefusedException>(() => Host.AskAsync("objects.list", new() { ["class"] = "host" }, cancellationToken));
            return $"{_greeting}, {(string)data!}; kept: {kept.GetString()}; host: {refused.Code}";
        }
    }
}
