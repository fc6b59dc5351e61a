using System.Text.Json;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>A made pool of one release, somebody logged in to it, and waiting for what its database comes to say.</summary>
internal sealed class PatchingPool : IAsyncDisposable
{
    private readonly SimulatorHost _host;

    private PatchingPool(SimulatorHost host, RpcClient client) => (_host, Client) = (host, client);

    public RpcClient Client { get; }

    public SimulatedPool Pool => _host.Pools[0];

    public Database Db => Pool.Simulator.Db;

    /// <summary>The coordinator comes first.</summary>
    public IReadOnlyList<DbObject> Hosts => [.. Db.All("host").OrderByDescending(host => host.Ref == Db.Coordinator.Ref)];

    /// <param name="wanted">As <c>--make</c> takes it.</param>
    /// <param name="duration">How long a VM's start takes; nothing takes time unless said.</param>
    public static async Task<PatchingPool> StartAsync(string wanted, TimeSpan duration = default)
    {
        var host = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make(wanted), Pool = new() { OperationDuration = duration } }, TestContext.Current.CancellationToken);
        return new(host, await RpcClient.LogInAsync(host.Pools[0].HttpUrl, TestContext.Current.CancellationToken));
    }

    public Task<JsonElement> CallAsync(string method, params object?[] parameters) => Client.CallAsync(method, TestContext.Current.CancellationToken, parameters);

    public Task<string[]> FailureAsync(string method, params object?[] parameters) => Client.FailureAsync(method, TestContext.Current.CancellationToken, parameters);

    /// <summary>Calls on a host's plugin; the answer is the plugin's text.</summary>
    public async Task<string> UpdaterAsync(DbObject host, string function, params (string Name, string Value)[] arguments) =>
        (await CallAsync("host.call_plugin", host.Ref, "updater.py", function, arguments.ToDictionary(pair => pair.Name, pair => pair.Value))).GetString()!;

    public Task<string[]> UpdaterFailureAsync(DbObject host, string function) =>
        FailureAsync("host.call_plugin", host.Ref, "updater.py", function, new Dictionary<string, string>());

    public void Misbehave(Fault fault) => Pool.Misbehave(fault);

    public static bool IsLive(DbObject host) => host.Follow("metrics", "host_metrics")!.Bool("live");

    /// <summary>Waits until the database says so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = Patience.Source();
        while (true)
        {
            var change = Db.NextChange;
            if (Db.Update(isSo)) return;
            await change.WaitAsync(patience.Token);
        }
    }

    /// <summary>Waits for the end of a task; its status and its error.</summary>
    public async Task<(string Status, string[] Error)> EndAsync(JsonElement task)
    {
        var row = Db.Get("task", task.GetString()!);
        await UntilAsync(() => row.Text("status") != "pending");
        return (row.Text("status"), [.. row["error_info"].AsTexts]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
