using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Making;

/// <summary>A made pool's templates, VMs and snapshots, with their drives, interfaces, disks and metrics.</summary>
internal sealed class MadeVms(MadeRows rows, IReadOnlyList<DbObject> hosts, MadeNetworks networks, MadeStorage storage, MadeHosts machines)
{
    private const long MiB = 1L << 20;

    private static readonly MapValue s_platform = XapiValue.MapOf(
        ("device-model", "qemu-upstream-compat"), ("videoram", "8"), ("hpet", "true"), ("acpi", "1"), ("apic", "true"), ("pae", "true"),
        ("nx", "true"), ("viridian", "false"), ("device_id", "0001"),
        ("exp-nested-hvm", "false"), ("secureboot", "false"));

    private static readonly MapValue s_firmware = XapiValue.MapOf(
        ("bios-vendor", "Xen"), ("bios-version", ""), ("system-manufacturer", "Xen"), ("system-product-name", "HVM domU"), ("system-version", ""),
        ("system-serial-number", ""), ("baseboard-manufacturer", ""),
        ("baseboard-product-name", ""), ("baseboard-version", ""), ("baseboard-serial-number", ""), ("baseboard-asset-tag", ""),
        ("baseboard-location-in-chassis", ""), ("enclosure-asset-tag", ""), ("hp-rombios", ""),
        ("oem-1", "Xen"), ("oem-2", "MS_VM_CERT/SHA1/bdbeb6e0a816d43fa6d3fe8aaef04c2bad9d3e3d"));

    /// <summary>What the product's installers leave for the guest to find.</summary>
    private static readonly MapValue s_guestData = XapiValue.MapOf(
        ("vm-data", ""), ("vm-data/mmio-hole-size", "268435456"),
        ("vm-data/install-repository", "https://mirror.example.com/linux/stable/main/installer-amd64/current/images/"),
        ("vm-data/provision/state", "completed"), ("vm-data/provision/owner", "automation@example.com"), ("vm-data/backup/policy", "daily-30"),
        ("vm-data/monitoring/agent", "enabled"),
        ("vm-data/cloud-init/datasource", "NoCloud;s=https://metadata.example.com/v1/instances/"));

    private readonly int[] _domains = new int[hosts.Count];

    public void AddTemplates()
    {
        foreach (var system in GuestSystem.All)
        {
            var template = rows.Add("VM",
                [.. Settings(system, 2, 4096 * MiB), ("name_label", system.Template), ("name_description", $"Template for {system.Template}"), ("is_a_template", true), ("is_default_template", true),
                 ("metrics", Metrics(null).Ref), ("HVM_boot_params", XapiValue.MapOf(("firmware", "uefi"), ("order", "cdn"))),
                 ("other_config", TemplateConfig(system))]);
            rows.Allow(template, "default template");
        }
    }

    public void Add(VmPlan vm)
    {
        var host = hosts[vm.Host % hosts.Count];
        var isUp = vm.PowerState is "Running" or "Paused";
        var made = rows.Add("VM",
        [
            .. Settings(vm.System, vm.VirtualCpus, vm.Memory), ("name_label", vm.Name), ("name_description", vm.Description),
            ("power_state", vm.PowerState), ("tags", XapiValue.SetOf(vm.Tags)),
            ("resident_on", isUp ? host.Ref : XapiValue.NullRef), ("affinity", vm.Storage < 0 ? host.Ref : XapiValue.NullRef),
            ("domid", isUp ? ++_domains[vm.Host % hosts.Count] : -1),
            ("metrics", Metrics(isUp ? vm : null).Ref),
            ("other_config", XapiValue.MapOf(("mac_seed", rows.NewUuid()), ("base_template_name", vm.System.Template), ("install-methods", "cdrom,nfs,http,ftp"))),
            ("bios_strings", s_firmware), ("memory_target", isUp ? vm.Memory : 0), ("ha_restart_priority", vm.IsProtected ? "restart" : ""),
            ("ha_always_run", vm.IsProtected && isUp),
            ("last_boot_CPU_flags", XapiValue.MapOf(("vendor", "AuthenticAMD"), ("features", ""))),
            ("suspend_VDI", vm.PowerState == "Suspended" ? Image(vm).Ref : XapiValue.NullRef),
        ]);
        var attached = vm.PowerState != "Halted";
        for (var index = 0; index < vm.Networks.Count; index++)
            Interface(made, index, networks[vm.Networks[index]], attached);
        if (vm.HasTools && isUp) made["guest_metrics"] = GuestFacts(made, vm).Ref;
        if (isUp) machines.Console(made, host, "rfb", 5900 + (int)made.Int("domid"));
        var kind = $"{vm.PowerState} {(isUp && vm.HasTools ? "tools" : "")}";
        var disks = AddDisks(made, vm, attached, kind);
        AddSnapshots(made, vm, disks);
        foreach (var vif in made.FollowAll("VIFs", "VIF"))
            rows.Allow(vif, kind);
        rows.Allow(made, kind);
    }

    private static IEnumerable<(string Field, XapiValue Value)> Settings(GuestSystem system, int processors, long memory) =>
    [
        ("user_version", 1), ("domain_type", "hvm"), ("HVM_boot_policy", "BIOS order"),
        ("HVM_boot_params", XapiValue.MapOf(("firmware", "uefi"), ("order", "cdn"))), ("HVM_shadow_multiplier", 1.0),
        ("platform", system.IsWindows ? s_platform.With("viridian", "true").With("device_id", "0002") : s_platform), ("VCPUs_max", processors),
        ("VCPUs_at_startup", processors),
        ("memory_static_max", memory), ("memory_dynamic_max", memory), ("memory_dynamic_min", memory),
        ("memory_static_min", Math.Min(memory, 1024 * MiB)), ("memory_overhead", (memory / 128) + (4 * MiB)),
        ("actions_after_shutdown", "destroy"), ("actions_after_reboot", "restart"), ("actions_after_crash", "restart"), ("domid", -1),
        ("hardware_platform_version", 2), ("has_vendor_device", system.IsWindows),
        ("recommendations", Recommendations(system)), ("generation_id", "4523191994117482394:1082122300834308605"),
        ("xenstore_data", s_guestData),
    ];

    /// <summary>What a template advises about the VMs made of it, as the product's templates carry it.</summary>
    private static string Recommendations(GuestSystem system) =>
        "<restrictions>"
        + $"<restriction field=\"memory-static-min\" min=\"{(system.IsWindows ? 2048 : 512) * MiB}\"/><restriction field=\"memory-static-max\" max=\"1649267441664\"/>"
        + "<restriction field=\"vcpus-min\" min=\"1\"/><restriction field=\"vcpus-max\" max=\"64\"/>"
        + $"<restriction field=\"has-vendor-device\" value=\"{(system.IsWindows ? "true" : "false")}\"/>"
        + "<restriction field=\"allow-gpu-passthrough\" value=\"1\"/><restriction field=\"allow-vgpu\" value=\"1\"/><restriction field=\"allow-network-sriov\" value=\"1\"/>"
        + "<restriction field=\"supports-bios\" value=\"yes\"/><restriction field=\"supports-uefi\" value=\"yes\"/><restriction field=\"supports-secure-boot\" value=\"" + (system.IsWindows ? "yes" : "no") + "\"/>"
        + "<restriction field=\"boot-from-vtpm\" value=\"optional\"/><restriction field=\"vgpu-compatible\" value=\"yes\"/><restriction field=\"sysprep\" value=\"no\"/>"
        + "<restriction max=\"255\" property=\"number-of-vbds\"/><restriction max=\"7\" property=\"number-of-vifs\"/></restrictions>";

    private static MapValue TemplateConfig(GuestSystem system) => XapiValue.MapOf(
        ("default_template", "true"), ("install-methods", "cdrom,nfs,http,ftp"), ("linux_template", system.IsWindows ? "false" : "true"),
        ("install-distro", system.Distribution),
        ("disks", $"<provision><disk device=\"0\" size=\"{(system.IsWindows ? 64L : 10L) << 30}\" sr=\"\" bootable=\"true\" type=\"system\"/></provision>"));

    private DbObject Metrics(VmPlan? running) => rows.Add("VM_metrics",
        ("memory_actual", running?.Memory ?? 0), ("VCPUs_number", running?.VirtualCpus ?? 0), ("VCPUs_utilisation", XapiValue.MapOf(("0", 0.0))),
        ("hvm", running is not null),
        ("start_time", running is null ? XapiValue.Never : rows.Ago(60)), ("install_time", XapiValue.Never),
        ("current_domain_type", running is null ? "unspecified" : "hvm"));

    private DbObject GuestFacts(DbObject made, VmPlan vm) => rows.Add("VM_guest_metrics",
        ("os_version", Guest.OsVersion(vm.System)), ("PV_drivers_version", Guest.DriversVersion()), ("PV_drivers_up_to_date", true),
        ("PV_drivers_detected", true), ("networks", Guest.Networks(made)),
        ("other", XapiValue.MapOf(
            ("platform-feature-multiprocessor-suspend", "1"), ("has-vendor-device", vm.System.IsWindows ? "1" : "0"), ("feature-suspend", "1"),
            ("feature-poweroff", "1"), ("feature-reboot", "1"),
            ("feature-vcpu-hotplug", "1"), ("feature-balloon", "1"), ("feature-shutdown", "1"))),
        ("netbios_name", vm.System.IsWindows ? XapiValue.MapOf(("host_name", vm.Name.ToUpperInvariant())) : XapiValue.EmptyMap),
        ("live", true), ("last_updated", rows.Ago(1)), ("can_use_hotplug_vbd", "yes"), ("can_use_hotplug_vif", "yes"));

    private void Interface(DbObject vm, int device, DbObject network, bool attached) => rows.Add("VIF",
        ("VM", vm.Ref), ("network", network.Ref), ("device", $"{device}"),
        ("MAC", MacAddress.For(vm["other_config"].AsMap["mac_seed"]!.AsText, $"{device}")), ("MAC_autogenerated", true), ("MTU", 1500),
        ("currently_attached", attached), ("locking_mode", "network_default"), ("ipv4_configuration_mode", "None"),
        ("ipv6_configuration_mode", "None"));

    private List<DbObject> AddDisks(DbObject made, VmPlan vm, bool attached, string kind)
    {
        var sr = storage.For(vm);
        var disks = new List<DbObject>();
        for (var index = 0; index < vm.Disks.Count; index++)
        {
            var name = index == 0 ? $"{vm.Name} system" : $"{vm.Name} data{(index > 1 ? $" {index}" : "")}";
            var (use, type) = index == 0 ? ("System", "system") : ("Data", "user");
            var disk = storage.Disk(sr, vm.Disks[index], ("name_label", name), ("name_description", $"{use} disk of {vm.Name}"), ("type", type));
            var vbd = Drive(made, disk, index == 0 ? 0 : index + (vm.HasDrive && index >= 3 ? 1 : 0), attached);
            rows.Allow(vbd, $"disk {kind}");
            rows.Allow(disk, $"{sr.Text("type")} {(attached ? "attached" : "free")}");
            disks.Add(disk);
        }

        if (!vm.HasDrive) return disks;
        var hasDisc = storage.Isos.Count > 0 && rows.Random.Next(4) == 0;
        var drive = rows.Add("VBD",
            ("VM", made.Ref), ("VDI", hasDisc ? storage.Isos[rows.Random.Next(storage.Isos.Count)].Ref : XapiValue.NullRef), ("empty", !hasDisc),
            ("userdevice", "3"), ("device", attached ? "xvdd" : ""),
            ("mode", "RO"), ("type", "CD"), ("unpluggable", true), ("currently_attached", attached));
        rows.Allow(drive, $"disc {hasDisc} {kind}");
        return disks;
    }

    private DbObject Drive(DbObject vm, DbObject disk, int position, bool attached) => rows.Add("VBD",
        ("VM", vm.Ref), ("VDI", disk.Ref), ("userdevice", $"{position}"), ("device", attached ? $"xvd{(char)('a' + position)}" : ""),
        ("bootable", position == 0), ("mode", "RW"), ("type", "Disk"),
        ("unpluggable", true), ("currently_attached", attached), ("other_config", XapiValue.MapOf(("owner", ""))));

    private DbObject Image(VmPlan vm)
    {
        var size = (long)(vm.Memory * 1.26) + (100 * MiB);
        var image = storage.Disk(storage.Default, size,
            ("name_label", "Suspend image"), ("name_description", $"Suspend image for {vm.Name}"), ("type", "suspend"));
        rows.Allow(image, $"{storage.Default.Text("type")} free");
        return image;
    }

    /// <summary>Snapshots of one VM stand on each other, and their disks on hidden bases that the driver keeps.</summary>
    private void AddSnapshots(DbObject made, VmPlan vm, List<DbObject> disks)
    {
        var parent = XapiValue.NullRef;
        var bases = new string[disks.Count];
        for (var number = 0; number < vm.Snapshots.Count; number++)
        {
            var taken = rows.Now - TimeSpan.FromDays(vm.Snapshots.Count - number) - TimeSpan.FromMinutes(rows.Random.Next(600));
            var snapshot = rows.Add("VM",
            [
                .. Settings(vm.System, vm.VirtualCpus, vm.Memory), ("name_label", vm.Snapshots[number]), ("name_description", vm.Description),
                ("is_a_template", true), ("is_a_snapshot", true),
                ("snapshot_of", made.Ref), ("snapshot_time", taken), ("parent", parent), ("metrics", Metrics(null).Ref),
                ("other_config", made["other_config"]), ("bios_strings", s_firmware),
                ("snapshot_info", XapiValue.MapOf(("disk-snapshot-type", "crash_consistent"), ("power-state-at-snapshot", vm.PowerState))),
                ("tags", made["tags"]),
            ]);
            for (var disk = 0; disk < disks.Count; disk++)
                bases[disk] = SnapshotDisk(snapshot, disks[disk], disk, bases[disk], taken);
            for (var device = 0; device < vm.Networks.Count; device++)
                rows.Allow(SnapshotInterface(snapshot, made, device, networks[vm.Networks[device]]), "snapshot");
            snapshot["snapshot_metadata"] = RecordText.Of(made);
            rows.Allow(snapshot, "snapshot");
            parent = new TextValue(snapshot.Ref);
        }

        made["parent"] = parent;
        for (var disk = 0; disk < disks.Count; disk++)
            if (bases[disk] is { } under) rows.Db.Write("VDI", disks[disk].Ref, "sm_config", XapiValue.MapOf(("vhd-parent", under)));
    }

    private string SnapshotDisk(DbObject snapshot, DbObject disk, int position, string? under, DateTimeOffset taken)
    {
        var sr = rows.Db.Get("SR", disk.Text("SR"));
        var size = disk.Int("virtual_size");
        var hidden = storage.Disk(sr, size,
            ("name_label", "base copy"), ("managed", false), ("read_only", true),
            ("sm_config", under is null ? XapiValue.EmptyMap : XapiValue.MapOf(("vhd-parent", under))));
        var copy = storage.Disk(sr, size,
            ("name_label", disk["name_label"]), ("name_description", disk["name_description"]), ("type", disk["type"]), ("is_a_snapshot", true),
            ("snapshot_of", disk.Ref), ("snapshot_time", taken),
            ("sm_config", XapiValue.MapOf(("vhd-parent", hidden.Uuid))));
        rows.Allow(copy, $"{sr.Text("type")} free");
        rows.Allow(Drive(snapshot, copy, position, attached: false), "snapshot");
        return hidden.Uuid;
    }

    private DbObject SnapshotInterface(DbObject snapshot, DbObject vm, int device, DbObject network) => rows.Add("VIF",
        ("VM", snapshot.Ref), ("network", network.Ref), ("device", $"{device}"),
        ("MAC", vm.FollowAll("VIFs", "VIF").First(vif => vif.Text("device") == $"{device}")["MAC"]), ("MTU", 1500),
        ("locking_mode", "network_default"), ("ipv4_configuration_mode", "None"), ("ipv6_configuration_mode", "None"));
}
