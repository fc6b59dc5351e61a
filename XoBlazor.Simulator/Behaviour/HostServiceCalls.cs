using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Hosts: taken out of service, emptied, rebooted and brought back (xapi-behaviour.md §10).</summary>
internal static class HostServiceCalls
{
    /// <summary>A coordinator that was shut down stays away until somebody starts the simulator anew.</summary>
    private const double LongAbsence = 365 * 86_400.0;

    private static readonly TimeSpan s_answerTime = TimeSpan.FromMilliseconds(100);

    public static void Register(CallRegistry calls)
    {
        calls.Register("host.disable", call => SetEnabled(call.Object("host"), isEnabled: false));
        calls.RegisterAsync("host.enable", (Func<CallContext, Task>)EnableAsync);
        calls.RegisterAsync("host.evacuate", (Func<CallContext, Task>)EvacuateAsync);
        calls.Register("host.assert_can_evacuate", AssertCanEvacuate);
        calls.Register("host.get_vms_which_prevent_evacuation", call => XapiValue.MapOf(
            Obstacles(call.Object("self")).Select(pair => (pair.Vm.Ref, (XapiValue)XapiValue.SetOf([pair.Why.Code, .. pair.Why.Parameters])))));
        calls.RegisterAsync("host.reboot", (Func<CallContext, Task>)(call => GoDownAsync(call, "reboot", comesBack: true)));
        calls.RegisterAsync("host.shutdown", (Func<CallContext, Task>)(call => GoDownAsync(call, "shutdown", comesBack: false)));
        calls.RegisterAsync("host.power_on", (Func<CallContext, Task>)PowerOnAsync);
        calls.Register("host.compute_memory_overhead", call => call.Object("host").Int("memory_overhead"));
        calls.Register("host.destroy", Destroy);
        calls.Register("host.syslog_reconfigure", call =>
        {
            if (!HostOperations.IsLive(call.Object("host"))) throw new XapiException("HOST_OFFLINE", call.Object("host").Ref);
        });
        calls.Register("host.restart_agent", call => RestartLater(call.Pool));
        calls.Register("pool.designate_new_master", call => Designate(call.Pool, call.Object("host")));
    }

    private static void SetEnabled(DbObject host, bool isEnabled)
    {
        host["enabled"] = isEnabled;
        AllowedOperations.Update(host);
    }

    private static async Task EnableAsync(CallContext call)
    {
        var host = call.Object("host");
        if (host["pending_guidances"].AsTexts.Contains("reboot_host")) throw new XapiException("HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", host.Ref);
        using var mark = await OperationMark.BeginAsync(call, host, "enable");
        host["enabled"] = true;
    }

    /// <summary>Every VM is moved away; the first that cannot be says why. The host is not disabled by this.</summary>
    private static async Task EvacuateAsync(CallContext call)
    {
        var host = call.Object("host");
        if (Obstacles(host).Select(pair => pair.Why).FirstOrDefault() is { } obstacle) throw obstacle;
        using var mark = await OperationMark.BeginAsync(call, host, "evacuate");
        var vms = Guests(host).ToList();
        for (var index = 0; index < vms.Count; index++)
        {
            var task = SubTask.Begin(call, "Async.VM.pool_migrate");
            try
            {
                await Migration.MoveAsync(call, vms[index], Destination(vms[index], host), task.Ref);
                task.Succeed("");
            }
            catch (XapiException failure) when (failure.Code == "VM_BAD_POWER_STATE")
            {
                // The VM stopped meanwhile: nothing is left to move.
            }
            finally
            {
                task.Forget();
            }

            call.Progress((index + 1.0) / vms.Count);
        }
    }

    private static void AssertCanEvacuate(CallContext call)
    {
        var obstacles = Obstacles(call.Object("host")).Select(pair => string.Join(",", [pair.Why.Code, .. pair.Why.Parameters])).ToList();
        if (obstacles.Count > 0) throw new XapiException("CANNOT_EVACUATE_HOST", string.Join("|", obstacles));
    }

    /// <summary>The call returns at once; a second task stays until the machine is down, and after a reboot the host comes back.</summary>
    internal static async Task GoDownAsync(CallContext call, string operation, bool comesBack)
    {
        var host = call.Object("host");
        SubTask task;
        using (await OperationMark.BeginAsync(call, host, operation))
        {
            task = SubTask.Begin(call, comesBack ? "Host is rebooting" : "Host is shutting down");
            await call.WorkAsync(Effort.Pause);
        }

        _ = PassAsync(call.Pool, host, task, comesBack, call.Cancellation);
    }

    private static async Task PassAsync(PoolSimulator pool, DbObject host, SubTask task, bool comesBack, CancellationToken cancellation)
    {
        try
        {
            using (OperationMark.Put(host, "shutdown", task.Ref))
            {
                await Effort.SpendAsync(pool, Effort.HostDown, cancellation);
                Vanish(pool, host, comesBack);
                if (!comesBack) return;
                await Effort.SpendAsync(pool, Effort.HostBoot, cancellation);
            }

            pool.Db.Update(() => Return(pool, host));
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            task.Forget();
        }
    }

    /// <summary>The machine is gone, and with it everybody who was connected to it; with the coordinator goes the pool's toolstack.</summary>
    private static void Vanish(PoolSimulator pool, DbObject host, bool comesBack)
    {
        pool.Db.Update(() => Leave(host));
        if (host.Ref != pool.Db.Coordinator.Ref) pool.Connections.DropAt(pool.Addresses.AddressOf(host.Ref));
        else StopToolstack(pool, comesBack ? pool.Options.OperationDuration.TotalSeconds * Effort.HostBoot : LongAbsence);
    }

    /// <summary>The caller gets its answer before the toolstack goes down.</summary>
    private static void RestartLater(PoolSimulator pool) =>
        _ = LaterAsync(pool, () => StopToolstack(pool, pool.Options.OperationDuration.TotalSeconds * Effort.ToolstackStart));

    private static void StopToolstack(PoolSimulator pool, double seconds) => pool.Faults.Apply(new Fault(FaultKind.ToolstackRestart) { Seconds = seconds });

    private static void Designate(PoolSimulator pool, DbObject host)
    {
        if (!HostOperations.IsLive(host)) throw new XapiException("HOST_OFFLINE", host.Ref);
        if (host.Ref != pool.Db.Coordinator.Ref) _ = LaterAsync(pool, () => pool.Faults.Apply(new Fault(FaultKind.MoveCoordinator) { Host = host.Uuid }));
    }

    private static async Task LaterAsync(PoolSimulator pool, Action what)
    {
        try
        {
            await Task.Delay(s_answerTime, pool.Time, pool.Stopping);
            what();
        }
        catch (OperationCanceledException)
        {
            // The pool stops before that.
        }
    }

    private static async Task PowerOnAsync(CallContext call)
    {
        var host = call.Object("host");
        using (await OperationMark.BeginAsync(call, host, "power_on"))
            await call.WorkAsync(Effort.HostBoot);
        call.Db.Update(() => Return(call.Pool, host));
    }

    private static void Leave(DbObject host)
    {
        foreach (var vm in Guests(host).ToList())
        {
            VmDomain.ForceHalted(vm);
            VmDomain.ForgetFigures(vm);
            AllowedOperations.Update(vm);
            AllowedOperations.UpdateDevicesOf(vm);
        }

        foreach (var pbd in host.FollowAll("PBDs", "PBD"))
            pbd["currently_attached"] = false;
        if (host.Follow("metrics", "host_metrics") is { } metrics) metrics["live"] = false;
        AllowedOperations.Update(host);
    }

    /// <summary>The machine notes when it was booted, and its toolstack when it started.</summary>
    private static void Return(PoolSimulator pool, DbObject host)
    {
        if (!host.Exists) return;
        var now = pool.Time.GetUtcNow().ToUnixTimeSeconds();
        host["other_config"] = host["other_config"].AsMap.With("boot_time", $"{now}.").With("agent_start_time", $"{now}.");
        if (host.Follow("metrics", "host_metrics") is { } metrics) metrics["live"] = true;
        foreach (var pbd in host.FollowAll("PBDs", "PBD"))
            pbd["currently_attached"] = true;
        host["pending_guidances"] = XapiValue.EmptySet;
        SetEnabled(host, isEnabled: true);
    }

    private static void Destroy(CallContext call)
    {
        var host = call.Object("self");
        if (HostOperations.IsLive(host)) throw new XapiException("HOST_IS_LIVE", host.Ref);
        if (Guests(host).Any()) throw new XapiException("HOST_HAS_RESIDENT_VMS", host.Ref);
        foreach (var part in host.FollowAll("PBDs", "PBD").Concat(host.FollowAll("PIFs", "PIF")).Concat(host.FollowAll("resident_VMs", "VM")))
            part.Destroy();
        host.Follow("metrics", "host_metrics")?.Destroy();
        host.Destroy();
    }

    private static IEnumerable<DbObject> Guests(DbObject host) => host.FollowAll("resident_VMs", "VM").Where(vm => !vm.Bool("is_control_domain"));

    private static IEnumerable<(DbObject Vm, XapiException Why)> Obstacles(DbObject host)
    {
        foreach (var vm in Guests(host))
        {
            if (VmOperations.Check(vm, "pool_migrate", isStrict: true) is { } refusal && refusal.Code != "OTHER_OPERATION_IN_PROGRESS") yield return (vm, refusal);
            else if (!Placement.PossibleHosts(vm).Any(other => other.Ref != host.Ref)) yield return (vm, WhyNowhere(vm, host));
        }
    }

    /// <summary>What the last of the other hosts lacks; a host alone has nowhere to send its guests.</summary>
    private static XapiException WhyNowhere(DbObject vm, DbObject host) =>
        vm.Db.All("host").Where(other => other.Ref != host.Ref).Select(other => Placement.WhyNot(vm, other)).LastOrDefault(why => why is not null)
        ?? new XapiException("NO_HOSTS_AVAILABLE", vm.Ref);

    private static DbObject Destination(DbObject vm, DbObject host) =>
        Placement.PossibleHosts(vm).Where(other => other.Ref != host.Ref).OrderByDescending(Placement.FreeMemory).FirstOrDefault()
        ?? throw new XapiException("NO_HOSTS_AVAILABLE", vm.Ref);
}
