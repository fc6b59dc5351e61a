using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// Hosts that go down and come back, and toolstacks that restart (xapi-behaviour.md §10). With a machine goes everybody who was connected to it;
/// with the coordinator every session and task of the pool.
/// </summary>
internal static class HostRestarts
{
    /// <summary>A coordinator that does not come back stays away until somebody brings it.</summary>
    private const double LongAbsence = 365 * 86_400.0;

    /// <summary>How many times an answer gets the time to leave.</summary>
    private const int MostRounds = 50;

    private static readonly TimeSpan s_answerTime = TimeSpan.FromMilliseconds(100);

    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("host.reboot", (Func<CallContext, Task>)(call => GoDownAsync(call, "reboot")));
        calls.RegisterAsync("host.shutdown", (Func<CallContext, Task>)(call => GoDownAsync(call, "shutdown")));
        calls.RegisterAsync("host.power_on", (Func<CallContext, Task>)PowerOnAsync);
        calls.Register("host.restart_agent", RestartAgent);
    }

    /// <summary>Does it when the caller has its answer.</summary>
    public static void Later(CallContext call, Action what) => _ = LaterAsync(call, what);

    /// <summary>The toolstack of a host has started again: what waited for that is settled.</summary>
    public static void ToolstackStarted(PoolSimulator pool, DbObject host)
    {
        HostStarts.Stamp(host, pool.Time.GetUtcNow(), "agent_start_time");
        Guidances.Remove(host, "restart_toolstack");
    }

    /// <summary>The machine is up again: reachable first, in service when its toolstack has started.</summary>
    public static async Task ReturnAsync(PoolSimulator pool, DbObject host, CancellationToken cancellation)
    {
        pool.Db.Update(() =>
        {
            if (!host.Exists) return;
            pool.HostStarts.Begin(host.Ref);
            HostStarts.Stamp(host, pool.Time.GetUtcNow(), "boot_time", "agent_start_time");
            foreach (var pbd in host.FollowAll("PBDs", "PBD"))
                pbd["currently_attached"] = true;
            Guidances.Clear(host);
            host["updates_requiring_reboot"] = XapiValue.EmptySet;
            host["enabled"] = false;
            if (host.Follow("metrics", "host_metrics") is { } metrics) metrics["live"] = true;
            AllowedOperations.Update(host);
        });
        try
        {
            await Effort.SpendAsync(pool, Effort.HostStart, cancellation);
        }
        finally
        {
            pool.Db.Update(() =>
            {
                var isEnabled = pool.HostStarts.End(host.Ref);
                if (!host.Exists) return;
                host["enabled"] = isEnabled;
                AllowedOperations.Update(host);
            });
        }
    }

    /// <summary>The call returns at once; a second task stays until the machine is down, and after a reboot the host comes back.</summary>
    private static async Task GoDownAsync(CallContext call, string operation)
    {
        var host = call.Object("host");
        SubTask task;
        using (await OperationMark.BeginAsync(call, host, operation))
        {
            task = SubTask.Begin(call, operation == "reboot" ? "Host is rebooting" : "Host is shutting down");
            await call.WorkAsync(Effort.Pause);
        }

        _ = PassAsync(call, host, task, operation == "reboot" ? AbsenceOf(call.Pool, host) : null);
    }

    /// <summary>How long the machine stays away; null when it does not come back.</summary>
    private static TimeSpan? AbsenceOf(PoolSimulator pool, DbObject host)
    {
        if (pool.Faults.TakeForHost(FaultKind.NoReturn, host) is not null) return null;
        return (pool.Options.OperationDuration * Effort.HostBoot) + TimeSpan.FromSeconds(pool.Faults.TakeForHost(FaultKind.SlowBoot, host)?.Seconds ?? 0);
    }

    private static async Task PassAsync(CallContext call, DbObject host, SubTask task, TimeSpan? absence)
    {
        var (pool, cancellation) = (call.Pool, call.Cancellation);
        try
        {
            using (OperationMark.Put(host, "shutdown", task.Ref))
            {
                await Task.WhenAll(Effort.SpendAsync(pool, Effort.HostDown, cancellation), AnsweredAsync(call));
                Vanish(pool, host, absence);
                if (absence is not { } time) return;
                if (time > TimeSpan.Zero) await Task.Delay(time, pool.Time, cancellation);
            }

            await ReturnAsync(pool, host, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The simulator stops while the host is away.
        }
        finally
        {
            task.Forget();
        }
    }

    private static void Vanish(PoolSimulator pool, DbObject host, TimeSpan? absence)
    {
        pool.Db.Update(() => Leave(host));
        if (host.Ref != pool.Db.Coordinator.Ref) pool.Connections.DropAt(pool.Addresses.AddressOf(host.Ref));
        else StopToolstack(pool, absence?.TotalSeconds ?? LongAbsence);
    }

    private static void RestartAgent(CallContext call)
    {
        var (pool, host) = (call.Pool, call.Object("host"));
        if (!HostOperations.IsLive(host)) throw new XapiException("HOST_OFFLINE", host.Ref);
        var isCoordinator = host.Ref == pool.Db.Coordinator.Ref;
        Later(call, () =>
        {
            if (isCoordinator) StopToolstack(pool, pool.Options.OperationDuration.TotalSeconds * Effort.ToolstackStart);
            else RestartMember(pool, host);
        });
    }

    /// <summary>Sessions and tasks live on the coordinator: a member's toolstack takes only its own connections along.</summary>
    private static void RestartMember(PoolSimulator pool, DbObject host)
    {
        pool.Connections.DropAt(pool.Addresses.AddressOf(host.Ref));
        pool.Db.Update(() => ToolstackStarted(pool, host));
    }

    private static void StopToolstack(PoolSimulator pool, double seconds) => pool.Faults.Apply(new Fault(FaultKind.ToolstackRestart) { Seconds = seconds });

    private static async Task PowerOnAsync(CallContext call)
    {
        var host = call.Object("host");
        using (await OperationMark.BeginAsync(call, host, "power_on"))
            await call.WorkAsync(Effort.HostBoot);
        await ReturnAsync(call.Pool, host, call.Cancellation);
    }

    private static void Leave(DbObject host)
    {
        foreach (var vm in HostOperations.Guests(host))
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

    private static async Task LaterAsync(CallContext call, Action what)
    {
        try
        {
            await AnsweredAsync(call);
            what();
        }
        catch (OperationCanceledException)
        {
            // The pool stops before that.
        }
    }

    /// <summary>A host goes ten seconds after it was told to; however quick the pool is made, its answer leaves before, unless it hangs.</summary>
    private static async Task AnsweredAsync(CallContext call)
    {
        for (var round = 0; round < MostRounds && (round == 0 || call.Pool.Faults.IsAnswering(call.Call.FullName)); round++)
            await Task.Delay(s_answerTime, call.Pool.Time, call.Cancellation);
    }
}
