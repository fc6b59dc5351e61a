using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching.Repositories;

/// <summary>
/// <c>host.apply_updates</c> of XenServer 8: takes the host out of service, installs what the pool's copy has, and leaves behind what host and VMs still need (xo-proxying.md §4.5; checks
/// and their order as in xapi's repository.ml). Who called it puts the host back.
/// </summary>
internal sealed class HostUpdateCalls(PoolSimulator pool)
{
    public void Register()
    {
        pool.Calls.RegisterAsync("host.apply_updates", call => ApplyAsync(call));
        pool.Calls.Register("VM.restart_device_models", call =>
        {
            AllowedOperations.Assert(call.Object("self"), "pool_migrate");
            Guidances.Remove(call.Object("self"), "restart_device_model");
        });
        pool.Calls.Register("pool.check_update_readiness", call => new SetValue([.. Unready(call)]));
    }

    private async Task<XapiValue> ApplyAsync(CallContext call)
    {
        var (host, db) = (call.Object("self"), call.Db);
        if (!HostOperations.IsLive(host)) throw new XapiException("HOST_OFFLINE", host.Ref);
        if (db.Pool.Bool("ha_enabled")) throw new XapiException("HA_IS_ENABLED");
        if (db.All("host").Any(other => AllowedOperations.Running(other).Contains("apply_updates"))) throw new XapiException("APPLY_UPDATES_IN_PROGRESS");
        host["enabled"] = false;
        AllowedOperations.Update(host);
        if (host["pending_guidances"].AsSet.Length > 0) throw new XapiException("HOST_PENDING_MANDATORY_GUIDANCE_NOT_EMPTY", host.Ref);
        var repository = RepositoryCalls.Enabled(db);
        if (call.Text("hash").Length == 0 || call.Text("hash") != repository.Text("hash")) throw new XapiException("UPDATEINFO_HASH_MISMATCH");
        using var mark = await OperationMark.BeginAsync(call, host, "apply_updates");
        var missing = pool.Catalogue.MissingOn(host.Ref);
        if (missing.Count == 0) return XapiValue.EmptySet;
        var asked = HostGuidance.Of(missing);
        if (asked.Mandatory.Contains("EvacuateHost") && HostOperations.Guests(host).Count > 0) throw new XapiException("HOST_EVACUATION_IS_REQUIRED", host.Ref);
        await call.WorkAsync(Effort.HostUpdate);
        return db.Update(() => Finish(host, repository, missing, asked));
    }

    private XapiValue Finish(DbObject host, DbObject repository, IReadOnlyList<CdnUpdate> missing, HostGuidance asked)
    {
        var livepatches = missing.Select(update => update.Livepatch).OfType<Livepatch>().ToList();
        var failed = livepatches.Where(livepatch => pool.Faults.FailureOf("Repository.apply_livepatch", [host.Ref]) is not null).ToList();
        pool.Catalogue.Apply(host.Ref, missing);
        host["last_software_update"] = pool.Now;
        host["last_update_hash"] = repository.Text("hash");
        host["latest_synced_updates_applied"] = "yes";
        asked.AddTo(host);
        foreach (var livepatch in failed)
            Add(host, "pending_guidances_recommended", $"reboot_host_on_{livepatch.Component}_livepatch_failure");
        foreach (var vm in pool.Db.All("VM").Where(vm => vm.Text("power_state") != "Halted" && !vm.Bool("is_control_domain") && !vm.Bool("is_a_template")))
            asked.AddTo(vm, isOnHost: vm.Text("resident_on") == host.Ref);
        return new SetValue([.. failed.Select(livepatch => (XapiValue)XapiValue.SetOf("APPLY_LIVEPATCH_FAILED", UpdatesDocument.Of(livepatch).ToJsonString()))]);
    }

    internal static void Add(DbObject target, string field, string guidance)
    {
        if (!target[field].AsTexts.Contains(guidance)) target[field] = XapiValue.SetOf([.. target[field].AsTexts, guidance]);
    }

    /// <summary>Hosts that could not be emptied for their reboot, each with the reasons.</summary>
    private static IEnumerable<XapiValue> Unready(CallContext call) => !call.Bool("requires_reboot") ? [] :
        from host in call.Db.All("host")
        from step in EvacuationPlan.For(host)
        where step.Why is not null
        select (XapiValue)XapiValue.SetOf([step.Why!.Code, .. step.Why.Parameters]);
}
