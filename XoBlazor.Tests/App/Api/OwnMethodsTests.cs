using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Methods of our own: operations by their names, and the journal.</summary>
public sealed class OwnMethodsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operation_ReviewedBegunAndFollowed_IsDone()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=8,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var picture = () => server.Get<ObjectStore>().Current.Pool(pool)!;
        var vm = picture().All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted);
        JsonObject Asked(string operation) => new() { ["operation"] = operation, ["id"] = vm.Uuid };

        var possible = await client.ResultAsync("operation.review", Asked("vm.start"));
        var impossible = await client.ResultAsync("operation.review", Asked("vm.clean_shutdown"));
        var losses = await client.ResultAsync("operation.review", Asked("vm.delete"));
        var untouched = picture().GetByUuid<Vm>(vm.Uuid)!.PowerState;
        var run = await client.ResultAsync("operation.start", Asked("vm.start"));
        var id = (string)run!["run"]!;
        JsonNode? state;
        do
            state = await client.ResultAsync("operation.get", new JsonObject { ["run"] = id, ["wait"] = 1000 });
        while (state!["end"] is null);

        Assert.Equal((vm.NameLabel, null), ((string?)possible!["name"], (string?)possible["obstacle"]));
        Assert.NotNull((string?)impossible!["obstacle"]);
        Assert.NotEmpty(losses!["losses"]!.AsArray());
        Assert.Equal(VmPowerState.Halted, untouched);
        Assert.Equal(("succeeded", 1.0, vm.Uuid), ((string?)state["end"], (double)state["progress"]!, (string?)state["id"]));
        Assert.Equal(["vm.start"], server.Audit("vm.start").Select(record => record.Action).Distinct());
    }

    [Fact]
    public async Task Operation_OfWhoeverMayNot_IsRefusedAndRunsOfOthersAreNotTold()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=8,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var vms = server.Get<ObjectStore>().Current.Pool(pool)!.All<Vm>().Where(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted).Take(2).ToList();
        var admin = await server.AdminAsync();
        var id = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
        await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, Role.Viewer.Id, new AccessScope.OfObject(new(pool, vms[0].Uuid)), Token);
        await using var ada = await RpcClient.SignedInAsync(server, "ada", TestServer.Password);
        JsonObject Asked(Vm vm) => new() { ["operation"] = "vm.start", ["id"] = vm.Uuid };

        var run = (string)(await client.ResultAsync("operation.start", Asked(vms[1])))!["run"]!;

        foreach (var method in (string[])["operation.start", "operation.review"])
        {
            Assert.Equal(2, await ada.CodeAsync(method, Asked(vms[0])));
            Assert.Equal(1, await ada.CodeAsync(method, Asked(vms[1])));
            Assert.Equal(1, await ada.CodeAsync(method, new JsonObject { ["operation"] = "vm.nonsense", ["id"] = vms[0].Uuid }));
            Assert.Equal(10, await client.CodeAsync(method, new JsonObject { ["operation"] = "vm.start", ["id"] = vms[0].Uuid, ["arguments"] = new JsonObject { ["colour"] = "red" } }));
        }
        Assert.Equal(1, await ada.CodeAsync("operation.get", new JsonObject { ["run"] = run }));
        Assert.Equal(VmPowerState.Halted, server.Get<ObjectStore>().Current.Pool(pool)!.GetByUuid<Vm>(vms[0].Uuid)!.PowerState);
    }

    [Fact]
    public async Task Catalogue_TellsEveryOperationAndItsParameters()
    {
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);

        var told = (await client.ResultAsync("operation.getAll"))!.AsArray().ToDictionary(one => (string)one!["name"]!, one => one!);

        var all = server.Get<OperationCatalogue>().All;
        Assert.Equal(all.Select(one => one.Name).Order(), told.Keys.Order());
        Assert.All(all, one => Assert.Equal(one.Parameters.Select(parameter => parameter.Name), told[one.Name]["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!)));
        Assert.Equal(["VM-template"], told["vm.create"]["types"]!.AsArray().Select(type => (string)type!));
        Assert.Equal(["VM"], told["vm.start"]["types"]!.AsArray().Select(type => (string)type!));
        Assert.Equal("typeName", (string?)told["vm.delete"]["confirmation"]);
        Assert.Equal("host", (string?)told["vm.start_on"]["parameters"]![0]!["types"]![0]);
    }

    [Fact]
    public async Task Journal_TellsWhatTheRequesterMaySee()
    {
        await using var server = new TestServer();
        using var pool = new SamplePool(server.Get<ObjectStore>(), vms: 4);
        await using var client = await RpcClient.AdminAsync(server);
        var admin = await server.AdminAsync();
        var id = await server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
        await server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, id, Role.Viewer.Id, new AccessScope.OfObject(new(pool.Uuid, pool.Vm(1).Uuid)), Token);
        await using var ada = await RpcClient.SignedInAsync(server, "ada", TestServer.Password);
        for (var turn = 0; turn < 3; turn++)
            pool.Apply(pool.Vm(1) with { NameDescription = $"mine {turn}" }, pool.Vm(2) with { NameDescription = $"theirs {turn}" });
        await server.Get<Core.Journal.JournalRecorder>().FlushAsync(Token);

        var first = await client.ResultAsync("journal.getChanges", new JsonObject { ["object"] = pool.Vm(2).Uuid, ["limit"] = 2 });
        var second = await client.ResultAsync("journal.getChanges", new JsonObject { ["object"] = pool.Vm(2).Uuid, ["limit"] = 2, ["cursor"] = (string?)first!["next"] });
        var hers = await ada.ResultAsync("journal.getChanges", new JsonObject { ["from"] = "2020-01-01", ["limit"] = 1000 });
        var future = await client.ResultAsync("journal.getChanges", new JsonObject { ["from"] = 4e12 });

        Assert.Equal(["theirs 2", "theirs 1", "theirs 0"], new[] { first, second! }.SelectMany(page => page!["entries"]!.AsArray()).Where(entry => (string?)entry!["kind"] == "modified")
            .Select(entry => (string?)entry!["fields"]!.AsArray().Single(field => (string?)field!["field"] == "name_description")!["new"]));
        Assert.NotEmpty(hers!["entries"]!.AsArray());
        Assert.DoesNotContain("theirs", hers.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(future!["entries"]!.AsArray());
        Assert.Equal(10, await client.CodeAsync("journal.getChanges", new JsonObject { ["from"] = "soon" }));
        Assert.Equal(10, await client.CodeAsync("journal.getChanges", new JsonObject { ["cursor"] = "x" }));
    }
}
