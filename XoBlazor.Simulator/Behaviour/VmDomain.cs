using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// A VM's life as a Xen domain: what is written when it comes up, goes down, is rebuilt or moves (xapi-behaviour.md §3.4, §3.5). The
/// order of the writes is xapi's; each is a change of its own.
/// </summary>
internal static class VmDomain
{
    /// <summary>The firmware strings of a VM that never got any of its own.</summary>
    private static readonly MapValue s_firmware = XapiValue.MapOf(
        ("bios-vendor", "Xen"), ("bios-version", ""), ("system-manufacturer", "Xen"), ("system-product-name", "HVM domU"), ("system-version", ""),
        ("system-serial-number", ""), ("baseboard-manufacturer", ""), ("baseboard-product-name", ""), ("baseboard-version", ""),
        ("baseboard-serial-number", ""),
        ("baseboard-asset-tag", ""), ("baseboard-location-in-chassis", ""), ("enclosure-asset-tag", ""), ("hp-rombios", ""), ("oem-1", "Xen"),
        ("oem-2", "MS_VM_CERT/SHA1/bdbeb6e0a816d43fa6d3fe8aaef04c2bad9d3e3d"));

    /// <summary>What is settled before the domain is built; its devices count as attached from here on.</summary>
    public static void Prepare(DbObject vm, DbObject host)
    {
        if (vm.Text("domain_type") == "unspecified") vm["domain_type"] = VmOperations.IsHvm(vm) ? "hvm" : "pv";
        if (vm["bios_strings"].AsMap.Entries.Length == 0) vm["bios_strings"] = s_firmware;
        vm["scheduled_to_be_resident_on"] = host.Ref;
        if (vm.Text("ha_restart_priority").Length > 0) vm["ha_always_run"] = true;
        if (VmOperations.IsHvm(vm) && vm["platform"].AsMap["device-model"] is null) vm.AddToMap("platform", "device-model", "qemu-upstream-compat");
    }

    public static void AttachDevices(DbObject vm)
    {
        var isHvm = VmOperations.IsHvm(vm);
        foreach (var vbd in vm.FollowAll("VBDs", "VBD").Where(vbd => isHvm || !vbd.Bool("empty")))
            vbd["currently_attached"] = true;
        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
            vif["currently_attached"] = true;
    }

    /// <summary>The domain runs on its host.</summary>
    public static void Arrive(CallContext call, DbObject vm, DbObject host, string powerState)
    {
        call.Db.Update(() =>
        {
            vm["resident_on"] = host.Ref;
            vm["scheduled_to_be_resident_on"] = XapiValue.NullRef;
        });
        if (Metrics(vm) is { } metrics) metrics["current_domain_type"] = vm.Text("domain_type");
        vm["power_state"] = powerState;
    }

    /// <summary>What the host reports about the new domain.</summary>
    public static void Settle(CallContext call, DbObject vm, DbObject host)
    {
        AllowedOperations.Update(vm);
        vm["domid"] = NextDomid(call, host);
        RecreateConsoles(vm, host);
        vm["memory_target"] = vm.Int("memory_dynamic_max");
        if (Metrics(vm) is { } metrics)
        {
            metrics["hvm"] = VmOperations.IsHvm(vm);
            metrics["VCPUs_number"] = vm.Int("VCPUs_at_startup");
            metrics["start_time"] = call.Pool.Now;
        }

        vm["last_boot_CPU_flags"] = XapiValue.MapOf(("vendor", host["cpu_info"].AsMap["vendor"]?.AsText ?? "GenuineIntel"), ("features", ""));
        AllowedOperations.UpdateDevicesOf(vm);
        foreach (var vbd in vm.FollowAll("VBDs", "VBD").OrderBy(vbd => vbd.Text("type") == "CD"))
            vbd["device"] = DeviceName(vbd);
    }

    /// <summary>The domain is built anew where it runs.</summary>
    public static void Rebuild(CallContext call, DbObject vm)
    {
        vm["domid"] = NextDomid(call, vm.Follow("resident_on", "host") ?? call.Db.Coordinator);
        if (Metrics(vm) is { } metrics) metrics["start_time"] = call.Pool.Now;
        Guidances.Clear(vm);
        Guest.Boot(call, vm);
        AllowedOperations.UpdateDevicesOf(vm);
    }

    /// <summary>A running domain has arrived on another host.</summary>
    public static void Land(CallContext call, DbObject vm, DbObject host)
    {
        call.Db.Update(() =>
        {
            vm["resident_on"] = host.Ref;
            vm["scheduled_to_be_resident_on"] = XapiValue.NullRef;
        });
        vm["domid"] = NextDomid(call, host);
        Guidances.Remove(vm, "restart_device_model");
        RecreateConsoles(vm, host);
    }

    /// <summary>The domain is gone for good.</summary>
    public static void ForceHalted(DbObject vm)
    {
        if (Metrics(vm) is { } metrics) metrics["current_domain_type"] = "unspecified";
        Guidances.Clear(vm);
        foreach (var vbd in vm.FollowAll("VBDs", "VBD"))
        {
            vbd["currently_attached"] = false;
            vbd["reserved"] = false;
        }

        foreach (var vif in vm.FollowAll("VIFs", "VIF"))
        {
            vif["currently_attached"] = false;
            vif["reserved"] = false;
        }

        vm["requires_reboot"] = false;
        vm["power_state"] = "Halted";
        Leave(vm);
    }

    /// <summary>What ends with the domain, be the VM halted or suspended.</summary>
    public static void Leave(DbObject vm)
    {
        vm["resident_on"] = XapiValue.NullRef;
        vm["scheduled_to_be_resident_on"] = XapiValue.NullRef;
        vm["domid"] = -1;
        foreach (var console in vm.FollowAll("consoles", "console"))
            console.Destroy();
    }

    /// <summary>What the host no longer reports of a domain that has ended.</summary>
    public static void ForgetFigures(DbObject vm)
    {
        vm["memory_target"] = 0;
        if (Metrics(vm) is not { } metrics) return;
        metrics["hvm"] = false;
        metrics["nomigrate"] = false;
        metrics["nested_virt"] = false;
        metrics["VCPUs_number"] = 0;
        metrics["start_time"] = XapiValue.Never;
    }

    /// <summary>Console rows carry the address of the host, so they are new after every start and move.</summary>
    public static void RecreateConsoles(DbObject vm, DbObject host)
    {
        foreach (var console in vm.FollowAll("consoles", "console"))
            console.Destroy();
        foreach (var protocol in VmOperations.IsHvm(vm) ? new[] { "rfb" } : ["rfb", "vt100"])
        {
            var uuid = Guid.NewGuid().ToString();
            var location = $"https://{host.Text("address")}/console?uuid={uuid}";
            vm.Db.Create("console", ("uuid", uuid), ("protocol", protocol), ("VM", vm.Ref), ("location", location), ("port", 5900 + vm.Int("domid")));
        }
    }

    /// <summary>The name of a drive inside the guest, by its position.</summary>
    public static string DeviceName(DbObject vbd)
    {
        var position = vbd.Text("userdevice");
        if (!int.TryParse(position, out var number)) return position;
        return number < 26 ? $"xvd{(char)('a' + number)}" : $"xvd{(char)('a' + (number / 26) - 1)}{(char)('a' + (number % 26))}";
    }

    public static DbObject? Metrics(DbObject vm) => vm.Follow("metrics", "VM_metrics");

    /// <summary>Xen counts its domains up and never gives a number twice.</summary>
    private static long NextDomid(CallContext call, DbObject host) =>
        call.Pool.NextDomain(host.Ref, () => host.FollowAll("resident_VMs", "VM").Select(vm => vm.Int("domid")).Append(0).Max());
}
