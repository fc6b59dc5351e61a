using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Cli.Client;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.App.Api;

/// <summary>Missing updates of older hosts, by a catalogue, in Xen Orchestra's methods and addresses.</summary>
public sealed class CatalogueMethodsTests
{
    private static readonly MadeUpdate s_first = new("XS82E001") { Guidance = ["restartHost", "restartXAPI"] };
    private static readonly MadeUpdate s_second = new("XS82E002") { Requires = [s_first.Uuid], Guidance = [] };

    [Fact]
    public async Task MissingPatches_OfACatalogue_HaveXenOrchestrasShape_AtEveryFace()
    {
        await using var scene = await StartAsync();
        var (rpc, rest, host) = (scene.Rpc, scene.Rest, scene.Hosts[0]);

        var told = (await rpc.ResultAsync("pool.listMissingPatches", new JsonObject { ["host"] = host.Uuid }))!.AsArray();
        var ofHost = (await rest.GetAsync($"hosts/{host.Uuid}/missing_patches")).Json.AsArray();
        var ofPool = (await rest.GetAsync($"pools/{scene.Pool}/missing_patches")).Json.AsArray();

        Assert.Equal(["XS82E001", "XS82E002"], told.Select(update => (string)update!["name"]!));
        Assert.Equal(
            ["conflicts", "date", "description", "documentationUrl", "guidance", "guidances", "id", "name", "paid", "requirements", "upgrade", "url", "uuid"],
            told[0]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            (s_first.Uuid, s_first.Uuid, "restartHost, restartXAPI", "2026-09-02T12:00:00Z", new Uri(scene.Catalogue.Address, "XS82E001.zip").AbsoluteUri, false),
            ((string)told[0]!["id"]!, (string)told[0]!["uuid"]!, (string)told[0]!["guidance"]!, (string)told[0]!["date"]!, (string)told[0]!["url"]!, (bool)told[0]!["paid"]!));
        Assert.Equal([s_first.Uuid], told[1]!["requirements"]!.AsArray().Select(id => (string)id!));
        Assert.Equal(told.ToJsonString(), ofHost.ToJsonString());
        Assert.Equal(told.ToJsonString(), ofPool.ToJsonString());
    }

    [Fact]
    public async Task PatchesDifference_OfOlderHosts_ComparesUpdatesAlone()
    {
        await using var scene = await StartAsync();
        var (one, other) = (scene.Hosts[0], scene.Hosts[1]);
        var db = scene.Simulated.Simulator.Db;
        db.Update(() => db.Get("host", one.Ref)["updates"] = XapiValue.SetOf(db.Create("pool_update", ("uuid", s_first.Uuid), ("name_label", s_first.Name)).Ref));
        await scene.Server.WaitAsync(() => scene.Picture.Get(new XenRef<Host>(one.Ref))!.Updates.Any());

        var more = await DifferenceAsync(one, other);
        var less = await DifferenceAsync(other, one);

        Assert.Equal([s_first.Uuid], more);
        Assert.Empty(less);

        async Task<IEnumerable<string>> DifferenceAsync(Host source, Host target) =>
            [.. (await scene.Rpc.ResultAsync("pool.getPatchesDifference", new JsonObject { ["source"] = source.Uuid, ["target"] = target.Uuid }))!.AsArray().Select(id => (string)id!)];
    }

    private static async Task<Scene> StartAsync()
    {
        using var patience = Patience.Source();
        var catalogue = await CatalogueServer.StartAsync(patience.Token);
        var address = catalogue.Serve("updates.xml", CatalogueFile.Of("8.2.1", [.. ((MadeUpdate[])[s_second, s_first]).Select(update => (update, new Uri(catalogue.Address, $"{update.Name}.zip")))]));
        var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=2,release=citrix-hypervisor-8.2"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        var server = new TestServer().With("Patching:CatalogueUrl", address.AbsoluteUri).OnAPort();
        var rpc = await RpcClient.AdminAsync(server);
        var (pool, _) = await rpc.AddPoolAsync(server, simulator.Pools[0]);
        return new(server, rpc, await RestClient.AdminAsync(server), simulator, catalogue, pool);
    }

    private sealed record Scene(TestServer Server, RpcClient Rpc, RestClient Rest, SimulatorHost Simulator, CatalogueServer Catalogue, string Pool) : IAsyncDisposable
    {
        public SimulatedPool Simulated => Simulator.Pools[0];

        public PoolPicture Picture => Server.Get<ObjectStore>().Current.Pool(Pool)!;

        public IReadOnlyList<Host> Hosts => [.. Picture.All<Host>()];

        public async ValueTask DisposeAsync()
        {
            Rest.Dispose();
            await Rpc.DisposeAsync();
            await Server.DisposeAsync();
            await Simulator.DisposeAsync();
            await Catalogue.DisposeAsync();
        }
    }
}
