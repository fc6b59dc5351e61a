using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.App.Support;

/// <summary>The whole server with a simulated pool of XenServer up to 8.2, and a web server that has the catalogue and the zips of updates.</summary>
internal sealed class OldPoolServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = Patience.Source(TimeSpan.FromMinutes(3));
    private readonly TempFolder _folder = new();
    private readonly SimulatorHost _simulator;

    private OldPoolServer(SimulatorHost simulator, CatalogueServer catalogue) => (_simulator, Catalogue) = (simulator, catalogue);

    public CancellationToken Token => _patience.Token;

    public CatalogueServer Catalogue { get; }

    /// <summary>On a port; null while it is stopped.</summary>
    public TestServer? Server { get; private set; }

    public SimulatedPool Pool => _simulator.Pools[0];

    public Database Db => Pool.Simulator.Db;

    public PoolPicture Picture => Server!.Get<ObjectStore>().Current.Pool(Pool.Uuid)!;

    /// <summary>What a server of its own process has to be given to be this one.</summary>
    public string[] Arguments => ["--data-dir", _folder.File("data"), "--urls", "http://127.0.0.1:0", $"--Patching:CatalogueUrl={CatalogueUrl}"];

    private string CatalogueUrl => new Uri(Catalogue.Address, "updates.xml").AbsoluteUri;

    public static async Task<OldPoolServer> StartAsync(string release)
    {
        var simulator = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make($"hosts=2,vms=2,seed=7,release={release}"), Pool = new() { OperationDuration = TimeSpan.Zero } }, TestContext.Current.CancellationToken);
        var own = new OldPoolServer(simulator, await CatalogueServer.StartAsync(TestContext.Current.CancellationToken));
        own.Begin();
        await using var admin = await RpcClient.AdminAsync(own.Server!);
        await admin.AddPoolAsync(own.Server!, own.Pool);
        return own;
    }

    /// <summary>Starts the server, on what it knew before.</summary>
    public void Begin() => Server = new TestServer(_folder).With("Patching:CatalogueUrl", CatalogueUrl).OnAPort();

    public async Task StopAsync()
    {
        await Server!.DisposeAsync();
        Server = null;
    }

    /// <summary>Offers updates for the version of the hosts.</summary>
    /// <param name="zipOf">The zip of one.</param>
    public void Offer(Func<MadeUpdate, byte[]> zipOf, params IReadOnlyList<MadeUpdate> updates) => Catalogue.Serve("updates.xml", CatalogueFile.Of(
        Db.Coordinator["software_version"].AsMap["product_version"]!.AsText, [.. updates.Select(update => (update, Catalogue.Serve($"{update.Name}.zip", zipOf(update))))]));

    /// <summary>The names of what every host has installed; null when they differ.</summary>
    public string? InstalledOnAll() => Db.Update(() => Db.All("host").Select(host => string.Join(' ', host.FollowAll("patches", "host_patch").Where(row => row.Bool("applied"))
        .Select(row => row.Follow("pool_patch", "pool_patch")!.Text("name_label")).Order(StringComparer.Ordinal))).Distinct().ToList()) is [var same] ? same : null;

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        await Catalogue.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Dispose();
        _patience.Dispose();
    }
}
