using System.Globalization;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Making;

/// <summary>A made pool's hosts, each with its control domain.</summary>
internal sealed class MadeHosts(MadeRows rows, PoolPlan plan)
{
    private const long GiB = 1L << 30;
    private const string Features =
        "178bfbff-f6d83203-2e500800-040001f3-0000000f-219c01a9-00400004-00000000-00001000-8c000000-00000000-00000000-00000000-00000000-00000000-00000000-00000000-00000000";

    private static readonly MapValue s_license = XapiValue.MapOf(
        ("expiry", "20991231T00:00:00Z"), ("restrict_vlan", "false"),
        ("restrict_pooling", "false"), ("restrict_rbac", "false"),
        ("restrict_xen_motion", "false"), ("restrict_storage_xen_motion", "false"), ("restrict_checkpoint", "false"), ("restrict_vmss", "false"),
        ("restrict_vif_locking", "false"),
        ("restrict_cbt", "false"), ("restrict_usb_passthrough", "false"), ("restrict_live_patching", "false"),
        ("restrict_set_vcpus_number_live", "false"), ("restrict_nested_virt", "false"), ("restrict_zstd_export", "false"));

    public List<DbObject> Add()
    {
        var hosts = new List<DbObject>();
        foreach (var host in plan.Hosts)
            hosts.Add(Add(host, hosts.Count));
        return hosts;
    }

    /// <summary>The processor description that hosts and their pool share.</summary>
    public static MapValue Processor(int cores) => XapiValue.MapOf(
        ("cpu_count", cores.ToString(CultureInfo.InvariantCulture)), ("socket_count", "2"), ("threads_per_core", "2"), ("nr_nodes", "2"),
        ("vendor", "AuthenticAMD"), ("speed", "2994.372"),
        ("modelname", "AMD EPYC 7313P 16-Core Processor"), ("family", "25"), ("model", "1"), ("stepping", "1"),
        ("flags", "fpu de tsc msr pae mce cx8 apic sep mca cmov pat clflush mmx fxsr sse sse2 ht syscall nx lm"),
        ("features_pv", Features), ("features_hvm", Features), ("features_hvm_host", Features), ("features_pv_host", Features));

    private DbObject Add(HostPlan host, int number)
    {
        var metrics = rows.Add("host_metrics", ("memory_total", host.Memory), ("memory_free", host.Memory / 2), ("live", true), ("last_updated", rows.Now));
        var booted = rows.Ago(120).ToUnixTimeSeconds();
        var made = rows.Add("host",
            ("name_label", host.Name), ("name_description", "Default install"), ("hostname", host.Name),
            ("address", $"10.{plan.Subnet}.0.{number + 11}"), ("enabled", host.IsEnabled), ("metrics", metrics.Ref),
            ("memory_overhead", 820L << 20), ("API_version_major", 2), ("API_version_minor", 21), ("API_version_vendor", "XenSource"),
            ("software_version", Software(plan.Release)),
            ("other_config", XapiValue.MapOf(("agent_start_time", $"{booted + 90}."), ("boot_time", $"{booted}."))),
            ("tags", XapiValue.SetOf(host.Tags)),
            ("capabilities", XapiValue.SetOf("xen-3.0-x86_64", "hvm-3.0-x86_32", "hvm-3.0-x86_32p", "hvm-3.0-x86_64")), ("sched_policy", "credit"),
            ("supported_bootloaders", XapiValue.SetOf("pygrub", "eliloader")), ("cpu_info", Processor(host.Cores)),
            ("license_params", s_license.With("sku_marketing_name", plan.Release.Brand).With("sku_type", plan.Release.Edition)),
            ("edition", plan.Release.Edition),
            ("license_server", XapiValue.MapOf(("address", "localhost"), ("port", "27000"))), ("bios_strings", Firmware(number)),
            ("ssl_legacy", false), ("tls_verification_enabled", true), ("https_only", false),
            ("iscsi_iqn", $"iqn.2024-10.com.example:{host.Name}"), ("multipathing", true),
            ("virtual_hardware_platform_versions", new SetValue([0, 1, 2])), ("display", "enabled"),
            ("power_on_mode", number % 2 == 0 ? "wake-on-lan" : ""));
        made["control_domain"] = ControlDomain(made, host, number).Ref;
        return made;
    }

    private DbObject ControlDomain(DbObject host, HostPlan plan, int number)
    {
        var memory = 8 * GiB;
        var metrics = rows.Add("VM_metrics",
            ("memory_actual", memory), ("VCPUs_number", 16), ("VCPUs_utilisation", XapiValue.MapOf(("0", 0.0))), ("start_time", rows.Ago(120)),
            ("current_domain_type", "pv"));
        var vm = rows.Add("VM",
            ("name_label", $"Control domain on host: {plan.Name}"),
            ("name_description", "The domain which manages physical devices and manages other domains"), ("power_state", "Running"),
            ("is_control_domain", true), ("resident_on", host.Ref), ("affinity", host.Ref), ("domid", 0), ("domain_type", "pv"),
            ("metrics", metrics.Ref), ("VCPUs_max", 16), ("VCPUs_at_startup", 16),
            ("memory_static_max", memory), ("memory_static_min", memory), ("memory_dynamic_max", memory), ("memory_dynamic_min", memory),
            ("memory_target", memory), ("user_version", 1),
            ("actions_after_shutdown", "destroy"), ("actions_after_reboot", "destroy"), ("actions_after_crash", "destroy"));
        rows.Allow(vm, "control domain");
        foreach (var (protocol, port) in new[] { ("rfb", 5900), ("vt100", 9500) })
            Console(vm, host, protocol, port + number);
        return vm;
    }

    /// <summary>A console row of a running VM; the address in it is its host's.</summary>
    public void Console(DbObject vm, DbObject host, string protocol, int port)
    {
        var uuid = rows.NewUuid();
        rows.Add("console", ("uuid", uuid), ("protocol", protocol), ("location", $"https://{host.Text("address")}/console?uuid={uuid}"), ("VM", vm.Ref), ("port", port));
    }

    private static MapValue Software(HostRelease release) => XapiValue.MapOf(
        ("product_version", release.ProductVersion), ("product_version_text", release.ShortVersion), ("product_version_text_short", release.ShortVersion),
        ("platform_name", "XCP"), ("platform_version", release.PlatformVersion), ("product_brand", release.Brand),
        ("build_number", "cloud"), ("git_id", "0"), ("hostname", "localhost"), ("date", release.Date), ("xapi", release.Toolstack[..release.Toolstack.LastIndexOf('.')]),
        ("xapi_build", release.Toolstack), ("xen", release.Xen), ("linux", release.Linux),
        ("xencenter_min", "2.21"), ("xencenter_max", "2.21"), ("network_backend", "openvswitch"), ("db_schema", "5.779"));

    private static MapValue Firmware(int number) => XapiValue.MapOf(
        ("bios-vendor", "American Megatrends International, LLC."), ("bios-version", "2.8"), ("system-manufacturer", "Supermicro"),
        ("system-product-name", "AS -1114S-WN10RT"), ("system-version", "0123456789"),
        ("system-serial-number", $"S46748{number:00000}"), ("hp-rombios", ""), ("oem-1", "Xen"),
        ("oem-2", "MS_VM_CERT/SHA1/bdbeb6e0a816d43fa6d3fe8aaef04c2bad9d3e3d"));
}
