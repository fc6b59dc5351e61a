using System.Collections.Frozen;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Takes a VM back to one of its snapshots: settings, disks and devices as they were; it never starts by itself.</summary>
internal static class Reverting
{
    /// <summary>What a VM keeps when it is reverted.</summary>
    private static readonly FrozenSet<string> s_kept = new[]
    {
        "uuid", "suspend_VDI", "power_state", "parent", "current_operations", "allowed_operations", "metrics", "guest_metrics", "resident_on",
        "scheduled_to_be_resident_on", "domid", "domarch", "is_a_snapshot", "is_a_template", "is_default_template", "snapshot_of", "snapshot_time",
        "snapshot_info",
        "snapshot_metadata", "transportable_snapshot_id", "tags", "affinity", "groups", "appliance", "snapshot_schedule", "protection_policy",
        "is_snapshot_from_vmpp",
        "is_vmss_snapshot", "is_control_domain", "ha_always_run", "last_booted_record", "generation_id", "blobs", "attached_PCIs",
    }.ToFrozenSet();

    public static async Task RunAsync(CallContext call)
    {
        var snapshot = call.Object("snapshot");
        var vm = snapshot.Follow("snapshot_of", "VM") ?? MakeAnew(call, snapshot);
        using (await OperationMark.BeginAsync(call, snapshot, "revert"))
        using (await OperationMark.BeginAsync(call, vm, "reverting"))
        {
            if (vm.Text("power_state") != "Halted")
            {
                await Effort.SpendAsync(call, Effort.HardShutdown);
                VmDomain.ForceHalted(vm);
                VmDomain.ForgetFigures(vm);
            }

            RestoreSettings(call, vm, snapshot);
            call.Progress(0.1);
            await RestoreDisksAsync(call, vm, snapshot);
            RestoreInterfaces(vm, snapshot);
            RestoreFigures(vm, snapshot);
            vm["parent"] = snapshot.Ref;
            vm["power_state"] = snapshot.Text("power_state");
        }

        Notices.Post(call.Pool, "VM_SNAPSHOT_REVERTED", vm, $"reverted to snapshot: {snapshot.Text("name_label")} (uuid {snapshot.Uuid})");
    }

    /// <summary>The snapshot has outlived its VM: a new one is made of it.</summary>
    private static DbObject MakeAnew(CallContext call, DbObject snapshot)
    {
        var vm = VmCopies.CopyRow(snapshot,
            ("is_a_snapshot", false), ("is_a_template", false), ("snapshot_of", XapiValue.NullRef), ("snapshot_time", XapiValue.Never),
            ("parent", XapiValue.NullRef),
            ("metrics", call.Db.Create("VM_metrics").Ref), ("guest_metrics", XapiValue.NullRef), ("power_state", "Halted"));
        snapshot["snapshot_of"] = vm.Ref;
        return vm;
    }

    private static void RestoreSettings(CallContext call, DbObject vm, DbObject snapshot)
    {
        var type = call.Db.FindTable("VM")!.Schema;
        foreach (var (field, value) in RecordText.Read(snapshot.Text("snapshot_metadata"), type, call.Db.Schema.Datamodel))
        {
            if (!field.IsMaintained && !s_kept.Contains(field.Fact.Name)) vm[field.Fact.Name] = value;
        }

        vm["ha_always_run"] = false;
        vm["generation_id"] = VmCopies.NewGeneration();
    }

    private static async Task RestoreDisksAsync(CallContext call, DbObject vm, DbObject snapshot)
    {
        var saved = snapshot.FollowAll("VBDs", "VBD");
        var origins = saved.Select(vbd => vbd.Follow("VDI", "VDI")?.Text("snapshot_of")).OfType<string>().ToHashSet();
        var doomed = new List<DbObject>();
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
        {
            if (vbd.Text("type") != "CD" && vbd.Follow("VDI", "VDI") is { } disk && origins.Contains(disk.Ref)) doomed.Add(disk);
            DeviceMetrics.DestroyWith(vbd);
        }

        foreach (var disk in doomed)
        {
            var task = SubTask.Begin(call, "VDI.destroy");
            await Disks.DestroyAsync(call, disk, task.Ref);
            task.Forget();
        }

        call.Progress(0);
        foreach (var vbd in saved)
        {
            var disk = vbd.Text("type") != "CD" && vbd.Follow("VDI", "VDI") is { } image ? await CloneAsync(call, image) : (DbObject?)null;
            var drive = VmCopies.CopyDrive(vbd, vm, disk);
            drive["allowed_operations"] = XapiValue.EmptySet;
        }

        call.Progress(1);
    }

    /// <summary>The snapshot's disk is branched, and every snapshot of the disk that went is now one of the new disk.</summary>
    private static async Task<DbObject> CloneAsync(CallContext call, DbObject image)
    {
        var task = SubTask.Begin(call, "Async.VDI.clone");
        var disk = await Disks.BranchAsync(call, image, "clone", task.Ref);
        task.Succeed(disk.Ref);
        task.Forget();
        var old = image.Text("snapshot_of");
        foreach (var sibling in call.Db.All("VDI").Where(vdi => vdi.Bool("is_a_snapshot") && vdi.Text("snapshot_of") == old))
            sibling["snapshot_of"] = disk.Ref;
        return disk;
    }

    private static void RestoreInterfaces(DbObject vm, DbObject snapshot)
    {
        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
            DeviceMetrics.DestroyWith(vif);
        foreach (var vif in snapshot.FollowAll("VIFs", "VIF"))
            AllowedOperations.Update(VmCopies.CopyInterface(vif, vm, keepsAddress: true));
    }

    private static void RestoreFigures(DbObject vm, DbObject snapshot)
    {
        var old = VmDomain.Metrics(vm);
        if (snapshot.Follow("metrics", "VM_metrics") is { } figures) vm["metrics"] = VmCopies.CopyRow(figures).Ref;
        old?.Destroy();
        Guest.Replace(vm, snapshot.Follow("guest_metrics", "VM_guest_metrics") is { } guest ? VmCopies.CopyRow(guest) : null);
    }
}
