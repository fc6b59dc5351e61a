using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What storage drivers do to virtual disks: rows come, go and grow, and the storage's sums follow (xapi-behaviour.md §7).</summary>
internal static class Disks
{
    private const long Block = 2L << 20;

    private const long Largest = 2040L << 30;

    private static readonly string[] s_copied = ["name_label", "name_description", "type", "sharable", "xenstore_data", "on_boot", "allow_caching", "tags"];

    /// <summary>A new disk as its driver introduces it: the location is the uuid, the operations are computed, the sums are right.</summary>
    public static DbObject Introduce(Database db, DbObject sr, IEnumerable<(string Field, XapiValue Value)> fields) => db.Update(() =>
    {
        var uuid = Guid.NewGuid().ToString();
        var vdi = db.Create("VDI", [("uuid", uuid), ("location", uuid), ("managed", true), ("SR", sr.Ref), .. fields]);
        AllowedOperations.Update(vdi);
        Account(sr, vdi.Int("virtual_size"), vdi.Int("physical_utilisation"));
        return vdi;
    });

    /// <summary>Rounded up as the driver does; what it cannot hold is refused with the driver's own code.</summary>
    public static long Round(long size)
    {
        if (size is < 0 or > Largest)
            throw new XapiException("SR_BACKEND_FAILURE_79", "", $"VDI Invalid size [opterr=VDI size must be between 1 MB and {Largest >> 20} MB]", "");
        return Math.Max(1, (size + Block - 1) / Block) * Block;
    }

    /// <summary>Throws SRNoSpace when the storage cannot give so much out any more.</summary>
    public static void AssertRoom(DbObject sr, long size)
    {
        var capacity = sr.Int("physical_size");
        if (capacity > 0 && sr.Int("physical_utilisation") + (size / 10) > capacity)
            throw new XapiException("SR_BACKEND_FAILURE_44", "", "There is insufficient space", "");
    }

    /// <summary>
    /// A snapshot or clone: the new leaf and, where the driver keeps chains, a hidden base that both now stand on. Runs under marks on
    /// the disk and its storage.
    /// </summary>
    public static async Task<DbObject> BranchAsync(CallContext call, DbObject vdi, string operation, string task)
    {
        var sr = call.Db.Get("SR", vdi.Text("SR"));
        using var srMark = await OperationMark.BeginAsync(call, sr, $"vdi_{operation}", task);
        using var mark = await OperationMark.BeginAsync(call, vdi, operation, task);
        await Effort.SpendAsync(call, Effort.DiskSnapshot);
        var parent = Guid.NewGuid().ToString();
        var isSnapshot = operation == "snapshot";
        var branch = Introduce(call.Db, sr,
        [
            .. Copied(vdi), ("virtual_size", vdi.Int("virtual_size")), ("physical_utilisation", vdi.Int("physical_utilisation")),
            ("other_config", vdi["other_config"].AsMap.With("content_id", Guid.NewGuid().ToString())),
            ("sm_config", XapiValue.MapOf(("vhd-parent", parent))),
            ("is_a_snapshot", isSnapshot), ("snapshot_of", isSnapshot ? vdi.Ref : XapiValue.NullRef), ("snapshot_time", call.Pool.Now),
        ]);
        call.Pool.Contents.Copy(vdi, branch);
        if (call.Pool.Options.KeepsBaseCopies)
        {
            var chained = Introduce(call.Db, sr,
            [
                ("uuid", parent), ("location", parent), ("name_label", "base copy"), ("managed", false), ("read_only", true),
                ("virtual_size", vdi.Int("virtual_size")),
                ("physical_utilisation", vdi.Int("physical_utilisation")), ("sm_config", vdi["sm_config"].AsMap),
            ]);
            call.Pool.Contents.Copy(vdi, chained);
            vdi.AddToMap("sm_config", "vhd-parent", parent);
        }

        branch.RemoveFromMap("other_config", "content_id");
        return branch;
    }

    /// <summary>A full copy on another storage, or on the same.</summary>
    public static async Task<DbObject> CopyAsync(CallContext call, DbObject vdi, DbObject sr, string task)
    {
        AssertRoom(sr, vdi.Int("virtual_size"));
        using var mark = await OperationMark.BeginAsync(call, vdi, "copy", task);
        if (!SrOperations.Has(sr, "VDI_CREATE")) throw new XapiException("SR_OPERATION_NOT_SUPPORTED", sr.Ref);
        var copy = Introduce(call.Db, sr,
            [.. Copied(vdi), ("virtual_size", vdi.Int("virtual_size")), ("physical_utilisation", vdi.Int("physical_utilisation")), ("other_config", vdi["other_config"])]);
        try
        {
            await Effort.SpendAsync(call, Effort.DiskCopy);
            call.ThrowIfCancelled();
            call.Pool.Contents.Copy(vdi, copy);
            return copy;
        }
        catch
        {
            Remove(copy);
            throw;
        }
    }

    /// <summary>Destroys a disk under marks on it and its storage.</summary>
    public static async Task DestroyAsync(CallContext call, DbObject vdi, string task)
    {
        if (vdi.Follow("SR", "SR") is not { } sr)
        {
            vdi.Destroy();
            return;
        }

        AllowedOperations.Assert(vdi, "destroy");
        using var srMark = await OperationMark.BeginAsync(call, sr, "vdi_destroy", task);
        using var mark = await OperationMark.BeginAsync(call, vdi, "destroy", task);
        await Effort.SpendAsync(call, Effort.DiskDestroy);
        Remove(vdi);
    }

    /// <summary>Takes the row away and gives its room back.</summary>
    public static void Remove(DbObject vdi) => vdi.Db.Update(() =>
    {
        var (size, used) = (vdi.Int("virtual_size"), vdi.Int("physical_utilisation"));
        var sr = vdi.Follow("SR", "SR");
        foreach (var vbd in vdi.FollowAll("VBDs", "VBD").Where(vbd => vbd.Text("type") == "CD"))
        {
            vbd["empty"] = true;
            vbd["VDI"] = XapiValue.NullRef;
        }

        vdi.Destroy();
        if (sr is { } storage) Account(storage, -size, -used);
    });

    /// <summary>Adds to what a storage has given out and what it really uses.</summary>
    public static void Account(DbObject sr, long size, long used) => sr.Db.Update(() =>
    {
        sr["virtual_allocation"] = Math.Max(0, sr.Int("virtual_allocation") + size);
        sr["physical_utilisation"] = Math.Max(0, sr.Int("physical_utilisation") + used);
    });

    private static IEnumerable<(string Field, XapiValue Value)> Copied(DbObject vdi) => s_copied.Select(field => (field, vdi[field]));
}
