using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Simulator.Patching;

/// <summary>
/// Updates of XenServer 7.1 to 8.2: discs, put on a disk by the client (xo-proxying.md §4.3, xapi-behaviour.md §11; the order of the checks and the older
/// face of every update as in xapi's xapi_pool_update.ml).
/// </summary>
internal static class PoolUpdateCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("pool_update.introduce", async call =>
        {
            await call.WorkAsync(Effort.Scan);
            return Introduce(call.Pool, call.Object("vdi")).Ref;
        });
        calls.RegisterAsync("pool_update.precheck", async call =>
        {
            await call.WorkAsync(Effort.Scan);
            return Precheck(call.Pool, call.Object("self"), call.Object("host")).LivepatchStatus;
        });
        calls.RegisterAsync("pool_update.apply", (Func<CallContext, Task>)(call => ApplyAsync(call, call.Object("self"), call.Object("host"))));
        calls.RegisterAsync("pool_update.pool_apply", (Func<CallContext, Task>)PoolApplyAsync);
        calls.RegisterAsync("pool_update.pool_clean", (Func<CallContext, Task>)(call => CleanAsync(call, call.Object("self"))));
        calls.Register("pool_update.destroy", call => Destroy(call.Object("self")));
    }

    /// <summary>The update on this disk. One that is known and has lost its disk gets this one.</summary>
    /// <exception cref="XapiException">INVALID_UPDATE, UPDATE_ALREADY_EXISTS.</exception>
    public static DbObject Introduce(PoolSimulator pool, DbObject vdi)
    {
        var facts = FactsOn(pool, vdi);
        return pool.Db.Update(() =>
        {
            if (pool.Db.Where("pool_update", "uuid", facts.Uuid).FirstOrDefault() is not { } known) return Create(pool.Db, facts, vdi);
            var before = known.Follow("vdi", "VDI");
            if (before is not null && before.Ref != vdi.Ref) throw new XapiException("UPDATE_ALREADY_EXISTS", facts.Uuid);
            known["vdi"] = vdi.Ref;
            return known;
        });
    }

    /// <summary>The older face of an update: it has the update's uuid with two groups of zeros.</summary>
    public static DbObject PatchOf(DbObject update) => update.Db.Where("pool_patch", "pool_update", update.Ref)[0];

    public static PatchFacts Precheck(PoolSimulator pool, DbObject update, DbObject host)
    {
        if (update.Follow("vdi", "VDI") is not { } vdi) throw new XapiException("CANNOT_FIND_UPDATE");
        if (update["hosts"].AsTexts.Contains(host.Ref)) throw new XapiException("UPDATE_ALREADY_APPLIED", update.Ref);
        var facts = FactsOn(pool, vdi);
        Prechecks.Assert(facts, update, host);
        return pool.Db.Pool.Bool("live_patching_disabled") ? facts with { LivepatchStatus = "ok" } : facts;
    }

    public static async Task ApplyAsync(CallContext call, DbObject update, DbObject host)
    {
        if (call.Pool.Faults.FailureOf("pool_update.precheck", [update.Ref, host.Ref]) is { } refusal) throw refusal;
        var facts = Precheck(call.Pool, update, host);
        await Effort.SpendAsync(call, Effort.HostUpdate);
        call.Db.Update(() =>
        {
            host["updates"] = XapiValue.SetOf([update.Ref, .. host["updates"].AsTexts]);
            AppliedPatches.Add(PatchOf(update), host, call.Pool.Time.GetUtcNow());
            if (facts.Guidance.Contains("restartHost") && facts.LivepatchStatus != "ok_livepatch_complete")
                host["updates_requiring_reboot"] = XapiValue.SetOf([update.Ref, .. host["updates_requiring_reboot"].AsTexts]);
        });
    }

    /// <summary>One host after the other; those that fail are named at the end, the others have it.</summary>
    private static async Task PoolApplyAsync(CallContext call)
    {
        var update = call.Object("self");
        var hosts = call.Db.All("host").Where(host => !update["hosts"].AsTexts.Contains(host.Ref)).ToList();
        if (hosts.Count == 0) throw new XapiException("UPDATE_ALREADY_APPLIED_IN_POOL", update.Ref);
        var failed = new List<string>();
        for (var index = 0; index < hosts.Count; index++)
        {
            try
            {
                if (call.Pool.Faults.FailureOf("pool_update.apply", [update.Ref, hosts[index].Ref]) is { } failure) throw failure;
                await ApplyAsync(call, update, hosts[index]);
            }
            catch (XapiException)
            {
                failed.Insert(0, hosts[index].Ref);
            }

            call.Progress((index + 1.0) / hosts.Count);
        }

        if (failed.Count > 0) throw new XapiException("UPDATE_POOL_APPLY_FAILED", [.. failed]);
    }

    /// <summary>The disk goes, the row stays.</summary>
    public static async Task CleanAsync(CallContext call, DbObject update)
    {
        if (update.Follow("vdi", "VDI") is { } vdi) await Disks.DestroyAsync(call, vdi, call.TaskRef);
        update["vdi"] = XapiValue.NullRef;
    }

    private static void Destroy(DbObject update)
    {
        if (update["hosts"].AsSet.Length > 0) throw new XapiException("UPDATE_IS_APPLIED");
        update.Db.Update(() =>
        {
            PatchOf(update).Destroy();
            update.Destroy();
        });
    }

    private static PatchFacts FactsOn(PoolSimulator pool, DbObject vdi)
    {
        IsoDisc disc;
        try
        {
            disc = IsoDisc.Open(pool.Contents.Of(vdi), vdi.Int("virtual_size"));
        }
        catch (InvalidDataException)
        {
            throw new XapiException("INVALID_UPDATE", "Please upload a valid package.");
        }

        try
        {
            var document = disc.Find("update.xml") ?? throw new InvalidDataException("missing update document (update.xml) in the package.");
            using var text = new StreamReader(new MemoryStream(document));
            return PatchFacts.Parse(text, "update", ',');
        }
        catch (InvalidDataException failure)
        {
            throw new XapiException("INVALID_UPDATE", failure.Message);
        }
    }

    private static DbObject Create(Database db, PatchFacts facts, DbObject vdi)
    {
        var update = db.Create("pool_update",
            ("uuid", facts.Uuid), ("name_label", facts.Name), ("name_description", facts.Description), ("version", facts.Version), ("installation_size", facts.InstallationSize),
            ("key", facts.Key), ("after_apply_guidance", XapiValue.SetOf(facts.Guidance)), ("vdi", vdi.Ref), ("enforce_homogeneity", facts.EnforcesHomogeneity));
        db.Create("pool_patch",
            ("uuid", OldUuid(facts.Uuid)), ("name_label", facts.Name), ("name_description", facts.Description), ("version", facts.Version), ("size", facts.InstallationSize),
            ("after_apply_guidance", XapiValue.SetOf(facts.Guidance)), ("pool_update", update.Ref));
        return update;
    }

    private static string OldUuid(string uuid) => uuid.Split('-') is [var first, _, _, var fourth, var last] ? $"{first}-0000-0000-{fourth}-{last}" : uuid;
}
