using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>Hosts rebooted with their VMs suspended meanwhile, the coordinator too, which takes the connection along.</summary>
public sealed class HostRebootTests
{
    private const string Make = "hosts=2,vms=30,seed=3";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reboot_SuspendingVms_ResumesThemWhenTheHostIsBack(bool isCoordinator)
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token, Make);
        var host = pool.Any<Host>(one => pool.Picture.IsCoordinator(one) == isCoordinator);
        var vms = await SuspendableAsync(pool, host);
        var images = pool.Fleet.Pool.State.Calls.GetValueOrDefault("Async.VM.suspend");

        var result = await pool.RunAsync("host.reboot", host, new() { ["suspend"] = true });

        Assert.True(result.End == OperationEnd.Succeeded && !result.HasNotes, result.Message);
        Assert.Equal(vms.Count, pool.Fleet.Pool.State.Calls["Async.VM.suspend"] - images);
        await pool.Fleet.UntilPictureAsync(now => now.GetByUuid<Host>(host.Uuid) is { Enabled: true } && vms.All(vm => now.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running }), patience.Token);
    }

    [Fact]
    public async Task Reboot_HostRefuses_LeavesVmsRunningAndTheHostInService()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token, Make);
        var host = pool.Any<Host>(one => !pool.Picture.IsCoordinator(one));
        var vms = await SuspendableAsync(pool, host);
        pool.Refuse("host.reboot");

        var result = await pool.RunAsync("host.reboot", host, new() { ["suspend"] = true });

        Assert.Equal((OperationEnd.Failed, "OPERATION_NOT_ALLOWED"), (result.End, result.Code?.Split(' ')[0]));
        await pool.Fleet.UntilPictureAsync(now => now.GetByUuid<Host>(host.Uuid) is { Enabled: true } && vms.All(vm => now.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running }), patience.Token);
    }

    [Fact]
    public async Task Reboot_WithAVmThatCannotBeSuspended_IsRefusedInWords()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token, Make);
        var host = pool.Any<Host>(one => !pool.Picture.IsCoordinator(one));
        var vm = (await SuspendableAsync(pool, host))[0];
        await pool.SucceedsAsync("vm.set", vm, new() { ["blockedOperations"] = new System.Text.Json.Nodes.JsonObject { ["suspend"] = "payroll" } }, now => !now.GetByUuid<Vm>(vm.Uuid)!.AllowedOperations.Contains(VmOperation.Suspend));

        Assert.Contains($"{vm.NameLabel} cannot be suspended. This is blocked for {vm.NameLabel} by its administrator: payroll", await pool.RefusalAsync("host.reboot", host, new() { ["suspend"] = true }), StringComparison.Ordinal);
        Assert.Contains("choose one", await pool.RefusalAsync("host.reboot", host, new() { ["suspend"] = true, ["force"] = true }), StringComparison.Ordinal);
    }

    /// <summary>The VMs that run on a host; those that cannot be suspended are shut down first.</summary>
    private static async Task<IReadOnlyList<Vm>> SuspendableAsync(OperatedPool pool, Host host)
    {
        foreach (var vm in pool.Picture.VmsOn(host).Where(vm => !vm.AllowedOperations.Contains(VmOperation.Suspend)).ToList())
            await pool.SucceedsAsync("vm.hard_shutdown", vm, null, now => now.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Halted });
        var vms = pool.Picture.VmsOn(host).ToList();
        Assert.NotEmpty(vms);
        return vms;
    }
}
