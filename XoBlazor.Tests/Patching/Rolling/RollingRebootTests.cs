using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A simulated pool rebooted host by host: all goes well, something fails, somebody wants it otherwise.</summary>
public sealed class RollingRebootTests
{
    /// <summary>Two of the three hosts have room for all VMs.</summary>
    private const string Roomy = "hosts=3,vms=9,seed=5";

    [Fact]
    public async Task Reboot_OfAPool_RebootsEveryHostOnceCoordinatorFirstAndEveryVmRunsThroughout()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token);
        await WithHaAsync(pool, patience.Token);
        var (homes, boots) = (pool.Homes(), pool.Boots());
        var calls = pool.Pool.State.Calls.GetValueOrDefault("Async.host.reboot");

        var result = await pool.Server.RunAsync("pool.rolling_reboot", patience.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal(3, pool.Pool.State.Calls["Async.host.reboot"] - calls);
        Assert.All(pool.Boots(), boot => Assert.True(boot.Value > boots[boot.Key]));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Completed, RollingStage.Done), (run.State, run.Stage));
        Assert.True(run.Hosts[0].IsCoordinator && run.Hosts.All(host => host.Turn == RollingTurn.Done));
        Assert.Empty(RollingReport.Left(run, pool.Picture));
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true, HaHostFailuresToTolerate: 1 } && RollingCourse.StartsVms(now), patience.Token);
        Assert.Equal(run.Ha!.HeartbeatSrs, pool.Picture.Pool!.HaStatefiles.Select(file => pool.Picture.Get(((Vdi)pool.Picture.Get(file)!).Sr)!.Uuid));
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Reboot_EvacuationFailsAtTheThirdVm_StopsSaysWhyAndGoesOnWhenRetried()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token);
        var homes = pool.Homes();
        var host = RollingCourse.Order(pool.Picture).First(one => pool.Picture.VmsOn(one).Count() >= 3);
        var evacuate = FailingEvacuation(pool, host);

        var result = await pool.Server.RunAsync("pool.rolling_reboot", patience.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Stopped, RollingTurn.Emptying, host.Uuid), (run.State, run.Current!.Turn, run.Current.Uuid));
        Assert.Contains(evacuate(), run.Problem!, StringComparison.Ordinal);
        await pool.Server.UntilAsync(now => now.GetByUuid<Host>(host.Uuid) is { Enabled: false } && RollingReport.Left(run, now).Contains($"{host.NameLabel} is out of service."), patience.Token);
        Assert.Contains(RollingReport.Left(run, pool.Picture), line => line.Contains("on another host than before", StringComparison.Ordinal) || line.Contains("on other hosts than before", StringComparison.Ordinal));
        Assert.All(homes.Keys, vm => Assert.Equal(VmPowerState.Running, pool.Picture.GetByUuid<Vm>(vm)!.PowerState));

        Evacuation.Register(pool.Simulator.Calls);
        await pool.Server.RunAsync("pool.rolling_resume", patience.Token);
        await pool.Server.UntilRunAsync(now => now.State == RollingState.Completed, patience.Token);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Reboot_HostDoesNotComeBack_StopsAndGoesOnWithoutItWhenSkipped()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Roomy);
        pool.Options.HostReturn = TimeSpan.FromSeconds(1.5);
        var homes = pool.Homes();
        var lost = RollingCourse.Order(pool.Picture).ElementAt(1);
        StayAway(pool, lost);

        var result = await pool.Server.RunAsync("pool.rolling_reboot", patience.Token);

        Assert.Contains($"{lost.NameLabel} did not come back", result.Message, StringComparison.Ordinal);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Stopped, lost.Uuid), (run.State, run.Current!.Uuid));
        Assert.Equal(RollingTurn.Waiting, run.Hosts[2].Turn);
        Assert.Contains($"{lost.NameLabel} is not there.", RollingReport.Left(run, pool.Picture));

        Assert.Equal(OperationEnd.Succeeded, (await pool.Server.RunAsync("pool.rolling_skip", patience.Token, new() { ["host"] = lost.Uuid })).End);
        run = await pool.Server.UntilRunAsync(now => now.IsOver, patience.Token);

        Assert.Equal((RollingTurn.Done, RollingTurn.Skipped, RollingTurn.Done), (run.Hosts[0].Turn, run.Hosts[1].Turn, run.Hosts[2].Turn));
        Assert.All(run.Vms, vm => Assert.Equal(vm.Home == lost.Uuid, vm.Problem is not null));
        await pool.Server.UntilAsync(now => homes.All(home => now.GetByUuid<Vm>(home.Key) is { PowerState: VmPowerState.Running } vm && (home.Value == lost.Uuid || now.Get(vm.ResidentOn)?.Uuid == home.Value)), patience.Token);
    }

    [Fact]
    public async Task Reboot_PausedAndResumed_StandsBetweenTwoStepsUntilThen()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token);
        var homes = pool.Homes();
        var held = HoldFirst(pool);

        var operation = await pool.Server.BeginAsync("pool.rolling_reboot");
        await held.Reached.Task.WaitAsync(patience.Token);
        await pool.Server.RunAsync("pool.rolling_pause", patience.Token);
        held.GoOn.SetResult();
        var paused = await pool.Server.UntilRunAsync(run => run.State == RollingState.Paused, patience.Token);

        Assert.Equal(RollingTurn.Waiting, paused.Hosts[1].Turn);
        Assert.Null(operation.Result);
        Assert.Equal("It stands already.", (await Assert.ThrowsAsync<OperationRefusedException>(() => pool.Server.RunAsync("pool.rolling_pause", patience.Token))).Message);
        await pool.Server.UntilAsync(_ => true, patience.Token);
        await pool.Server.RunAsync("pool.rolling_resume", patience.Token);
        Assert.Equal(OperationEnd.Succeeded, (await operation.Completion.WaitAsync(patience.Token)).End);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Reboot_Cancelled_TouchesNoFurtherHostAndPutsBackWhatItChanged()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token);
        await WithHaAsync(pool, patience.Token);
        var (homes, boots) = (pool.Homes(), pool.Boots());
        var held = HoldFirst(pool);

        var operation = await pool.Server.BeginAsync("pool.rolling_reboot");
        await held.Reached.Task.WaitAsync(patience.Token);
        await pool.Server.RunAsync("pool.rolling_cancel", patience.Token);
        held.GoOn.SetResult();
        var result = await operation.Completion.WaitAsync(patience.Token);

        Assert.Equal(OperationEnd.Cancelled, result.End);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal(RollingState.Cancelled, run.State);
        Assert.All(run.Hosts, host => Assert.Equal(RollingTurn.Skipped, host.Turn));
        Assert.Equal(boots, pool.Boots());
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true } && RollingCourse.StartsVms(now) && now.All<Host>().All(host => host.Enabled), patience.Token);
        await pool.RanThroughoutAsync(homes, hasMoved: false);
    }

    [Fact]
    public async Task Reboot_EvacuationThatNeverEnds_IsCutOffByEndingEarly()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Roomy);
        var (homes, reached) = (pool.Homes(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        pool.Simulator.Calls.RegisterAsync("host.evacuate", (Func<CallContext, Task>)(async call =>
        {
            reached.TrySetResult();
            for (; ; call.ThrowIfCancelled())
                await Task.Delay(20, call.Cancellation);
        }));
        var operation = await pool.Server.BeginAsync("pool.rolling_reboot");
        await reached.Task.WaitAsync(patience.Token);

        await pool.Server.RunAsync("pool.rolling_cancel", patience.Token);

        Assert.Equal(OperationEnd.Cancelled, (await operation.Completion.WaitAsync(patience.Token)).End);
        Assert.Equal(RollingState.Cancelled, Assert.Single(pool.Kept.Kept).State);
        Assert.Empty(pool.Reboots);
        await pool.Server.UntilAsync(now => now.All<Host>().All(host => host.Enabled) && homes.All(home => now.GetByUuid<Vm>(home.Key) is { PowerState: VmPowerState.Running } vm && now.Get(vm.ResidentOn)?.Uuid == home.Value), patience.Token);
    }

    [Fact]
    public async Task Reboot_VmThatMayBeShutDown_IsStartedAgainWhereItWas()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token);
        var vm = pool.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running);
        var home = pool.Picture.Get(vm.ResidentOn)!;
        Pin(pool, vm);
        Assert.Equal(OperationEnd.Failed, (await pool.Server.RunAsync("pool.rolling_reboot", patience.Token)).End);
        Assert.Empty(pool.Kept.Kept);

        var result = await pool.Server.RunAsync("pool.rolling_reboot", patience.Token, new() { ["shutdownPinnedVms"] = true });

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.True(Assert.Single(pool.Kept.Kept).Vms.Single(one => one.Uuid == vm.Uuid).IsShutDown);
        await pool.Server.UntilAsync(now => now.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running } there && now.Get(there.ResidentOn)?.Uuid == home.Uuid, patience.Token);
    }

    [Fact]
    public async Task Reboot_HostThatWasOutOfService_StaysOutOfService()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Roomy);
        var host = RollingCourse.Order(pool.Picture).Last();
        await pool.Server.RunAsync("host.enter_maintenance", patience.Token, target: host);
        await pool.Server.UntilAsync(now => now.GetByUuid<Host>(host.Uuid) is { Enabled: false } there && !now.VmsOn(there).Any(), patience.Token);
        var boots = pool.Boots();

        var result = await pool.Server.RunAsync("pool.rolling_reboot", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.True(pool.Boots()[host.Uuid] > boots[host.Uuid]);
        await pool.Server.UntilAsync(now => now.GetByUuid<Host>(host.Uuid) is { Enabled: false }, patience.Token);
    }

    /// <summary>HA with one storage, and VMs that start with the pool.</summary>
    private static async Task WithHaAsync(RolledPool pool, CancellationToken token)
    {
        var storage = pool.Picture.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso");
        var switched = await pool.Server.RunAsync("pool.enable_ha", token, new() { ["heartbeatSrs"] = new System.Text.Json.Nodes.JsonArray(storage.Uuid), ["hostFailures"] = 1 });
        Assert.True(switched.End == OperationEnd.Succeeded, switched.Message);
        await pool.Server.RunAsync("pool.set", token, new() { ["auto_poweron"] = true });
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true, HaHostFailuresToTolerate: 1 } && RollingCourse.StartsVms(now), token);
    }

    /// <summary>Two VMs go, the third is refused. Gives the words by which it is known, once it happened.</summary>
    private static Func<string> FailingEvacuation(RolledPool pool, Host host)
    {
        var name = "";
        pool.Simulator.Calls.RegisterAsync("host.evacuate", (Func<CallContext, Task>)(async call =>
        {
            var from = call.Object("host");
            var guests = from.FollowAll("resident_VMs", "VM").Where(vm => !vm.Bool("is_control_domain")).ToList();
            foreach (var (vm, number) in guests.Select((vm, number) => (vm, number)))
            {
                if (from.Uuid == host.Uuid && number == 2)
                {
                    name = vm.Text("name_label");
                    throw new XapiException("VM_LACKS_FEATURE", vm.Ref);
                }

                await Migration.MoveAsync(call, vm, Placement.PossibleHosts(vm).First(to => to.Ref != from.Ref), call.TaskRef);
            }
        }));
        return () => name;
    }

    /// <summary>The host goes down when it is to reboot, and that is all.</summary>
    private static void StayAway(RolledPool pool, Host host) =>
        pool.Simulator.Faults.Apply(new Fault(FaultKind.NoReturn) { Host = host.Uuid });

    /// <summary>A passthrough device keeps the VM where it is.</summary>
    private static void Pin(RolledPool pool, Vm vm)
    {
        var blocked = pool.Simulator.Db.GetByUuid("VM", vm.Uuid);
        pool.Simulator.Calls.Register("host.get_vms_which_prevent_evacuation", call => blocked.Text("resident_on") == call.Object("self").Ref
            ? XapiValue.MapOf((blocked.Ref, XapiValue.SetOf(["VM_HAS_PCI_ATTACHED", blocked.Ref]))) : XapiValue.MapOf());
    }

    /// <summary>Holds the run when it takes the first host out of service.</summary>
    private static (TaskCompletionSource Reached, TaskCompletionSource GoOn) HoldFirst(RolledPool pool)
    {
        var (reached, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        pool.Simulator.Calls.RegisterAsync("host.disable", (Func<CallContext, Task>)(async call =>
        {
            reached.TrySetResult();
            await goOn.Task.WaitAsync(call.Cancellation);
            call.Object("host")["enabled"] = false;
            AllowedOperations.Update(call.Object("host"));
        }));
        return (reached, goOn);
    }
}
