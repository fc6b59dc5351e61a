using XoBlazor.Simulator.Hosting;
using XoBlazor.Simulator.Life;
using XoBlazor.Simulator.Patching;
using XoBlazor.Simulator.Patching.Repositories;

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
            Announce(simulator, source);
            Offer(simulator, source.Updates);
            simulator.Warm();
            var server = await PoolServer.StartAsync(
                simulator, options.HttpPort > 0 ? options.HttpPort + number : 0, options.HttpsPort > 0 ? options.HttpsPort + number : 0, cancellation);
            if (options.KeepsHouse)
                _ = new Housekeeping(simulator).RunAsync(simulator.Stopping);
            if (options.Rate > 0)
                _ = new PoolLife(simulator, options.Rate / options.Pools.Count, number).RunAsync(simulator.Stopping);
            return new(simulator, server);
        }
        catch
        {
            simulator.Dispose();
            throw;
        }
    }

    /// <summary>The updates that wait when a made pool appears. Hosts of one pool are seldom quite alike: the last one has the first update already.</summary>
    private static void Offer(PoolSimulator simulator, int updates)
    {
        if (simulator.Db.Pool["repositories"].AsSet.Length > 0) Publish(simulator, updates);
        else if (updates > 0) OfferPackages(simulator, updates);
    }

    private static void OfferPackages(PoolSimulator simulator, int updates)
    {
        var packages = SamplePackages.Take(updates, simulator.Time.GetUtcNow());
        simulator.Packages.Offer(packages);
        if (simulator.Db.All("host") is { Count: > 1 } hosts) simulator.Packages.Install(hosts[^1].Ref, [packages[0]]);
    }

    private static void Publish(PoolSimulator simulator, int count)
    {
        var updates = SampleUpdates.Take(count, simulator.Time.GetUtcNow()).ToList();
        simulator.Catalogue.Publish(updates);
        if (simulator.Db.All("host") is { Count: > 1 } hosts) simulator.Catalogue.Apply(hosts[^1].Ref, updates.Take(1));
        RepositoryCalls.Synchronise(simulator, RepositoryCalls.Enabled(simulator.Db));
    }

    /// <summary>The alerts that a made pool comes with; each names a host or VM.</summary>
    private static void Announce(PoolSimulator simulator, PoolSource source)
    {
        foreach (var (name, priority, about, body) in source.Alerts)
        {
            var target = simulator.Db.Where("host", "name_label", about).Concat(simulator.Db.Where("VM", "name_label", about)).FirstOrDefault();
            if (target is not null)
                simulator.Messages.Create(name, priority, target.Class == "host" ? "Host" : target.Class, target.Uuid, body);
        }
    }
}
