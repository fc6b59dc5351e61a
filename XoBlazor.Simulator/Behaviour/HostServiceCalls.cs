using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Hosts taken out of service and back, declared gone, or made the coordinator (xapi-behaviour.md §10).</summary>
internal static class HostServiceCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.Register("host.disable", Disable);
        calls.RegisterAsync("host.enable", (Func<CallContext, Task>)EnableAsync);
        calls.Register("host.compute_memory_overhead", call => call.Object("host").Int("memory_overhead"));
        calls.Register("host.destroy", Destroy);
        calls.Register("host.syslog_reconfigure", call =>
        {
            if (!HostOperations.IsLive(call.Object("host"))) throw new XapiException("HOST_OFFLINE", call.Object("host").Ref);
        });
        calls.Register("pool.designate_new_master", Designate);
    }

    private static void Disable(CallContext call)
    {
        var host = call.Object("host");
        if (call.Has("auto_enable") && !call.Bool("auto_enable")) call.Pool.HostStarts.KeepDisabled(host.Ref);
        host["enabled"] = false;
        AllowedOperations.Update(host);
    }

    private static async Task EnableAsync(CallContext call)
    {
        var host = call.Object("host");
        if (call.Pool.HostStarts.IsStarting(host.Ref)) throw new XapiException("HOST_STILL_BOOTING");
        if (host["pending_guidances"].AsTexts.Contains("reboot_host")) throw new XapiException("HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", host.Ref);
        using var mark = await OperationMark.BeginAsync(call, host, "enable");
        call.Pool.HostStarts.LetEnable(host.Ref);
        host["enabled"] = true;
    }

    private static void Designate(CallContext call)
    {
        var (pool, host) = (call.Pool, call.Object("host"));
        if (!HostOperations.IsLive(host)) throw new XapiException("HOST_OFFLINE", host.Ref);
        if (host.Ref != pool.Db.Coordinator.Ref) HostRestarts.Later(call, () => pool.Faults.Apply(new Fault(FaultKind.MoveCoordinator) { Host = host.Uuid }));
    }

    private static void Destroy(CallContext call)
    {
        var host = call.Object("self");
        if (HostOperations.IsLive(host)) throw new XapiException("HOST_IS_LIVE", host.Ref);
        if (HostOperations.Guests(host).Count > 0) throw new XapiException("HOST_HAS_RESIDENT_VMS", host.Ref);
        foreach (var part in host.FollowAll("PBDs", "PBD").Concat(host.FollowAll("PIFs", "PIF")).Concat(host.FollowAll("resident_VMs", "VM")))
            part.Destroy();
        host.Follow("metrics", "host_metrics")?.Destroy();
        host.Destroy();
    }
}
