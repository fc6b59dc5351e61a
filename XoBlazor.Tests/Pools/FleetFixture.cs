using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Pools;

/// <summary>A simulated pool of real data, a store, and a running fleet that may be told to connect to it.</summary>
internal sealed class FleetFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    private FleetFixture(SimulatorHost host, MemoryPoolSettings settings, PoolLinkOptions? options, IEnumerable<IStoreObserver> observers)
    {
        (Host, Settings) = (host, settings);
        Store = new(TimeProvider.System, [new FakeStoreObserver(Batches), .. observers]);
        Fleet = new(Store, settings, TimeProvider.System, NullLogger<PoolFleet>.Instance, options);
    }

    public SimulatorHost Host { get; }

    public SimulatedPool Pool => Host.Pools[0];

    public ObjectStore Store { get; }

    public List<StoreBatch> Batches { get; } = [];

    public PoolFleet Fleet { get; }

    public MemoryPoolSettings Settings { get; }

    public PoolPicture Picture => Store.Current.Pool(Pool.Uuid)!;

    public PoolState State => Fleet.StateOf(Pool.Uuid)!;

    public static Task<FleetFixture> StartAsync(CancellationToken cancellation, string database = "two-hosts-modern.xml", TimeProvider? time = null, PoolLinkOptions? options = null) =>
        StartAsync(PoolSource.FromFile(SharedData.Path("data", "pools", database)), cancellation, time, options);

    public static async Task<FleetFixture> StartAsync(
        PoolSource source, CancellationToken cancellation, TimeProvider? time = null, PoolLinkOptions? options = null, params IEnumerable<IStoreObserver> observers)
    {
        var host = await SimulatorHost.StartAsync(
            new() { Pools = [source], Pool = new() { OperationDuration = TimeSpan.Zero }, Time = time ?? TimeProvider.System }, cancellation);
        var fixture = new FleetFixture(host, new(), options, observers);
        fixture._run = fixture.Fleet.RunAsync(fixture._stop.Token);
        await fixture.Fleet.Loaded;
        return fixture;
    }

    /// <summary>The HTTPS address of one of the pool's hosts.</summary>
    public string AddressOf(bool coordinator) => $"https://{Pool.Hosts.First(h => h.IsCoordinator == coordinator).Address}:{Pool.HttpsUrl.Port}";

    /// <summary>Adds the pool as an administrator would who accepts every certificate shown.</summary>
    public async Task<AddPoolResult> AddAsync(string? address, CancellationToken cancellation, string password = "secret")
    {
        var pool = new NewPool(address ?? AddressOf(coordinator: true), "root", password, Accepted: []);
        while (true)
        {
            var result = await Fleet.AddAsync(pool, cancellation);
            if (result is not AddPoolResult.ConfirmCertificate shown)
                return result;
            pool = pool with { Accepted = pool.Accepted.Add(shown.Certificate) };
        }
    }

    public async Task<PoolState> AddConnectedAsync(CancellationToken cancellation, string? address = null)
    {
        Assert.IsType<AddPoolResult.Added>(await AddAsync(address, cancellation));
        return await UntilAsync(s => s.IsLive, cancellation);
    }

    public async Task<PoolState> UntilAsync(Func<PoolState, bool> reached, CancellationToken cancellation)
    {
        while (true)
        {
            if (Fleet.States is [var state, ..] && reached(state))
                return state;
            await Task.Delay(10, cancellation);
        }
    }

    /// <summary>Waits for the store to show something; the pace is the store's signals.</summary>
    public async Task UntilPictureAsync(Func<PoolPicture, bool> reached, CancellationToken cancellation)
    {
        using var subscription = Store.Subscribe();
        var now = subscription.Present;
        while (!(now.Pool(Pool.Uuid) is { } picture && reached(picture)))
            now = (await subscription.NextAsync(cancellation)).Now;
    }

    /// <summary>What differs between the picture and the simulator's database, as texts.</summary>
    public IEnumerable<string> Differences()
    {
        var db = Pool.Simulator.Db;
        foreach (var type in new[] { "VM", "VBD", "VDI", "SR", "host", "PBD", "VIF", "network", "PIF", "pool", "VM_metrics", "VM_guest_metrics" })
        {
            var there = db.Update(() => db.All(type).ToDictionary(o => o.Ref, o => o.Uuid));
            var codec = Core.Xapi.Codecs.XapiCodec.Find(type)!;
            var ours = Picture.All(codec.Class).ToDictionary(o => o.Ref, o => o.Uuid);
            foreach (var (reference, uuid) in there)
                if (!ours.TryGetValue(reference, out var known) || known != uuid)
                    yield return $"{type} {reference} is missing";
            foreach (var reference in ours.Keys.Except(there.Keys))
                yield return $"{type} {reference} is a ghost";
        }
    }

    public async Task StopFleetAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopFleetAsync();
        await Host.DisposeAsync();
        _stop.Dispose();
    }

    private sealed class FakeStoreObserver(List<StoreBatch> batches) : IStoreObserver
    {
        public void Observe(StoreBatch batch)
        {
            lock (batches)
                batches.Add(batch);
        }
    }
}
