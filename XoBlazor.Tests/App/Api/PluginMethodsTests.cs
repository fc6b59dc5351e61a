using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>The plugins that come with the source, by the API on a whole server with a simulated pool.</summary>
public sealed class PluginMethodsTests
{
    private const string Configuration = ""","configuration": {"type": "object", "properties": {"user": {"type": "string", "default": "root"}, "password": {"type": "string"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SnapshotOnTag_TakesOne_InItsOwnName_AndIsThereAfterARestart()
    {
        Needs.Program("python3", "python3");
        using var patience = Patience.Source();
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=8,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using (var server = new TestServer(folder))
        {
            await using var client = await RpcClient.AdminAsync(server);
            var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
            var picture = () => server.Get<ObjectStore>().Current.Pool(pool)!;
            var vm = picture().All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted);

            var installed = await InstallAsync(client, "snapshot-on-tag");
            await client.ResultAsync("plugin.load", new JsonObject { ["id"] = "snapshot-on-tag" });
            await client.ResultAsync("tag.add", new JsonObject { ["id"] = vm.Uuid, ["tag"] = "snapshot-me" });
            await server.WaitAsync(() => server.Audit("vm.snapshot").Any(record => record.Outcome == AuditOutcome.Succeeded));

            Assert.Equal(["read: VM, where type:VM", "operation: vm.snapshot", "storage"], installed["wants"]!.AsArray().Select(want => (string)want!));
            Assert.All(server.Audit("vm.snapshot"), record => Assert.Equal(("plugin:snapshot-on-tag", "Snapshot on tag", "plugin", vm.Uuid), (record.Actor.Id, record.Actor.Name, record.Face, record.Target!.Id)));
            Assert.Equal($"{vm.NameLabel}, tagged snapshot-me", Assert.Single(picture().All<Vm>(), one => one.IsASnapshot && one.SnapshotOf.Value == vm.Ref).NameLabel);
            // The snapshot changes the VM, which the plugin is told of, too.
            await server.UntilAsync(async () => (await client.ResultAsync("plugin.test", new JsonObject { ["id"] = "snapshot-on-tag" }))!.ToJsonString() == """{"waiting":0,"tag":"snapshot-me"}""");
        }

        await using var second = new TestServer(folder).With("Setup:AdminPassword", "");
        await using var again = await RpcClient.AdminAsync(second);
        await second.WaitAsync(() => second.Get<PluginFleet>().Find("snapshot-on-tag")?.Status.State == PluginState.Loaded);
        var plugin = Assert.Single((await again.ResultAsync("plugin.get"))!.AsArray(), one => !(bool)one!["builtIn"]!)!;

        Assert.Equal((true, true, "loaded"), ((bool)plugin["loaded"]!, (bool)plugin["testable"]!, (string)plugin["state"]!));
        Assert.Equal("snapshot-me", (string)plugin["configuration"]!["tag"]!);
    }

    [Fact]
    public async Task PowerLog_InJavaScript_CountsAndKeepsTheCounts()
    {
        Needs.Program("node", "nodejs");
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=8,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var vms = server.Get<ObjectStore>().Current.Pool(pool)!.All<Vm>().Where(one => one.Kind() == VmKind.Vm).ToList();
        await InstallAsync(client, "power-log");
        await client.ResultAsync("plugin.load", new JsonObject { ["id"] = "power-log" });
        // What is there is told after the loading; what happens before that is no change.
        await server.UntilAsync(async () => (int)(await TestAsync())["vms"]! == vms.Count);

        await client.ResultAsync("vm.start", new JsonObject { ["id"] = vms.First(one => one.PowerState == VmPowerState.Halted).Uuid });

        await server.UntilAsync(async () => (int)(await TestAsync())["counted"]! == 1);
        async Task<JsonNode> TestAsync() => (await client.ResultAsync("plugin.test", new JsonObject { ["id"] = "power-log" }))!;
    }

    [Fact]
    public async Task Plugin_ThroughItsLife_IsKeptSealedRecordedAndRefusedInWords()
    {
        Needs.Program("python3", "python3");
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        JsonObject Named() => new() { ["id"] = PythonPlugin.Id };
        var zip = PluginZip.Of(("plugin.json", PythonPlugin.Manifest(more: Configuration)), ("main.py", PythonPlugin.Prelude + "start()\nserve()"));
        async Task<string> RefusalAsync(string method, JsonObject? given = null)
        {
            var error = await client.ErrorAsync(method, given ?? Named());
            Assert.Equal(10, (int)error["code"]!);
            return (string)error["message"]!;
        }

        await client.ResultAsync("plugin.install", new JsonObject { ["package"] = Convert.ToBase64String(zip) });
        var early = await RefusalAsync("plugin.load");
        await client.ResultAsync("plugin.accept", new JsonObject { ["id"] = PythonPlugin.Id, ["wants"] = new JsonArray("storage") });
        await client.ResultAsync("plugin.configure", new JsonObject { ["id"] = PythonPlugin.Id, ["configuration"] = new JsonObject { ["password"] = "in-plain-sight" } });
        var misfit = await RefusalAsync("plugin.configure", new JsonObject { ["id"] = PythonPlugin.Id, ["configuration"] = new JsonObject { ["user"] = 7 } });
        await client.ResultAsync("plugin.disableAutoload", Named());
        await client.ResultAsync("plugin.load", Named());
        var twice = await RefusalAsync("plugin.load");
        var shown = Assert.Single((await client.ResultAsync("plugin.get"))!.AsArray(), one => !(bool)one!["builtIn"]!)!;
        string[] kept;
        await using (var database = await server.DatabaseAsync())
            kept = await database.Plugins.Select(one => one.SealedConfiguration!).ToArrayAsync(Token);
        await client.ResultAsync("plugin.unload", Named());
        await client.ResultAsync("plugin.purgeConfiguration", Named());
        await client.ResultAsync("plugin.remove", Named());

        Assert.Contains("Nobody has looked at what Test wants", early, StringComparison.Ordinal);
        Assert.Contains("'user' has to be of the type string", misfit, StringComparison.Ordinal);
        Assert.Contains("is loaded already", twice, StringComparison.Ordinal);
        Assert.Equal("""{"user":"root","password":"•••"}""", shown["configuration"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.False((bool)shown["autoload"]!);
        Assert.DoesNotContain("in-plain-sight", Assert.Single(kept), StringComparison.Ordinal);
        Assert.Equal(1, await client.CodeAsync("plugin.load", Named()));
        Assert.Contains("no zip", await RefusalAsync("plugin.install", new JsonObject { ["package"] = "AAAA" }), StringComparison.Ordinal);
        foreach (var action in (string[])["plugin.install", "plugin.accept", "plugin.configure", "plugin.autoload", "plugin.load", "plugin.unload", "plugin.purge", "plugin.remove"])
            Assert.Contains(server.Audit(action), record => record.Outcome == AuditOutcome.Succeeded);
        Assert.DoesNotContain(server.Get<AuditLog>().ReadAfter(0, 10_000), entry => entry.Record.Parameters.Any(one => one.Value.Contains("in-plain-sight", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Configurations_AreExportedWithoutSecrets_ComparedAndImported()
    {
        Needs.Program("python3", "python3");
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        const string more = """
            ,"configuration": {"type": "object", "properties": {"user": {"type": "string"}, "password": {"type": "string"}}}, "configurationPresets": {"Root": {"user": "root"}},
             "testSchema": {"type": "object", "required": ["to"], "properties": {"to": {"type": "string"}}}
            """;
        var zip = PluginZip.Of(("plugin.json", PythonPlugin.Manifest(more: more)), ("main.py", PythonPlugin.Prelude + "start()\nserve()"));
        await client.ResultAsync("plugin.install", new JsonObject { ["package"] = Convert.ToBase64String(zip) });
        await client.ResultAsync("plugin.accept", new JsonObject { ["id"] = PythonPlugin.Id, ["wants"] = new JsonArray() });
        await client.ResultAsync("plugin.configure", new JsonObject { ["id"] = PythonPlugin.Id, ["configuration"] = new JsonObject { ["user"] = "ada", ["password"] = "in-plain-sight" } });

        var file = (await client.ResultAsync("plugin.exportConfigurations", new JsonObject()))!;
        var exported = file.ToJsonString();
        file["plugins"]![0]!["configuration"]!["user"] = "bob";
        var compared = (await client.ResultAsync("plugin.importConfigurations", new JsonObject { ["file"] = file.DeepClone(), ["dryRun"] = true }))!;
        var before = server.Get<PluginFleet>().Find(PythonPlugin.Id)!.Settings.Configuration;
        await client.ResultAsync("plugin.importConfigurations", new JsonObject { ["file"] = file.DeepClone() });
        var broken = await client.ErrorAsync("plugin.importConfigurations", new JsonObject { ["file"] = new JsonObject() });
        var shown = (await client.ResultAsync("plugin.get"))!.AsArray().Single(one => (string)one!["id"]! == PythonPlugin.Id)!;
        await client.ResultAsync("plugin.load", new JsonObject { ["id"] = PythonPlugin.Id });
        var untold = await client.ErrorAsync("plugin.test", new JsonObject { ["id"] = PythonPlugin.Id });

        Assert.DoesNotContain("in-plain-sight", exported, StringComparison.Ordinal);
        Assert.Contains("\"leftOut\":[\"password\"]", exported, StringComparison.Ordinal);
        Assert.Equal("""[{"path":"user","before":"\u0022ada\u0022","after":"\u0022bob\u0022"}]""", compared[0]!["changes"]!.ToJsonString());
        Assert.Equal("""{"user":"ada","password":"in-plain-sight"}""", before);
        Assert.Equal("""{"user":"bob","password":"in-plain-sight"}""", server.Get<PluginFleet>().Find(PythonPlugin.Id)!.Settings.Configuration);
        Assert.Contains("no file of configurations", (string)broken["message"]!, StringComparison.Ordinal);
        Assert.Equal("root", (string)shown["configurationPresets"]!["Root"]!["user"]!);
        Assert.Equal("object", (string)shown["testSchema"]!["type"]!);
        Assert.Contains("What the test was given does not fit: 'to' is missing", (string)untold["message"]!, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> InstallAsync(RpcClient client, string sample)
    {
        var installed = (await client.ResultAsync("plugin.install", new JsonObject { ["package"] = Convert.ToBase64String(PluginZip.Sample(sample)) }))!;
        await client.ResultAsync("plugin.accept", new JsonObject { ["id"] = sample, ["wants"] = installed["wants"]!.DeepClone() });
        return installed;
    }
}
