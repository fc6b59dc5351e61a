using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Data;

/// <summary>What is kept of plugins in the database.</summary>
public sealed class PluginStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConfigurationOfABuiltInPlugin_IsThereAfterARestart_AndItIsLoadedWithIt()
    {
        using var folder = new TempFolder();
        await using (var before = Server(folder))
        {
            var fleet = before.Services.GetRequiredService<PluginFleet>();
            Assert.False(fleet.Find(Doorbell.Name)!.IsConfigured);
            await fleet.ConfigureAsync(Doorbell.Name, new JsonObject { ["sound"] = "ding", ["password"] = "canary-8d1f" }, Token);
        }

        await using var after = Server(folder);
        var again = after.Services.GetRequiredService<PluginFleet>();
        using var patience = Patience.Source();
        while (again.Find(Doorbell.Name)!.Status.State != PluginState.Loaded)
            await Task.Delay(20, patience.Token);
        var said = await again.TestAsync(Doorbell.Name, null, Token);

        Assert.Equal("ding", said.GetString());
        Assert.Equal(["storage"], again.Find(Doorbell.Name)!.Settings.Given.Texts);
        Assert.All(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)), file => Assert.DoesNotContain("canary-8d1f", Readable(file), StringComparison.Ordinal));
    }

    private static TestServer Server(TempFolder folder) => new TestServer(folder).With(services => services.AddSingleton<IBuiltInPlugin, Doorbell>());

    private static string Readable(string file)
    {
        using var shared = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return shared.ReadToEnd();
    }

    private sealed class Doorbell : IBuiltInPlugin
    {
        public const string Name = "doorbell";

        public string Manifest => """
            {"id": "doorbell", "version": "1.0.0", "contract": "1.0", "wants": {"storage": true},
             "configuration": {"type": "object", "properties": {"sound": {"type": "string"}, "password": {"type": "string"}}, "required": ["sound"]}}
            """;

        public Plugin Create() => new Bell();
    }

    private sealed class Bell : Plugin
    {
        private string _sound = "";

        public override string Id => Doorbell.Name;

        public override string Version => "1.0.0";

        public override bool IsTestable => true;

        protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
        {
            _sound = (string)configuration["sound"]!;
            return Task.CompletedTask;
        }

        protected override Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken) => Task.FromResult<JsonNode?>(_sound);
    }
}
