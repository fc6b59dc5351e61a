using XoBlazor.Simulator.Hosting;

namespace XoBlazor.Simulator;

/// <summary>Simulated pools in this process, listening. Disposing it stops them and frees their ports.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly List<SimulatedPool> _pools = [];

    private SimulatorHost()
    {
    }

    public IReadOnlyList<SimulatedPool> Pools => _pools;

    /// <summary>
    /// Loads and starts all pools; when this returns, they answer. What the caller has to put right comes as
    /// <see cref="SimulatorException"/>, and then nothing is left running.
    /// </summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var host = new SimulatorHost();
        try
        {
            foreach (var source in options.Pools)
                host._pools.Add(await StartPoolAsync(source, options, host._pools.Count, cancellationToken));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
            await pool.DisposeAsync();
        _pools.Clear();
    }

    private static async Task<SimulatedPool> StartPoolAsync(PoolSource source, SimulatorOptions options, int number, CancellationToken cancellation)
    {
        var simulator = new PoolSimulator(source.Load(options.AsVersion), options.Pool, options.Time, number);
        try
        {
            if (options.Addresses == AddressMode.Reachable)
                simulator.MakeReachable();
            simulator.Warm();
            var server = await PoolServer.StartAsync(
                simulator, options.HttpPort > 0 ? options.HttpPort + number : 0, options.HttpsPort > 0 ? options.HttpsPort + number : 0, cancellation);
            return new(simulator, server);
        }
        catch
        {
            simulator.Dispose();
            throw;
        }
    }
}
