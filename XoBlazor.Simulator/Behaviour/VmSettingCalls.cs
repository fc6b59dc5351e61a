using System.Globalization;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Making and destroying VMs, and settings that are checked or have effects.</summary>
internal static class VmSettingCalls
{
    private const long MiB = 1L << 20;

    public static void Register(CallRegistry calls)
    {
        calls.Register("VM.create", Create);
        calls.RegisterAsync("VM.destroy", (Func<CallContext, Task>)DestroyAsync);
        calls.Register("VM.set_is_a_template", SetIsTemplate);
        calls.Register("VM.set_memory_limits", call => SetMemory(call, call.Int("static_min"), call.Int("dynamic_min"), call.Int("dynamic_max"), call.Int("static_max")));
        calls.Register("VM.set_memory", call => SetMemory(call, null, call.Int("value"), call.Int("value"), call.Int("value")));
        calls.Register("VM.set_memory_static_range", call => SetMemory(call, call.Int("min"), null, null, call.Int("max")));
        calls.Register("VM.set_memory_static_min", call => SetMemory(call, call.Int("value"), null, null, null));
        calls.Register("VM.set_memory_static_max", call => SetMemory(call, null, null, null, call.Int("value")));
        calls.Register("VM.set_memory_dynamic_min", call => SetMemory(call, null, call.Int("value"), null, null));
        calls.Register("VM.set_memory_dynamic_max", call => SetMemory(call, null, null, call.Int("value"), null));
        calls.Register("VM.set_memory_dynamic_range", call => SetMemory(call, null, call.Int("min"), call.Int("max"), null));
        calls.Register("VM.set_memory_target_live", _ => { });
        calls.Register("VM.compute_memory_overhead", call => Overhead(call.Object("vm")));
        calls.Register("VM.set_VCPUs_max", call => SetProcessors(call, call.Object("self").Int("VCPUs_at_startup"), call.Int("value")));
        calls.Register("VM.set_VCPUs_at_startup", call => SetProcessors(call, call.Int("value"), call.Object("self").Int("VCPUs_max")));
        calls.Register("VM.set_VCPUs_number_live", SetProcessorsLive);
    }

    /// <summary>The memory that the hypervisor needs beside the guest's own.</summary>
    public static long Overhead(DbObject vm) => VmOperations.IsHvm(vm) ? (vm.Int("memory_static_max") / 128) + (4 * MiB) : 2 * MiB;

    private static XapiValue Create(CallContext call) => call.Db.Update(() =>
    {
        var db = call.Db;
        var wanted = call.Map("args");
        string[] ours = ["uuid", "allowed_operations", "current_operations", "blocked_operations", "power_state", "guest_metrics", "is_control_domain", "domid"];
        var config = wanted["other_config"]?.AsMap ?? XapiValue.EmptyMap;
        var vm = db.Create("VM",
        [
            .. wanted.Entries.Where(entry => !ours.Contains(entry.Key)).Select(entry => (entry.Key, entry.Value)),
            ("metrics", db.Create("VM_metrics", ("VCPUs_utilisation", XapiValue.MapOf(("0", 0.0)))).Ref), ("domid", -1), ("power_state", "Halted"),
            ("other_config", config["mac_seed"] is null ? config.With("mac_seed", Guid.NewGuid().ToString()) : config),
            ("generation_id", VmCopies.NewGeneration()),
        ]);
        if (vm.Text("domain_type") == "unspecified") vm["domain_type"] = vm.Text("HVM_boot_policy").Length > 0 ? "hvm" : "pv";
        AllowedOperations.Update(vm);
        vm["memory_overhead"] = Overhead(vm);
        vm["hardware_platform_version"] = 0;
        return (XapiValue)vm.Ref;
    });

    /// <summary>The VM with all that is only its own; its disks stay.</summary>
    private static async Task DestroyAsync(CallContext call)
    {
        var vm = call.Object("self");
        if (VmOperations.IsDefaultTemplate(vm)) throw new XapiException("VM_CANNOT_DELETE_DEFAULT_TEMPLATE", vm.Ref);
        AllowedOperations.Assert(vm, "destroy");
        await Effort.SpendAsync(call, Effort.DiskDestroy);
        call.Db.Update(() =>
        {
            AllowedOperations.Assert(vm, "destroy");
            foreach (var child in vm.FollowAll("children", "VM"))
                child["parent"] = vm["parent"];
            foreach (var device in vm.FollowAll("VBDs", "VBD").Concat(vm.FollowAll("VIFs", "VIF")))
                DeviceMetrics.DestroyWith(device);
            foreach (var (field, type) in new[] { ("consoles", "console"), ("VTPMs", "VTPM"), ("VGPUs", "VGPU"), ("VUSBs", "VUSB") })
            {
                foreach (var part in vm.FollowAll(field, type))
                    part.Destroy();
            }

            VmDomain.Metrics(vm)?.Destroy();
            vm.Follow("guest_metrics", "VM_guest_metrics")?.Destroy();
            if (vm.Follow("suspend_VDI", "VDI") is { } image) Disks.Remove(image);
            vm.Destroy();
        });
    }

    private static void SetIsTemplate(CallContext call)
    {
        var (vm, isTemplate) = (call.Object("self"), call.Bool("value"));
        if (isTemplate)
        {
            AllowedOperations.Assert(vm, "make_into_template");
            vm["is_a_template"] = true;
        }
        else
        {
            Provisioning.LeaveTemplates(call.Pool, vm);
        }

        AllowedOperations.Update(vm);
    }

    private static void SetMemory(CallContext call, long? staticMin, long? dynamicMin, long? dynamicMax, long? staticMax)
    {
        var vm = call.Object("self");
        AllowedOperations.Assert(vm, staticMin is null && staticMax is null ? "changing_dynamic_range" : "changing_static_range");
        call.Db.Update(() =>
        {
            var (lowest, low, high, highest) = (
                staticMin ?? vm.Int("memory_static_min"), dynamicMin ?? vm.Int("memory_dynamic_min"), dynamicMax ?? vm.Int("memory_dynamic_max"), staticMax ?? vm.Int("memory_static_max"));
            if (lowest < 0 || lowest > low || low > high || high > highest) throw new XapiException("MEMORY_CONSTRAINT_VIOLATION");
            vm["memory_static_min"] = lowest;
            vm["memory_dynamic_min"] = low;
            vm["memory_dynamic_max"] = high;
            vm["memory_static_max"] = highest;
            vm["memory_target"] = vm.Text("power_state") == "Halted" ? high : low;
            vm["memory_overhead"] = Overhead(vm);
        });
    }

    private static void SetProcessors(CallContext call, long atStartup, long most)
    {
        var vm = call.Object("self");
        AllowedOperations.Assert(vm, "changing_VCPUs");
        AssertProcessors(atStartup, most, call.Int("value"));
        vm["VCPUs_at_startup"] = atStartup;
        vm["VCPUs_max"] = most;
    }

    private static void SetProcessorsLive(CallContext call)
    {
        var (vm, count) = (call.Object("self"), call.Int("nvcpu"));
        AllowedOperations.Assert(vm, "changing_VCPUs_live");
        AssertProcessors(count, vm.Int("VCPUs_max"), count);
        vm["VCPUs_at_startup"] = count;
        if (VmDomain.Metrics(vm) is { } metrics) metrics["VCPUs_number"] = count;
    }

    private static void AssertProcessors(long atStartup, long most, long value)
    {
        if (atStartup < 1 || atStartup > most)
            throw new XapiException("INVALID_VALUE", "VCPU values must satisfy: 0 < VCPUs_at_startup ≤ VCPUs_max", value.ToString(CultureInfo.InvariantCulture));
    }
}
