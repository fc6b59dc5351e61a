using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Consoles;

/// <summary>The demonstration's pool as somebody meets it who opens consoles.</summary>
internal sealed class SimulatedConsolePool : IAsyncDisposable
{
    private readonly SimulatorHost _host;

    private SimulatedConsolePool(SimulatorHost host, RpcClient rpc) => (_host, Rpc) = (host, rpc);

    public RpcClient Rpc { get; }

    public SimulatedPool Pool => _host.Pools[0];

    public Database Db => Pool.Simulator.Db;

    /// <summary>Without TLS.</summary>
    public int Port => Pool.HttpUrl.Port;

    public static async Task<SimulatedConsolePool> StartAsync(PoolOptions? options = null, string? asVersion = null)
    {
        var token = TestContext.Current.CancellationToken;
        var host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.Demo()[0]], Pool = (options ?? new()) with { OperationDuration = TimeSpan.Zero }, KeepsHouse = false, AsVersion = asVersion }, token);
        return new(host, await RpcClient.LogInAsync(host.Pools[0].HttpUrl, token));
    }

    public DbObject Vm(string name) => Db.Where("VM", "name_label", name)[0];

    /// <summary>Where a VM runs.</summary>
    public string AddressOf(DbObject vm) => vm.Follow("resident_on", "host")!.Text("address");

    public string Target(DbObject vm) => $"/console?ref={vm.Ref}&session_id={Rpc.Session}";

    /// <summary>Waits until the database or a screen shows something.</summary>
    public static async Task UntilAsync(Func<bool> shows, Func<Task> nextChange)
    {
        using var patience = Patience.Source();
        while (true)
        {
            var change = nextChange();
            if (shows()) return;
            await change.WaitAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Rpc.Dispose();
        await _host.DisposeAsync();
    }
}
