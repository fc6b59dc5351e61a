using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Virtual disks: made, branched, copied, grown, destroyed (xapi-behaviour.md §7).</summary>
internal static class VdiCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("VDI.create", call => CreateAsync(call));
        calls.RegisterAsync("VDI.destroy", (Func<CallContext, Task>)(call => Disks.DestroyAsync(call, call.Object("self"), call.TaskRef)));
        calls.RegisterAsync("VDI.snapshot", async call => (XapiValue)(await Disks.BranchAsync(call, call.Object("vdi"), "snapshot", call.TaskRef)).Ref);
        calls.RegisterAsync("VDI.clone", async call => (XapiValue)(await Disks.BranchAsync(call, call.Object("vdi"), "clone", call.TaskRef)).Ref);
        calls.RegisterAsync("VDI.copy", call => CopyAsync(call));
        calls.RegisterAsync("VDI.resize", (Func<CallContext, Task>)(call => ResizeAsync(call, "resize")));
        calls.RegisterAsync("VDI.resize_online", (Func<CallContext, Task>)(call => ResizeAsync(call, "resize_online")));
        calls.RegisterAsync("VDI.pool_migrate", call => MigrateAsync(call));
        calls.Register("VDI.forget", Forget);
        calls.Register("VDI.update", call => AllowedOperations.Assert(call.Object("vdi"), "update"));
        calls.Register("VDI.set_on_boot", call =>
        {
            AllowedOperations.Assert(call.Object("self"), "set_on_boot");
            call.Object("self")["on_boot"] = call.Text("value");
        });
        calls.Register("VDI.enable_cbt", call => SetTracking(call, "enable_cbt", isEnabled: true));
        calls.Register("VDI.disable_cbt", call => SetTracking(call, "disable_cbt", isEnabled: false));
    }

    private static async Task<XapiValue> CreateAsync(CallContext call)
    {
        var wanted = call.Map("args");
        var sr = call.Db.Get("SR", wanted["SR"]!.AsText);
        if (!SrOperations.HasAttachedPbd(sr)) throw new XapiException("SR_HAS_NO_PBDS", sr.Ref);
        using var mark = await OperationMark.BeginAsync(call, sr, "vdi_create");
        var size = Disks.Round(wanted["virtual_size"]!.AsInt);
        Disks.AssertRoom(sr, size);
        await call.WorkAsync(Effort.DiskCreate);
        string[] ours = ["uuid", "SR", "allowed_operations", "current_operations", "VBDs", "snapshots", "is_a_snapshot", "snapshot_of", "managed", "location", "virtual_size"];
        var vdi = Disks.Introduce(call.Db, sr,
            [.. wanted.Entries.Where(entry => !ours.Contains(entry.Key)).Select(entry => (entry.Key, entry.Value)), ("virtual_size", size), ("physical_utilisation", size / 10)]);
        return vdi.Ref;
    }

    private static async Task<XapiValue> CopyAsync(CallContext call)
    {
        var vdi = call.Object("vdi");
        if (call.OptionalObject("into_vdi") is { } into)
        {
            using var mark = await OperationMark.BeginAsync(call, vdi, "copy");
            await call.WorkAsync(Effort.DiskCopy);
            return into.Ref;
        }

        var sr = call.OptionalObject("sr") ?? throw XapiException.HandleInvalid("SR", call.Text("sr"));
        var copy = await Disks.CopyAsync(call, vdi, sr, call.TaskRef);
        AllowedOperations.Update(vdi);
        return copy.Ref;
    }

    private static async Task ResizeAsync(CallContext call, string operation)
    {
        var vdi = call.Object("vdi");
        var size = Disks.Round(call.Int("size"));
        AllowedOperations.Assert(vdi, operation);
        var sr = call.Db.Get("SR", vdi.Text("SR"));
        using var srMark = await OperationMark.BeginAsync(call, sr, "vdi_resize");
        using var mark = await OperationMark.BeginAsync(call, vdi, operation);
        var before = vdi.Int("virtual_size");
        if (size < before) throw new XapiException("SR_BACKEND_FAILURE_79", "", "VDI Invalid size [opterr=shrinking not allowed]", "");
        await call.WorkAsync(Effort.DiskResize);
        call.Db.Update(() =>
        {
            call.Pool.Contents.Pin(vdi);
            vdi["virtual_size"] = size;
            Disks.Account(sr, size - before, 0);
        });
    }

    /// <summary>Live: a new disk on the other storage, the drives changed over, the old one destroyed.</summary>
    private static async Task<XapiValue> MigrateAsync(CallContext call)
    {
        var (vdi, sr) = (call.Object("vdi"), call.Object("sr"));
        using (await OperationMark.BeginAsync(call, vdi, "mirror"))
        {
            Disks.AssertRoom(sr, vdi.Int("virtual_size"));
            await call.WorkAsync(Effort.DiskCopy);
        }

        return call.Db.Update(() =>
        {
            var moved = Move(call.Pool, vdi, sr);
            return (XapiValue)moved.Ref;
        });
    }

    /// <summary>The disk as it will be on another storage, with all its drives on it; the old row is gone.</summary>
    internal static DbObject Move(PoolSimulator pool, DbObject vdi, DbObject sr)
    {
        string[] ours = ["uuid", "SR", "location", "current_operations", "allowed_operations"];
        var fields = pool.Db.FindTable("VDI")!.Schema.Fields.Where(field => !field.IsMaintained && !ours.Contains(field.Fact.Name));
        var moved = Disks.Introduce(pool.Db, sr, [.. fields.Select(field => (field.Fact.Name, vdi[field.Fact.Name]))]);
        pool.Contents.Copy(vdi, moved);
        foreach (var vbd in vdi.FollowAll("VBDs", "VBD"))
            vbd["VDI"] = moved.Ref;
        Disks.Remove(vdi);
        AllowedOperations.Update(moved);
        return moved;
    }

    private static void Forget(CallContext call)
    {
        var vdi = call.Object("vdi");
        AllowedOperations.Assert(vdi, "forget");
        Disks.Remove(vdi);
    }

    private static void SetTracking(CallContext call, string operation, bool isEnabled)
    {
        var vdi = call.Object("self");
        AllowedOperations.Assert(vdi, operation);
        if (vdi.Bool("is_a_snapshot")) throw new XapiException("OPERATION_NOT_ALLOWED", "VDI is a snapshot");
        vdi["cbt_enabled"] = isEnabled;
        AllowedOperations.Update(vdi);
    }
}
