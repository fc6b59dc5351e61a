using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.WebHooks;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Notifications.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Notifications by the API, on a whole server with a simulated pool and a web server that takes hooks.</summary>
public sealed class NotificationMethodsTests
{
    private const string Secret = "a canary of some length";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VmThatIsStarted_IsToldByASignedHook_AndWhatIsRefusedCanBeSentAgain()
    {
        using var patience = Patience.Source();
        using var folder = new TempFolder();
        await using var hooks = await HookServer.StartAsync(patience.Token);
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=8,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer(folder);
        await using var client = await RpcClient.AdminAsync(server);
        var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var vm = server.Get<ObjectStore>().Current.Pool(pool)!.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted);
        await client.ResultAsync("plugin.configure", Hooks(hooks.Url, Secret, hooks.Address.ToString()));
        await server.WaitAsync(() => server.Get<NotificationTransports>().Find("web-hook") is { Obstacle: null });
        var id = (string)(await client.ResultAsync("notification.saveRule", new JsonObject { ["rule"] = Rule($"uuid:{vm.Uuid} power_state:running") }))!;

        await client.ResultAsync("notification.testRule", new JsonObject { ["id"] = id, ["address"] = "ops" });
        Assert.Equal("test", (string?)JsonNode.Parse(Assert.Single(hooks.Got).Body)!["notifications"]![0]!["kind"]);
        // The rule looks at what is there before something changes.
        await Task.Delay(TimeSpan.FromSeconds(3), patience.Token);
        hooks.Status = 404;
        await client.ResultAsync("vm.start", new JsonObject { ["id"] = vm.Uuid });
        await server.UntilAsync(async () => (await client.ResultAsync("notification.getMessages", new JsonObject { ["state"] = "dead" }))!.AsArray().Count == 1);
        var dead = (await client.ResultAsync("notification.getMessages", new JsonObject { ["state"] = "dead" }))![0]!;
        hooks.Status = 200;
        await client.ResultAsync("notification.sendAgain", new JsonObject { ["id"] = (string)dead["id"]! });
        await server.UntilAsync(async () => (await client.ResultAsync("notification.getMessages", new JsonObject { ["state"] = "delivered" }))!.AsArray().Count == 1);

        var got = hooks.Got;
        Assert.Contains("404", (string)dead["problem"]!, StringComparison.Ordinal);
        Assert.Equal(got[1].Headers[WebHookSignature.IdHeader].ToString(), got[2].Headers[WebHookSignature.IdHeader].ToString());
        Assert.Equal(WebHookSignature.Of(Secret, got[2].Headers[WebHookSignature.TimeHeader].ToString(), got[2].Body), got[2].Headers[WebHookSignature.SignatureHeader].ToString());
        Assert.Equal((vm.Uuid, "VM"), ((string?)JsonNode.Parse(got[2].Body)!["notifications"]![0]!["uuid"], (string?)JsonNode.Parse(got[2].Body)!["notifications"]![0]!["class"]));
    }

    [Fact]
    public async Task PasswordsAndSecrets_AreKeptSealed_AndGivenToNobody()
    {
        using var folder = new TempFolder();
        JsonObject Mail(string host, string from, string? password = null) => new()
        {
            ["id"] = "email",
            ["configuration"] = new JsonObject { ["host"] = host, ["from"] = from, ["user"] = "xo", ["password"] = password ?? AuditRecord.Masked },
        };
        await using (var server = new TestServer(folder))
        {
            await using var client = await RpcClient.AdminAsync(server);
            await client.ResultAsync("plugin.configure", Mail("mail.example.test", "xo@example.test", Secret));
            await client.ResultAsync("plugin.load", new JsonObject { ["id"] = "email" });
            await client.ResultAsync("plugin.configure", Mail("mail.example.test", "other@example.test"));
            await client.ResultAsync("plugin.configure", Hooks("https://hooks.example.test/?key=1", Secret));

            var elsewhere = await client.ErrorAsync("plugin.configure", Mail("evil.example.test", "xo@example.test"));
            var told = (await client.ResultAsync("notification.getTransports"))!.AsArray();
            var shown = (await client.ResultAsync("plugin.get"))!.ToJsonString();
            await using var database = server.Get<IDbContextFactory<AppDatabase>>().CreateDbContext();

            Assert.Contains("not taken along", elsewhere.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal([("email", "email", null), ("web-hook", "web-hooks", null)], told.Select(one => ((string?)one!["id"], (string?)one["plugin"], (string?)one["obstacle"])).Order());
            Assert.DoesNotContain("canary", shown, StringComparison.Ordinal);
            Assert.All(await database.Plugins.ToListAsync(Token), plugin => Assert.DoesNotContain("canary", plugin.SealedConfiguration ?? "", StringComparison.Ordinal));
            Assert.DoesNotContain(server.Get<AuditLog>().Read(new()), entry => entry.Record.Parameters.Any(one => one.Value.Contains("canary", StringComparison.Ordinal)));
        }

        await using var second = new TestServer(folder).With("Setup:AdminPassword", "");
        second.Browser().Dispose();
        await second.WaitAsync(() => second.Get<NotificationTransports>().Find("email") is { Obstacle: null });
        var mail = EmailSettings.Of(Configuration(second, "email"));
        Assert.Equal((Secret, "other@example.test"), (mail.Password, mail.From));
        Assert.Equal(Secret, WebHookSettings.Of(Configuration(second, "web-hooks")).Find("ops")!.Secret);
    }

    [Fact]
    public async Task Rules_AreKept_Refused_AndRemoved()
    {
        using var folder = new TempFolder();
        string id;
        await using (var server = new TestServer(folder))
        {
            await using var client = await RpcClient.AdminAsync(server);
            await client.ResultAsync("plugin.configure", Hooks("https://hooks.example.test/"));
            await server.WaitAsync(() => server.Get<NotificationTransports>().Find("web-hook") is { Obstacle: null });
            id = (string)(await client.ResultAsync("notification.saveRule", new JsonObject { ["rule"] = Rule("power_state:running") }))!;

            var nonsense = await client.ErrorAsync("notification.saveRule", new JsonObject { ["rule"] = Rule("nonsense:1") });
            var twice = await client.ErrorAsync("notification.saveRule", new JsonObject { ["rule"] = Rule("power_state:running") });
            var nowhere = await client.ErrorAsync("notification.testRule", new JsonObject { ["id"] = id, ["address"] = "nowhere" });

            Assert.Contains("no property", nonsense.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("already", twice.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("in the configuration of Web hooks", nowhere.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains(server.Audit("notification.save-rule"), record => record.Outcome == AuditOutcome.Succeeded && record.Target!.Id == id);
        }

        await using var second = new TestServer(folder).With("Setup:AdminPassword", "");
        await using var again = await RpcClient.AdminAsync(second);
        var kept = Assert.Single((await again.ResultAsync("notification.getRules"))!.AsArray())!;
        await again.ResultAsync("notification.removeRule", new JsonObject { ["id"] = id });

        Assert.Equal((id, "object"), ((string?)kept["id"], (string?)kept["when"]!["kind"]));
        Assert.Empty((await again.ResultAsync("notification.getRules"))!.AsArray());
    }

    private static JsonObject Hooks(string url, string? secret = null, params string[] allowed)
    {
        var hook = new JsonObject { ["name"] = "ops", ["url"] = url };
        if (secret is not null)
            hook["secret"] = secret;
        return new() { ["id"] = "web-hooks", ["configuration"] = new JsonObject { ["hooks"] = new JsonArray(hook), ["allowedNetworks"] = new JsonArray([.. allowed.Select(network => (JsonNode)network)]) } };
    }

    private static JsonObject Configuration(TestServer server, string plugin) => (JsonObject)JsonNode.Parse(server.Get<PluginFleet>().Find(plugin)!.Settings.Configuration!)!;

    private static JsonObject Rule(string filter) => new()
    {
        ["name"] = "Started",
        ["when"] = new JsonObject { ["kind"] = "object", ["class"] = "VM", ["filter"] = filter },
        ["who"] = new JsonArray(new JsonObject { ["kind"] = "address", ["address"] = "ops" }),
        ["how"] = "web-hook",
    };
}
