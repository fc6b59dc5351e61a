using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>A pool's licence, and HA switched on and off, as far as the database shows it; hosts do not fail each other here (xapi-behaviour.md §10).</summary>
internal static class HaCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.Register("pool.get_license_state", _ => XapiValue.MapOf([new("edition", "xcp-ng"), new("expiry", "never")]));
        calls.RegisterAsync("pool.enable_ha", (Func<CallContext, Task>)EnableAsync);
        calls.RegisterAsync("pool.disable_ha", (Func<CallContext, Task>)DisableAsync);
        calls.Register("pool.set_ha_host_failures_to_tolerate", call =>
        {
            var failures = call.Int("value");
            if (failures >= call.Db.All("host").Count) throw new XapiException("HA_TOO_FEW_HOSTS");
            call.Object("self")["ha_host_failures_to_tolerate"] = failures;
        });
    }

    private static async Task EnableAsync(CallContext call)
    {
        var pool = call.Db.Pool;
        if (pool.Bool("ha_enabled")) throw new XapiException("HA_IS_ENABLED");
        var storages = call["heartbeat_srs"].AsTexts.Select(reference => call.Db.Get("SR", reference)).ToList();
        if (storages.Find(sr => !sr.Bool("shared")) is { } local) throw new XapiException("CANNOT_CREATE_STATE_FILE", local.Ref);
        await call.WorkAsync(Effort.Storage);
        call.Db.Update(() =>
        {
            pool["ha_statefiles"] = XapiValue.SetOf(storages.Select(sr => call.Db.Create("VDI",
                ("SR", sr.Ref), ("name_label", "Statefile for HA"), ("type", "ha_statefile"), ("virtual_size", 256L << 20), ("managed", true)).Ref));
            pool["ha_configuration"] = call["configuration"];
            pool["ha_enabled"] = true;
        });
    }

    private static async Task DisableAsync(CallContext call)
    {
        var pool = call.Db.Pool;
        if (!pool.Bool("ha_enabled")) throw new XapiException("HA_NOT_ENABLED");
        await call.WorkAsync(Effort.Pause);
        call.Db.Update(() =>
        {
            foreach (var file in pool["ha_statefiles"].AsTexts)
                if (call.Db.Exists("VDI", file))
                    call.Db.Destroy("VDI", file);
            pool["ha_statefiles"] = XapiValue.EmptySet;
            pool["ha_enabled"] = false;
        });
    }
}
