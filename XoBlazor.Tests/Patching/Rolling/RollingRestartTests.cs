using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Patching.Repositories;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>VMs that updates want restarted, at the end of a rolling update.</summary>
public sealed class RollingRestartTests
{
    [Fact]
    public async Task Update_OfXenServer8WithHa_RestartsEveryVmWhoseGuestCanBeAskedAndNamesTheOthers()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,release=xenserver-8");
        pool.Pool.Catalogue.Publish(new CdnUpdate("U-1", "Guest firmware") { Recommended = ["RebootHost"], Full = ["RebootHost", "RestartVM"] });
        Assert.Equal(OperationEnd.Succeeded, (await pool.Server.RunAsync("pool.sync_updates", patience.Token)).End);
        var storage = pool.Picture.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso");
        await pool.Server.RunAsync("pool.enable_ha", patience.Token, new() { ["heartbeatSrs"] = new JsonArray(storage.Uuid) });
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true }, patience.Token);
        var homes = pool.Homes();
        var silent = homes.Keys.Where(vm => !pool.Picture.GetByUuid<Vm>(vm)!.AllowedOperations.Contains(VmOperation.CleanReboot)).Order(StringComparer.Ordinal).ToList();
        var rehearsal = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token, new() { ["restartVms"] = true });

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.True(rehearsal is { IsReady: true, RestartsAreAsked: true }, RehearsalText.Of(rehearsal));
        Assert.Contains(rehearsal.Findings, one => one.Level == FindingLevel.Warns && one.Words.StartsWith("Updates ask for a restart of VMs", StringComparison.Ordinal));
        Assert.All(pool.Pool.Hosts, host => Assert.Equal(["U-1"], pool.Pool.Catalogue.AppliedOn(host.Name)));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal(silent, run.Vms.Where(vm => vm.Problem is not null).Select(vm => vm.Uuid).Order(StringComparer.Ordinal));
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true } && homes.Keys.Except(silent).All(vm => now.GetByUuid<Vm>(vm) is { PowerState: VmPowerState.Running } there && UpdateNeeds.Of(there) is null), patience.Token);
        Assert.Equal(silent.Count, RollingReport.Left(run, pool.Picture).Length);
    }

    [Fact]
    public async Task Update_VmsForWhichItAsks_AreRestartedAsAgreedAndWhatFailsIsNamed()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=24,seed=5,updates=0");
        var (restarted, modelled, failing) = Ask(pool);
        await pool.Server.UntilAsync(now => new[] { restarted, modelled, failing }.All(vm => UpdateNeeds.Of(now.GetByUuid<Vm>(vm.Uuid)!) is not null), patience.Token);
        var reboot = pool.Simulator.Calls.Find("VM.clean_reboot")!;
        pool.Simulator.Calls.RegisterAsync("VM.clean_reboot", call => call.Object("vm").Uuid == failing.Uuid ? throw new XapiException("VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT", call.Object("vm").Ref) : reboot(call));

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token, new() { ["restartVms"] = true });

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Contains($"{failing.NameLabel}: It was not restarted for its updates.", result.Message, StringComparison.Ordinal);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal([failing.Uuid], run.Vms.Where(vm => vm.Problem is not null).Select(vm => vm.Uuid));
        Assert.All(run.Vms, vm => Assert.Null(vm.Restart));
        Assert.Equal((2L, 1L), (pool.Pool.State.Calls.GetValueOrDefault("Async.VM.clean_reboot"), pool.Pool.State.Calls.GetValueOrDefault("Async.VM.restart_device_models")));
        await pool.Server.UntilAsync(now => UpdateNeeds.Of(now.GetByUuid<Vm>(restarted.Uuid)!) is null && UpdateNeeds.Of(now.GetByUuid<Vm>(modelled.Uuid)!) is null, patience.Token);
        Assert.Equal([$"{failing.NameLabel} has to be restarted before its updates work."], RollingReport.Left(run, pool.Picture));
    }

    [Fact]
    public async Task Update_VmsForWhichItAsks_AreOnlyNamedWithoutConsent()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=24,seed=5,updates=0");
        var (restarted, modelled, failing) = Ask(pool);
        await pool.Server.UntilAsync(now => new[] { restarted, modelled, failing }.All(vm => UpdateNeeds.Of(now.GetByUuid<Vm>(vm.Uuid)!) is not null), patience.Token);
        var rehearsal = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.True(rehearsal.RestartsAreAsked);
        Assert.Equal((0L, 0L), (pool.Pool.State.Calls.GetValueOrDefault("Async.VM.clean_reboot"), pool.Pool.State.Calls.GetValueOrDefault("Async.VM.restart_device_models")));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal(3, RollingReport.Left(run, pool.Picture).Length);
        Assert.Contains(run.Notes, note => note.Words.Contains(restarted.NameLabel, StringComparison.Ordinal) && note.Words.StartsWith("To be restarted", StringComparison.Ordinal));
    }

    /// <summary>Updates of before ask three VMs for something: a restart, a new device model, and again a restart.</summary>
    private static (Vm Restarted, Vm Modelled, Vm Failing) Ask(RolledPool pool)
    {
        var vms = pool.Picture.All<Vm>().Where(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Running && vm.AllowedOperations.Contains(VmOperation.CleanReboot)).Take(3).ToList();
        foreach (var (vm, asked) in vms.Zip((string[])["restart_vm", "restart_device_model", "restart_vm"]))
            pool.Simulator.Db.GetByUuid("VM", vm.Uuid)["pending_guidances_full"] = XapiValue.SetOf(asked);
        return (vms[0], vms[1], vms[2]);
    }
}
