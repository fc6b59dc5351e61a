using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>What keeps a VM from starting or stopping although its host would, and who may lift it.</summary>
public sealed class VmStartTests
{
    private const string Mac = "02:00:00:00:00:55";

    [Fact]
    public async Task Start_WhenARunningVmOfTheNetworkHasTheAddress_IsRefusedUnlessAsked()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var (running, halted) = (pool.AnyVm(VmPowerState.Running), pool.AnyVm(VmPowerState.Halted));
        var networks = pool.Picture.All<Network>().Where(network => !network.Pifs.IsEmpty).Take(2).ToList();
        await pool.MakesAsync<Vif>("vm.create_interface", running, new() { ["network"] = networks[0].Uuid, ["mac"] = Mac });
        var elsewhere = await pool.MakesAsync<Vif>("vm.create_interface", halted, new() { ["network"] = networks[1].Uuid, ["mac"] = Mac.ToUpperInvariant() });

        await pool.SucceedsAsync("vm.start", halted, null, p => p.GetByUuid<Vm>(halted.Uuid)!.PowerState == VmPowerState.Running);
        await pool.SucceedsAsync("vm.hard_shutdown", pool.Now(halted), null, p => p.GetByUuid<Vm>(halted.Uuid)!.PowerState == VmPowerState.Halted);
        await pool.SucceedsAsync("vif.set", pool.Now(elsewhere), new() { ["network"] = networks[0].Uuid }, p => p.GetByUuid<Vif>(elsewhere.Uuid)!.Network.Value == networks[0].Ref);

        var refusal = await pool.RefusalAsync("vm.start", pool.Now(halted));
        Assert.Contains(Mac, refusal, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(running.NameLabel, refusal, StringComparison.Ordinal);
        Assert.Contains(Mac, await pool.RefusalAsync("vm.start_on", pool.Now(halted), new() { ["host"] = pool.Any<Host>().Uuid }), StringComparison.OrdinalIgnoreCase);
        await pool.SucceedsAsync("vm.start", pool.Now(halted), new() { ["bypassMacAddressesCheck"] = true }, p => p.GetByUuid<Vm>(halted.Uuid)!.PowerState == VmPowerState.Running);
    }

    [Theory]
    [InlineData("vm.start", "start", VmPowerState.Halted)]
    [InlineData("vm.hard_shutdown", "hard_shutdown", VmPowerState.Running)]
    [InlineData("vm.hard_reboot", "hard_reboot", VmPowerState.Running)]
    public async Task BlockedOperation_IsDoneByForce_AndBlockedAgainAfterwards(string operation, string blocked, VmPowerState state)
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = await BlockAsync(pool, pool.AnyVm(state), blocked);

        Assert.Contains("blocked", await pool.RefusalAsync(operation, vm));
        await pool.SucceedsAsync(operation, vm, new() { ["force"] = true },
            p => p.GetByUuid<Vm>(vm.Uuid)! is { BlockedOperations.Count: 1 } now && (operation == "vm.hard_reboot" || now.PowerState != state));
    }

    [Fact]
    public async Task BlockedOperation_ThatFailsByForce_IsBlockedAgain()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = await BlockAsync(pool, pool.AnyVm(VmPowerState.Halted), "start");
        pool.Refuse("VM.start");

        var result = await pool.RunAsync("vm.start", vm, new() { ["force"] = true });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vm>(vm.Uuid)!.BlockedOperations.Count == 1, patience.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.DoesNotContain("Left behind", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BlockedDeletion_IsDoneByForce()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = await BlockAsync(pool, pool.AnyVm(VmPowerState.Halted), "destroy");

        await pool.SucceedsAsync("vm.delete", vm, new() { ["force"] = true }, p => p.GetByUuid<Vm>(vm.Uuid) is null);
    }

    [Fact]
    public async Task Force_OfABlock_NeedsTheRightToChangeTheVm()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = await BlockAsync(pool, pool.AnyVm(VmPowerState.Halted), "start");
        pool.Grant([], (Role.Operator, vm));

        Assert.Contains("Change advanced settings of VMs", await pool.RefusalAsync("vm.start", vm, new() { ["force"] = true }, OperatedPool.Bob));
        await pool.SucceedsAsync("vm.set", vm, new() { ["blockedOperations"] = new JsonObject { ["start"] = null } }, p => p.GetByUuid<Vm>(vm.Uuid)!.BlockedOperations.Count == 0);
        Assert.Equal(OperationEnd.Succeeded, (await pool.RunAsync("vm.start", pool.Now(vm), new() { ["force"] = true }, OperatedPool.Bob)).End);
    }

    private static async Task<Vm> BlockAsync(OperatedPool pool, Vm vm, string operation)
    {
        await pool.SucceedsAsync("vm.set", vm, new() { ["blockedOperations"] = new JsonObject { [operation] = "payroll" } }, p => p.GetByUuid<Vm>(vm.Uuid)!.BlockedOperations.Count == 1);
        return pool.Now(vm);
    }
}
