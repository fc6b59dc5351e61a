using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>What the Terraform provider asks for, in its words and order: a VM from a template with cloud-init and two disks, changed, and taken away again.</summary>
public sealed class TerraformTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Scenario_FromTemplateToDeletion_ShowsEachStepInTheObjects()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var picture = () => server.Get<ObjectStore>().Current.Pool(pool)!;

        var templates = await ObjectsAsync(client, new JsonObject { ["type"] = "VM-template" });
        var template = (string)templates.First(one => one!["isDefaultTemplate"]?.GetValue<bool>() == true)!["id"]!;
        var sr = picture().All<Sr>().First(one => one.Shared && one.ContentType != "iso").Uuid;
        var networks = (await ObjectsAsync(client, new JsonObject { ["type"] = "network", ["$poolId"] = pool })).Select(one => (string)one!["id"]!).Take(2).ToList();

        var id = (string)(await client.ResultAsync("vm.create", new JsonObject
        {
            ["affinityHost"] = null,
            ["auto_poweron"] = false,
            ["bootAfterCreate"] = true,
            ["clone"] = true,
            ["coreOs"] = false,
            ["cpuCap"] = null,
            ["cpuWeight"] = null,
            ["CPUs"] = 2,
            ["cloudConfig"] = "#cloud-config\nhostname: web\n",
            ["networkConfig"] = "version: 2\n",
            ["destroyCloudConfigVdiAfterBoot"] = false,
            ["existingDisks"] = new JsonObject(),
            ["expNestedHvm"] = false,
            ["high_availability"] = "",
            ["memoryMax"] = 2 * GiB,
            ["name_description"] = "by Terraform",
            ["name_label"] = "web",
            ["resourceSet"] = null,
            ["secureBoot"] = false,
            ["startDelay"] = 0,
            ["tags"] = new JsonArray("terraform"),
            ["template"] = template,
            ["vga"] = "std",
            ["videoram"] = 8,
            ["VDIs"] = new JsonArray(Disk("root", 10), Disk("data", 20)),
            ["VIFs"] = new JsonArray(new JsonObject { ["network"] = networks[0] }),
        }.AsTheSdkSends()))!;

        JsonObject Disk(string name, int size) =>
            new() { ["$SR"] = sr, ["SR"] = sr, ["name_label"] = name, ["name_description"] = "", ["size"] = size * GiB, ["type"] = "user", ["destroy"] = false };

        var made = Assert.Single(await ObjectsAsync(client, new JsonObject { ["type"] = "VM", ["id"] = id }))!;
        Assert.Equal(("web", "by Terraform", "Running"), ((string?)made["name_label"], (string?)made["name_description"], (string?)made["power_state"]));
        Assert.Equal((2, "terraform"), (made["CPUs"]!["number"]!.GetValue<int>(), (string?)made["tags"]![0]));
        var drives = (await ObjectsAsync(client, new JsonObject { ["type"] = "VBD", ["VM"] = id })).Where(drive => drive!["is_cd_drive"]!.GetValue<bool>() == false).ToList();
        Assert.True(drives.Count >= 2);
        var first = Assert.Single(await ObjectsAsync(client, new JsonObject { ["type"] = "VIF", ["$VM"] = id }))!;
        Assert.Equal(networks[0], (string?)first["$network"]);

        Assert.True(await DoneAsync("vm.stop", new() { ["id"] = id, ["force"] = true }));
        await UntilAsync(vm => vm.PowerState == VmPowerState.Halted);
        Assert.True(await DoneAsync("vm.set", new() { ["id"] = id, ["memory"] = 3 * GiB, ["name_label"] = "web2", ["affinityHost"] = null, ["blockedOperations"] = new JsonObject { ["destroy"] = true } }));
        await UntilAsync(vm => vm is { NameLabel: "web2", MemoryDynamicMax: 3 * GiB } && vm.BlockedOperations.Count == 1);
        Assert.True(await DoneAsync("vm.set", new() { ["id"] = id, ["blockedOperations"] = new JsonObject { ["destroy"] = false } }));
        await UntilAsync(vm => vm.BlockedOperations.Count == 0);
        var second = (string)(await client.ResultAsync("vm.createInterface", new JsonObject { ["vm"] = id, ["network"] = networks[1], ["mac"] = "02:00:00:00:00:77" }))!;
        Assert.Equal("02:00:00:00:00:77", (string?)Assert.Single(await ObjectsAsync(client, new JsonObject { ["type"] = "VIF", ["id"] = second }))!["MAC"]);
        Assert.True(await DoneAsync("tag.add", new() { ["id"] = id, ["tag"] = "prod" }));
        Assert.True(await DoneAsync("tag.remove", new() { ["id"] = id, ["tag"] = "terraform" }));
        await UntilAsync(vm => vm.Tags is ["prod"]);
        Assert.Equal(13, await client.CodeAsync("vm.stop", new JsonObject { ["id"] = id, ["force"] = true }));
        Assert.True(await DoneAsync("vm.delete", new() { ["id"] = id }));

        await server.WaitAsync(() => picture().GetByUuid<Vm>(id) is null);
        Assert.Empty(await ObjectsAsync(client, new JsonObject { ["type"] = "VM", ["id"] = id }));
        Assert.Equal(1, await client.CodeAsync("vm.start", new JsonObject { ["id"] = id }));

        async Task<bool> DoneAsync(string method, JsonObject parameters) => (await client.ResultAsync(method, parameters))!.GetValue<bool>();
        Task UntilAsync(Func<Vm, bool> isSo) => server.WaitAsync(() => picture().GetByUuid<Vm>(id) is { } vm && isSo(vm));
    }

    private static async Task<IReadOnlyList<JsonNode?>> ObjectsAsync(RpcClient client, JsonObject filter) =>
        [.. (await client.ResultAsync("xo.getAllObjects", new JsonObject { ["filter"] = filter }))!.AsObject().Select(one => one.Value)];
}

file static class Parameters
{
    /// <summary>The Go SDK leaves out what is null, but for what it means.</summary>
    public static JsonObject AsTheSdkSends(this JsonObject given)
    {
        foreach (var name in given.Where(one => one.Value is null && one.Key is not ("cpuCap" or "cpuWeight")).Select(one => one.Key).ToList())
            given.Remove(name);
        return given;
    }
}
