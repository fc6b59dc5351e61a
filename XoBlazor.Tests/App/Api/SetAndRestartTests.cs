using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary><c>vm.setAndRestart</c> changes what can be changed while a VM is off, and shuts down none for nothing.</summary>
public sealed class SetAndRestartTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Change_ThatIsNotTheirsToMake_OrCannotBeMeant_LeavesTheVmRunning()
    {
        using var patience = Patience.Source();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=1,vms=8,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token);
        await using var server = new TestServer();
        await using var admin = await RpcClient.AdminAsync(server);
        var (pool, _) = await admin.AddPoolAsync(server, simulator.Pools[0]);
        PoolPicture Picture() => server.Get<ObjectStore>().Current.Pool(pool)!;
        var vm = Picture().All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running && !one.GuestMetrics.IsNull);
        using var made = await RestClient.UserAsync(server, "olaf", (Role.Operator, pool, vm));
        await using var olaf = await RpcClient.SignedInAsync(server, "olaf", "a long enough password 7");
        JsonObject Ask(JsonNode memory) => new() { ["id"] = vm.Uuid, ["force"] = true, ["memoryStaticMax"] = memory };

        var notHis = await olaf.CodeAsync("vm.setAndRestart", Ask(3 * GiB));
        var nonsense = await admin.CodeAsync("vm.setAndRestart", Ask("much"));
        var calls = simulator.Pools[0].State.Calls.Keys;
        await admin.ResultAsync("vm.setAndRestart", Ask(3 * GiB));

        Assert.Equal((2, 10), (notHis, nonsense));
        Assert.DoesNotContain(calls, call => call.Contains("shutdown", StringComparison.Ordinal));
        await server.WaitAsync(() => Picture().GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running, MemoryStaticMax: 3 * GiB });
    }
}
