using System.Text.Json.Nodes;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.ByPlugin;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Tests.Plugins;

namespace XoBlazor.Tests.Notifications.Support;

/// <summary>A plugin that comes with the server and carries messages, as rules reach it.</summary>
internal sealed class Carrier : IAsyncDisposable
{
    private readonly string _id;

    private Carrier(PluginBench bench, string id) => (Bench, _id) = (bench, id);

    public PluginBench Bench { get; }

    public PluginFleet Fleet => Bench.Fleet;

    public CancellationToken Token => Bench.Token;

    /// <summary>Its one way to send, as it stands now.</summary>
    public INotificationTransport Transport => Assert.Single(new PluginTransports(Fleet).Transports);

    public InstalledPlugin Plugin => Fleet.Find(_id)!;

    /// <summary>With nothing configured.</summary>
    public static async Task<Carrier> StartAsync(IBuiltInPlugin plugin)
    {
        var bench = new PluginBench(builtIn: plugin);
        var carrier = new Carrier(bench, ManifestReader.ReadBuiltIn(plugin.Manifest).Id);
        await bench.Fleet.StartAsync(bench.Token);
        return carrier;
    }

    /// <summary>Configured and loaded.</summary>
    public static async Task<Carrier> StartAsync(IBuiltInPlugin plugin, JsonObject configuration)
    {
        var carrier = await StartAsync(plugin);
        try
        {
            await carrier.ConfigureAsync(configuration);
            await carrier.LoadAsync();
            return carrier;
        }
        catch
        {
            await carrier.DisposeAsync();
            throw;
        }
    }

    public Task ConfigureAsync(JsonObject configuration) => Fleet.ConfigureAsync(_id, configuration, Token);

    /// <summary>Loads it, unless it was to be loaded from the start; then that is waited for.</summary>
    public async Task LoadAsync()
    {
        if (Plugin.Status.State is PluginState.Unloaded or PluginState.GivenUp)
            await Fleet.LoadAsync(_id, Token);
        while (Plugin.Status.State != PluginState.Loaded)
            await Task.Delay(10, Token);
    }

    /// <summary>What the plugin says of a test.</summary>
    public async Task<string> TestAsync(JsonObject data) => (await Fleet.TestAsync(_id, data, Token)).GetString()!;

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
