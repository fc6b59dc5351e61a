using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>VMs that move to another host of their pool while they run.</summary>
internal static class Migration
{
    public static void Register(CallRegistry calls)
    {
        calls.RegisterAsync("VM.pool_migrate", (Func<CallContext, Task>)(call => MoveAsync(call, call.Object("vm"), call.Object("host"), call.TaskRef)));
        calls.RegisterAsync("VM.migrate_send", call => SendAsync(call));
        calls.Register("host.migrate_receive", call => XapiValue.MapOf(
            ("session_id", call.Session ?? ""), ("host", call.Text("host")), ("network", call.Text("network")),
            ("xenops", "http://localhost/services/xenops"),
            ("SM", "http://localhost/services/SM"), ("master", $"http://{call.Db.Coordinator.Text("address")}/")));
        calls.Register("VM.assert_can_migrate", call =>
        {
            AllowedOperations.Assert(call.Object("vm"), "migrate_send");
            var target = Target(call);
            if (!HostOperations.IsLive(target)) throw new XapiException("HOST_NOT_LIVE");
        });
    }

    /// <summary>The VM stays Running all the way; the memory it needs is taken on both sides until it has arrived.</summary>
    public static async Task MoveAsync(CallContext call, DbObject vm, DbObject host, string task)
    {
        var from = vm.Follow("resident_on", "host");
        using (await OperationMark.BeginAsync(call, vm, "pool_migrate", task))
        {
            if (from?.Ref != host.Ref && (Placement.WhyNot(vm, host) ?? CpuCompatibility.WhyNot(vm, host)) is { } reason) throw reason;
            using var hostMark = await OperationMark.BeginAsync(call, host, "vm_migrate", task);
            vm["scheduled_to_be_resident_on"] = host.Ref;
            try
            {
                if (task == call.TaskRef) await call.WorkAsync(Effort.Migrate, upTo: 0.95);
                else await Effort.SpendAsync(call, Effort.Migrate);
            }
            catch
            {
                vm["scheduled_to_be_resident_on"] = XapiValue.NullRef;
                throw;
            }

            if (vm.Text("power_state") is var state and not ("Running" or "Paused"))
                throw new XapiException("VM_BAD_POWER_STATE", vm.Ref, "running", state.ToLowerInvariant());
            VmDomain.Land(call, vm, host);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        var (start, end) = (from is null ? "" : $"{from.Text("name_label")} (uuid: {from.Uuid})", $"{host.Text("name_label")} (uuid: {host.Uuid})");
        Notices.Post(call.Pool, "VM_MIGRATED", vm, $"migrated from host: {start} to host: {end}");
    }

    /// <summary>Inside one pool only: the disks named in the map move to other storage, then the VM to its host. The VM keeps its ref.</summary>
    private static async Task<XapiValue> SendAsync(CallContext call)
    {
        var vm = call.Object("vm");
        var host = Target(call);
        if (call.Map("options")["copy"]?.AsText == "true") throw new XapiException("OPERATION_NOT_ALLOWED", "A move inside a pool cannot copy: use VM.copy or VM.clone");
        using (await OperationMark.BeginAsync(call, vm, "migrate_send"))
        {
            await call.WorkAsync(Effort.Migrate, upTo: 0.9);
            foreach (var (disk, storage) in call.Map("vdi_map").Entries)
            {
                var (vdi, sr) = (call.Db.Get("VDI", disk), call.Db.Get("SR", storage.AsText));
                if (vdi.Text("SR") != sr.Ref) call.Db.Update(() => VdiCalls.Move(call.Pool, vdi, sr));
            }

            if (vm.Text("power_state") == "Running" && vm.Text("resident_on") != host.Ref) VmDomain.Land(call, vm, host);
        }

        AllowedOperations.UpdateDevicesOf(vm);
        Notices.Post(call.Pool, "VM_MIGRATED", vm, $"migrated to host: {host.Text("name_label")} (uuid: {host.Uuid})");
        return vm.Ref;
    }

    private static DbObject Target(CallContext call) => call.Map("dest")["host"] is { } host && call.Db.Exists("host", host.AsText)
        ? call.Db.Get("host", host.AsText)
        : throw new XapiException("VM_MIGRATE_FAILED", call.Text("vm"), "", "", "the destination is not a host of this pool");
}
