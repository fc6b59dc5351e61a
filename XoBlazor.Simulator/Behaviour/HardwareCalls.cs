using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Virtual TPMs, GPUs and USB devices, and the BIOS strings of a maker's machines (xapi-behaviour.md §11).</summary>
internal static class HardwareCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.Register("VTPM.create", CreateTpm);
        calls.Register("VTPM.destroy", call =>
        {
            AssertHalted(call.Object("self").Follow("VM", "VM"));
            call.Object("self").Destroy();
        });
        calls.Register("VGPU.create", CreateGpu);
        calls.Register("VGPU.destroy", call =>
        {
            AssertHalted(call.Object("self").Follow("VM", "VM"));
            call.Object("self").Destroy();
        });
        calls.Register("VUSB.create", CreateUsb);
        calls.Register("VUSB.unplug", call => call.Object("self")["currently_attached"] = false);
        calls.Register("VUSB.destroy", call => call.Object("self").Destroy());
        calls.Register("PUSB.scan", _ => { });
        calls.Register("PUSB.set_passthrough_enabled", call => call.Object("self")["passthrough_enabled"] = call.Bool("value"));
        calls.Register("VM.copy_bios_strings", CopyBiosStrings);
    }

    private static XapiValue CreateTpm(CallContext call)
    {
        var vm = call.Object("vM");
        AssertHalted(vm);
        if (vm["VTPMs"].AsSet.Length > 0) throw new XapiException("VTPM_MAX_AMOUNT_REACHED", "1");
        var made = call.Db.Create("VTPM", ("VM", vm.Ref), ("is_unique", call.Bool("is_unique")));
        AllowedOperations.Update(vm);
        return made.Ref;
    }

    private static XapiValue CreateGpu(CallContext call)
    {
        var (vm, device) = (call.Object("VM"), call.Text("device"));
        AssertHalted(vm);
        if (vm.FollowAll("VGPUs", "VGPU").Any(other => other.Text("device") == device)) throw new XapiException("DEVICE_ALREADY_EXISTS", device);
        return call.Db.Create("VGPU",
            ("VM", vm.Ref), ("GPU_group", call.Object("GPU_group").Ref), ("device", device), ("type", call["type"]), ("other_config", call["other_config"])).Ref;
    }

    private static XapiValue CreateUsb(CallContext call)
    {
        var (vm, group) = (call.Object("VM"), call.Object("USB_group"));
        AssertHalted(vm);
        if (group["VUSBs"].AsSet.Length > 0) throw new XapiException("USB_GROUP_CONTAINS_VUSB", group["VUSBs"].AsTexts.First());
        return call.Db.Create("VUSB", ("VM", vm.Ref), ("USB_group", group.Ref), ("other_config", call["other_config"])).Ref;
    }

    private static void CopyBiosStrings(CallContext call)
    {
        var vm = call.Object("vm");
        if (vm["bios_strings"].AsMap.Entries.Any()) throw new XapiException("VM_BIOS_STRINGS_ALREADY_SET", vm.Ref);
        vm["bios_strings"] = call.Object("host")["bios_strings"];
    }

    private static void AssertHalted(DbObject? vm)
    {
        if (vm is not null && vm.Text("power_state") is not "Halted" and var state) throw new XapiException("VM_BAD_POWER_STATE", vm.Ref, "halted", state.ToLowerInvariant());
    }
}
