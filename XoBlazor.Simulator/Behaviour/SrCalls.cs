using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Storage repositories and their connections to hosts (xapi-behaviour.md §8).</summary>
internal static class SrCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("SR.scan", (Func<CallContext, Task>)ScanAsync);
        calls.RegisterAsync("SR.create", call => CreateAsync(call));
        calls.Register("SR.introduce", call => (XapiValue)Introduce(call, call.Text("uuid")).Ref);
        calls.Register("SR.forget", call => Remove(call.Object("sr"), "forget"));
        calls.Register("SR.destroy", call => Remove(call.Object("sr"), "destroy"));
        calls.Register("SR.update", call => AllowedOperations.Assert(call.Object("sr"), "update"));
        calls.Register("SR.probe", SrProbes.Probe);
        calls.Register("PBD.create", CreatePbd);
        calls.Register("PBD.destroy", DestroyPbd);
        calls.RegisterAsync("PBD.plug", (Func<CallContext, Task>)(call => PlugAsync(call, call.Object("self"))));
        calls.RegisterAsync("PBD.unplug", (Func<CallContext, Task>)UnplugAsync);
    }

    private static async Task ScanAsync(CallContext call)
    {
        var sr = call.Object("sr");
        if (!SrOperations.HasAttachedPbd(sr)) throw new XapiException("SR_HAS_NO_PBDS", sr.Ref);
        using var mark = await OperationMark.BeginAsync(call, sr, "scan");
        await call.WorkAsync(Effort.Scan);
        sr["virtual_allocation"] = sr.FollowAll("VDIs", "VDI").Sum(vdi => vdi.Int("virtual_size"));
        sr.RemoveFromMap("other_config", "dirty");
    }

    private static async Task<XapiValue> CreateAsync(CallContext call)
    {
        var host = call.Object("host");
        if (!call.Db.All("SM").Any(driver => driver.Text("type") == call.Text("type"))) throw new XapiException("SR_UNKNOWN_DRIVER", call.Text("type"));
        var sr = Introduce(call, Guid.NewGuid().ToString());
        sr["physical_size"] = call.Int("physical_size") is > 0 and var size ? size : 1L << 40;
        var hosts = call.Bool("shared") ? call.Db.All("host").OrderByDescending(other => other.Ref == call.Db.Coordinator.Ref).ToList() : [host];
        var connections = hosts.Select(other => call.Db.Create("PBD", ("host", other.Ref), ("SR", sr.Ref), ("device_config", call["device_config"]))).ToList();
        try
        {
            await call.WorkAsync(Effort.Storage, upTo: 0.5);
            foreach (var pbd in connections)
            {
                var task = SubTask.Begin(call, "Async.PBD.plug");
                await PlugAsync(call, pbd);
                task.Succeed("");
                task.Forget();
            }
        }
        catch
        {
            foreach (var pbd in connections)
                pbd.Destroy();
            sr.Destroy();
            throw;
        }

        return sr.Ref;
    }

    private static DbObject Introduce(CallContext call, string uuid)
    {
        var sr = call.Db.Create("SR",
            ("uuid", uuid), ("name_label", call.Text("name_label")), ("name_description", call.Text("name_description")), ("type", call.Text("type")),
            ("content_type", call.Text("content_type")), ("shared", call.Bool("shared")), ("sm_config", call["sm_config"]));
        AllowedOperations.Update(sr);
        return sr;
    }

    private static void Remove(DbObject sr, string operation)
    {
        if (operation == "destroy" && sr["other_config"].AsMap["indestructible"]?.AsText == "true") throw new XapiException("SR_INDESTRUCTIBLE", sr.Ref);
        AllowedOperations.Assert(sr, operation);
        foreach (var pbd in sr.FollowAll("PBDs", "PBD"))
            pbd.Destroy();
        foreach (var vdi in sr.FollowAll("VDIs", "VDI"))
            vdi.Destroy();
        sr.Destroy();
    }

    private static XapiValue CreatePbd(CallContext call)
    {
        var wanted = call.Map("args");
        var (host, sr) = (call.Db.Get("host", wanted["host"]!.AsText), call.Db.Get("SR", wanted["SR"]!.AsText));
        if (sr.FollowAll("PBDs", "PBD").Where(other => other.Text("host") == host.Ref).FirstOrDefault() is { } existing)
            throw new XapiException("PBD_EXISTS", sr.Ref, host.Ref, existing.Ref);
        return call.Db.Create("PBD", [.. wanted.Entries.Select(entry => (entry.Key, entry.Value)), ("currently_attached", false)]).Ref;
    }

    private static void DestroyPbd(CallContext call)
    {
        var pbd = call.Object("self");
        if (pbd.Bool("currently_attached")) throw new XapiException("OPERATION_NOT_ALLOWED", "PBD is currently attached");
        pbd.Destroy();
    }

    private static async Task PlugAsync(CallContext call, DbObject pbd)
    {
        if (pbd.Bool("currently_attached")) return;
        var sr = call.Db.Get("SR", pbd.Text("SR"));
        if (!sr.Bool("shared") && sr.FollowAll("PBDs", "PBD").Any(other => other.Ref != pbd.Ref && other.Bool("currently_attached")))
            throw new XapiException("SR_NOT_SHARABLE", sr.Ref, pbd.Text("host"));
        using var mark = await OperationMark.BeginAsync(call, sr, "plug");
        await Effort.SpendAsync(call, Effort.Plug);
        pbd["currently_attached"] = true;
    }

    private static async Task UnplugAsync(CallContext call)
    {
        var pbd = call.Object("self");
        if (!pbd.Bool("currently_attached")) return;
        var sr = call.Db.Get("SR", pbd.Text("SR"));
        var host = pbd.Text("host");
        var inUse = sr.FollowAll("VDIs", "VDI").Where(vdi => vdi.FollowAll("VBDs", "VBD").Any(vbd => IsUsedOn(vbd, host))).ToList();
        if (inUse.Count > 0) throw new XapiException("VDI_IN_USE", [.. inUse.Select(vdi => vdi.Ref)]);
        using (await OperationMark.BeginAsync(call, sr, "unplug"))
        {
            await call.WorkAsync(Effort.Plug);
            pbd["currently_attached"] = false;
        }
    }

    private static bool IsUsedOn(DbObject vbd, string host) => vbd.Bool("currently_attached") && vbd.Follow("VM", "VM")?.Text("resident_on") == host;
}
