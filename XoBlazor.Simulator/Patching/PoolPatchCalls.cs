using System.Collections.Concurrent;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching;

/// <summary>
/// Patches of XenServer up to 7.0, files on the coordinator, and the same calls as the older face of updates after it (xo-proxying.md §4.2, xapi-behaviour.md
/// §11; xapi's xapi_pool_patch.ml).
/// </summary>
internal sealed class PoolPatchCalls(PoolSimulator pool)
{
    private readonly ConcurrentDictionary<string, PatchFacts> _facts = [];

    public void Register()
    {
        pool.Calls.RegisterAsync("pool_patch.precheck", async call =>
        {
            await call.WorkAsync(Effort.Scan);
            Precheck(call.Object("self"), call.Object("host"));
            return "";
        });
        pool.Calls.RegisterAsync("pool_patch.apply", async call =>
        {
            await ApplyAsync(call, call.Object("self"), call.Object("host"));
            return "";
        });
        pool.Calls.RegisterAsync("pool_patch.pool_apply", (Func<CallContext, Task>)PoolApplyAsync);
        pool.Calls.Register("pool_patch.clean", call => Clean(call.Object("self")));
        pool.Calls.RegisterAsync("pool_patch.pool_clean", (Func<CallContext, Task>)PoolCleanAsync);
        pool.Calls.Register("pool_patch.clean_on_host", _ => { });
        pool.Calls.Register("pool_patch.destroy", call => Destroy(call.Object("self")));
    }

    /// <summary>A patch that was uploaded. One that is known and was cleaned away has its file again.</summary>
    /// <exception cref="XapiException">PATCH_ALREADY_EXISTS.</exception>
    public DbObject Introduce(PatchFacts facts, long size) => pool.Db.Update(() =>
    {
        if (pool.Db.Where("pool_patch", "uuid", facts.Uuid).FirstOrDefault() is { } known)
        {
            if (known.Text("filename").Length > 0) throw new XapiException("PATCH_ALREADY_EXISTS", facts.Uuid);
        }
        else
        {
            known = pool.Db.Create("pool_patch", ("uuid", facts.Uuid), ("name_label", facts.Name), ("name_description", facts.Description), ("version", facts.Version),
                ("after_apply_guidance", XapiValue.SetOf(facts.Guidance)));
        }

        known["filename"] = $"/var/patch/{facts.Uuid}";
        known["size"] = size;
        _facts[known.Ref] = facts;
        return known;
    });

    private void Precheck(DbObject patch, DbObject host)
    {
        if (patch.Follow("pool_update", "pool_update") is { } update)
        {
            PoolUpdateCalls.Precheck(pool, update, host);
            return;
        }

        if (AppliedPatches.Has(patch, host)) throw new XapiException("PATCH_ALREADY_APPLIED", patch.Ref);
        if (patch.Text("filename").Length == 0) throw new XapiException("CANNOT_FIND_PATCH");
        Prechecks.Assert(FactsOf(patch), patch, host);
    }

    private async Task ApplyAsync(CallContext call, DbObject patch, DbObject host)
    {
        if (patch.Follow("pool_update", "pool_update") is { } update)
        {
            await PoolUpdateCalls.ApplyAsync(call, update, host);
            return;
        }

        if (pool.Faults.FailureOf("pool_patch.precheck", [patch.Ref, host.Ref]) is { } refusal) throw refusal;
        Precheck(patch, host);
        await Effort.SpendAsync(call, Effort.HostUpdate);
        AppliedPatches.Add(patch, host, pool.Time.GetUtcNow());
    }

    /// <summary>One host after the other; the first that fails ends it.</summary>
    private async Task PoolApplyAsync(CallContext call)
    {
        var patch = call.Object("self");
        foreach (var host in call.Db.All("host"))
        {
            if (pool.Faults.FailureOf("pool_patch.apply", [patch.Ref, host.Ref]) is { } failure) throw failure;
            await ApplyAsync(call, patch, host);
        }

        patch["pool_applied"] = true;
    }

    /// <summary>The file goes, the row stays.</summary>
    private static void Clean(DbObject patch)
    {
        if (patch.Follow("pool_update", "pool_update") is null) patch["filename"] = "";
    }

    private static async Task PoolCleanAsync(CallContext call)
    {
        var patch = call.Object("self");
        Clean(patch);
        if (patch.Follow("pool_update", "pool_update") is { } update) await PoolUpdateCalls.CleanAsync(call, update);
    }

    private void Destroy(DbObject patch)
    {
        if (patch["host_patches"].AsSet.Length > 0) throw new XapiException("PATCH_IS_APPLIED");
        _facts.TryRemove(patch.Ref, out _);
        patch.Destroy();
    }

    /// <summary>A patch that came with the database tells no more than its row.</summary>
    private PatchFacts FactsOf(DbObject patch) =>
        _facts.GetValueOrDefault(patch.Ref) ?? new(patch.Uuid, patch.Text("name_label"), patch.Text("name_description"), patch.Text("version"));
}
