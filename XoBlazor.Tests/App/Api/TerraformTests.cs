using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.App.Api.TerraformCalls;

namespace XoBlazor.Tests.App.Api;

/// <summary>The Terraform provider's way with a VM, in its order, as it shows in the API's own objects.</summary>
public sealed class TerraformTests
{
    [Fact]
    public async Task Scenario_FromTemplateToDeletion_ShowsEachStepInTheObjects()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var client = await RpcClient.AdminAsync(server);
        var (pool, _) = await client.AddPoolAsync(server, simulator.Pools[0]);
        var picture = () => server.Get<ObjectStore>().Current.Pool(pool)!;
        var calls = new TerraformCalls(client);

        var networks = await calls.FindNetworksAsync(pool);
        var id = await calls.CreateAsync(await calls.FindTemplateAsync(), await calls.FindStorageAsync(pool), networks[0]);

        var made = Assert.Single(await calls.ObjectsAsync(new() { ["type"] = "VM", ["id"] = id }));
        Assert.Equal(("web", "by Terraform", "Running"), ((string?)made["name_label"], (string?)made["name_description"], (string?)made["power_state"]));
        Assert.Equal((2, "terraform"), (made["CPUs"]!["number"]!.GetValue<int>(), (string?)made["tags"]![0]));
        var drives = (await calls.ObjectsAsync(new() { ["type"] = "VBD", ["VM"] = id })).Where(drive => drive["is_cd_drive"]!.GetValue<bool>() == false).ToList();
        Assert.True(drives.Count >= 2);
        var first = Assert.Single(await calls.ObjectsAsync(new() { ["type"] = "VIF", ["$VM"] = id }));
        Assert.Equal(networks[0], (string?)first["$network"]);
        Assert.StartsWith("10.", await calls.WaitForAddressAsync(id, patience.Token), StringComparison.Ordinal);

        await calls.StopAsync(id);
        await UntilAsync(vm => vm.PowerState == VmPowerState.Halted);
        await calls.SetMemoryAsync(id, 3 * GiB);
        await UntilAsync(vm => vm is { NameLabel: "web2", MemoryDynamicMax: 3 * GiB } && vm.BlockedOperations.Count == 1);
        await calls.AllowDestroyAsync(id);
        await UntilAsync(vm => vm.BlockedOperations.Count == 0);
        var second = await calls.AddDeviceAsync(id, networks[1], "02:00:00:00:00:77");
        Assert.Equal("02:00:00:00:00:77", (string?)Assert.Single(await calls.ObjectsAsync(new() { ["type"] = "VIF", ["id"] = second }))["MAC"]);
        await calls.TagAsync(id);
        await UntilAsync(vm => vm.Tags is ["prod"]);
        Assert.Equal(13, await client.CodeAsync("vm.stop", new JsonObject { ["id"] = id, ["force"] = true }));
        await calls.DeleteAsync(id);

        await server.WaitAsync(() => picture().GetByUuid<Vm>(id) is null);
        Assert.Empty(await calls.ObjectsAsync(new() { ["type"] = "VM", ["id"] = id }));
        Assert.Equal(1, await client.CodeAsync("vm.start", new JsonObject { ["id"] = id }));

        Task UntilAsync(Func<Vm, bool> isSo) => server.WaitAsync(() => picture().GetByUuid<Vm>(id) is { } vm && isSo(vm));
    }
}
