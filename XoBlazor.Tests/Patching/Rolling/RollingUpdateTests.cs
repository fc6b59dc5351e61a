using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A pool of XCP-ng hosts brought up to date host by host.</summary>
public sealed class RollingUpdateTests
{
    [Fact]
    public async Task Update_OfAPool_InstallsAndRebootsEveryHostOnceAndEveryVmRunsThroughout()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,updates=2");
        var (homes, boots) = (pool.Homes(), pool.Boots());
        var before = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal(3, before.Findings.Count(finding => finding.Words is "It lacks 2 updates." or "It lacks 1 update."));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingKind.Update, RollingState.Completed), (run.Request.Kind, run.State));
        Assert.All(run.Hosts, host => Assert.Equal(RollingTurn.Done, host.Turn));
        Assert.All(pool.Boots(), boot => Assert.True(boot.Value > boots[boot.Key]));
        var after = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");
        Assert.Equal(3, after.Findings.Count(finding => finding.Words.StartsWith("It lacks nothing", StringComparison.Ordinal)));
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_HostsThatLackNothing_AreNeitherEmptiedNorRebooted()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,updates=0");
        var boots = pool.Boots();

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.All(Assert.Single(pool.Kept.Kept).Hosts, host => Assert.Equal(RollingTurn.Skipped, host.Turn));
        Assert.Equal(boots, pool.Boots());
        Assert.Equal(0, pool.Pool.State.Calls.GetValueOrDefault("Async.host.evacuate"));
    }

    [Fact]
    public async Task Update_InstallationFailsOnAHost_StopsThereWithoutARebootAndGoesOnWhenCancelled()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,updates=2");
        var homes = pool.Homes();
        var hosts = RollingCourse.Order(pool.Picture).ToList();
        var boots = pool.Boots();
        // From the moment on at which the first host is emptied its package source is out of reach.
        pool.Simulator.Calls.Register("host.disable", call =>
        {
            pool.Simulator.Faults.Apply(new Fault(FaultKind.UpdaterError));
            call.Object("host")["enabled"] = false;
            AllowedOperations.Update(call.Object("host"));
        });

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.Contains($"{hosts[0].NameLabel} did not get its updates.", result.Message, StringComparison.Ordinal);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Stopped, RollingTurn.Installing, hosts[0].Uuid), (run.State, run.Current!.Turn, run.Current.Uuid));
        await pool.Server.RunAsync("pool.rolling_cancel", patience.Token);
        await pool.Server.UntilRunAsync(now => now.State == RollingState.Cancelled, patience.Token);
        await pool.Server.UntilAsync(now => now.GetByUuid<Host>(hosts[0].Uuid) is { Enabled: true }, patience.Token);
        Assert.Equal(boots, pool.Boots());
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_OfHostsThatTakeItAllAtOnce_InstallsBeforeTheFirstIsEmptiedAndRebootsOnlyThoseThatNeedIt()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll();
        await using var pool = await StartAsync(updates, patience.Token);
        var homes = pool.Homes();
        var rehearsal = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal(3, rehearsal.Findings.Count(finding => finding.Words.StartsWith("It lacks 1 update. All hosts get theirs before the first is emptied", StringComparison.Ordinal)));
        Assert.Equal((1, 1, 0), (updates.Calls, updates.Installations, updates.OutOfService));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal([RollingTurn.Done, RollingTurn.Skipped, RollingTurn.Done], run.Hosts.Select(host => host.Turn));
        Assert.True(run.Hosts[1].IsUpToDate);
        Assert.Equal(updates.Asked.Order(StringComparer.Ordinal), pool.Reboots.Keys.Order(StringComparer.Ordinal));
        Assert.All(pool.Reboots, reboots => Assert.Equal(1, reboots.Value));
        Assert.EndsWith("No host lacks an update.", run.Notes[^1].Words, StringComparison.Ordinal);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_ServerStopsWhileAllHostsAreInstalled_TakesThatStepAgainAndGoesOn()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var pool = await StartAsync(updates, patience.Token);
        await pool.Server.BeginAsync("pool.rolling_update");
        await pool.Server.UntilAsync(_ => updates.Calls == 1, patience.Token);

        await pool.RestartAsync();
        updates.Gate.SetResult();
        var run = await pool.Server.UntilRunAsync(static now => now.IsOver || now.State == RollingState.Stopped, patience.Token);

        Assert.True(run.State == RollingState.Completed, run.Problem);
        Assert.Equal((2, 1), (updates.Calls, updates.Installations));
        Assert.Equal(2, pool.Reboots.Count);
    }

    [Fact]
    public async Task Update_InstallationOnAllHostsFails_StopsBeforeAnyIsEmptiedAndGoesOnWhenRetried()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll { Failure = "The catalogue is out of reach." };
        await using var pool = await StartAsync(updates, patience.Token);

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.Contains("did not get their updates. The catalogue is out of reach.", result.Message, StringComparison.Ordinal);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Stopped, RollingStage.Installing), (run.State, run.Stage));
        Assert.All(run.Hosts, host => Assert.Equal(RollingTurn.Waiting, host.Turn));
        updates.Failure = null;
        await pool.Server.RunAsync("pool.rolling_resume", patience.Token);
        run = await pool.Server.UntilRunAsync(static now => now.IsOver, patience.Token);
        Assert.Equal((RollingState.Completed, 1), (run.State, updates.Installations));
    }

    [Fact]
    public async Task Update_EndedEarlyWhileAllHostsAreInstalled_GivesThatUpAndEmptiesNone()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var pool = await StartAsync(updates, patience.Token);
        var operation = await pool.Server.BeginAsync("pool.rolling_update");
        await pool.Server.UntilAsync(_ => updates.Calls == 1, patience.Token);

        await pool.Server.RunAsync("pool.rolling_cancel", patience.Token);

        Assert.Equal(OperationEnd.Cancelled, (await operation.Completion.WaitAsync(patience.Token)).End);
        Assert.Equal((0, 0), (updates.Installations, pool.Reboots.Count));
        Assert.All(Assert.Single(pool.Kept.Kept).Hosts, host => Assert.Equal((RollingTurn.Skipped, false), (host.Turn, host.IsUpToDate)));
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

    /// <summary>A pool whose hosts take the updates only all at once; the first and the last have to be rebooted for them.</summary>
    private static async Task<RolledPool> StartAsync(UpdatesForAll updates, CancellationToken token)
    {
        var pool = await RolledPool.StartAsync(token, "hosts=3,vms=9,seed=5,release=citrix-hypervisor-8.2", services: updates.Serve);
        var hosts = RollingCourse.Order(pool.Picture).ToList();
        (updates.Database, updates.Asked) = (pool.Simulator.Db, [hosts[0].Uuid, hosts[2].Uuid]);
        return pool;
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
