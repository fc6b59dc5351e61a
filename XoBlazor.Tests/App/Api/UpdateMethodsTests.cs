using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Cli.Client;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Patching;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Missing updates of a simulated pool in Xen Orchestra's methods and addresses.</summary>
public sealed class UpdateMethodsTests : IAsyncLifetime
{
    private readonly TestServer _server = new TestServer().OnAPort();
    private readonly CancellationTokenSource _patience = Patience.Source();
    private SimulatorHost _simulator = null!;
    private FakeUpdater _updater = null!;
    private RpcClient _rpc = null!;
    private RestClient _rest = null!;
    private string _pool = null!;

    private PoolPicture Picture => _server.Get<ObjectStore>().Current.Pool(_pool)!;

    private Host Member => Picture.All<Host>().First(host => !Picture.IsCoordinator(host));

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=4,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, _patience.Token);
        _updater = new(_simulator.Pools[0]);
        _rpc = await RpcClient.AdminAsync(_server);
        (_pool, _) = await _rpc.AddPoolAsync(_server, _simulator.Pools[0]);
        _rest = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        await _rpc.DisposeAsync();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task ListMissingPatches_HasXenOrchestrasShapeOfPackages()
    {
        _updater.Lacks(Member.Ref, "kernel");

        var told = (await _rpc.ResultAsync("pool.listMissingPatches", new JsonObject { ["host"] = Member.Uuid }))!;

        var package = Assert.Single(told.AsArray())!;
        Assert.Equal(["changelog", "description", "license", "name", "release", "size", "url", "version"], package.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("kernel", "1.2", "3.xcpng8.3", 1000L, 1730721600L), ((string)package["name"]!, (string)package["version"]!, (string)package["release"]!, (long)package["size"]!, (long)package["changelog"]!["date"]!));
    }

    [Fact]
    public async Task MissingPatches_OverRest_OfAHostAndOfAllHosts()
    {
        _updater.Lacks(Member.Ref, "kernel", "xapi-core");
        _updater.Lacks(Picture.Coordinator()!.Ref, "kernel", "glibc");

        var ofHost = (await _rest.GetAsync($"hosts/{Member.Uuid}/missing_patches")).Json;
        var ofPool = (await _rest.GetAsync($"pools/{_pool}/missing_patches")).Json;

        Assert.Equal(["kernel", "xapi-core"], ofHost.AsArray().Select(one => (string)one!["name"]!));
        Assert.Equal(["glibc", "kernel", "xapi-core"], ofPool.AsArray().Select(one => (string)one!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task InstallPatches_OnAPool_InstallsOnAllHosts()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Lacks(Picture.Coordinator()!.Ref, "kernel");

        Assert.True((bool)(await _rpc.ResultAsync("pool.installPatches", new JsonObject { ["pool"] = _pool }))!);

        Assert.Equal([Picture.Coordinator()!.Ref, Member.Ref], _updater.Asked.Where(one => one.Function == "update").Select(one => one.Host));
        Assert.Empty((await _rpc.ResultAsync("pool.listMissingPatches", new JsonObject { ["host"] = Member.Uuid }))!.AsArray());
    }

    [Fact]
    public async Task InstallPatches_OnHosts_InstallsOnThese()
    {
        _updater.Lacks(Member.Ref, "kernel");
        _updater.Lacks(Picture.Coordinator()!.Ref, "kernel");

        await _rpc.ResultAsync("pool.installPatches", new JsonObject { ["hosts"] = new JsonArray(Member.Uuid) });

        Assert.Equal([Member.Ref], _updater.Asked.Where(one => one.Function == "update").Select(one => one.Host));
    }

    [Fact]
    public async Task PoolWithRepositories_ListsAndInstalls()
    {
        await using var newer = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=2,seed=9,updates=2,release=xenserver-8"), Pool = new() { OperationDuration = TimeSpan.Zero } }, _patience.Token);
        var (pool, _) = await _rpc.AddPoolAsync(_server, newer.Pools[0]);
        var coordinator = _server.Get<ObjectStore>().Current.Pool(pool)!.Coordinator()!;

        var told = (await _rpc.ResultAsync("pool.listMissingPatches", new JsonObject { ["host"] = coordinator.Uuid }))!.AsArray();
        var done = await _rpc.ResultAsync("pool.installPatches", new JsonObject { ["pool"] = pool });
        var left = (await _rest.GetAsync($"pools/{pool}/missing_patches")).Json.AsArray();

        Assert.Equal(2, told.Count);
        var update = told[0]!;
        Assert.Equal(("UPDATE-0001", "UPDATE-0001", "Hypervisor: security fixes", false), ((string)update["id"]!, (string)update["uuid"]!, (string)update["name"]!, (bool)update["paid"]!));
        Assert.Equal("restartHost, restartXAPI", (string)update["guidances"]!);
        Assert.NotEmpty((string)update["date"]!);
        Assert.True((bool)done!);
        Assert.Empty(left);
    }
}
