using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Making;

/// <summary>A made pool's storage: drivers, local and shared repositories, drives, the ISO library, the tools disc.</summary>
internal sealed class MadeStorage
{
    private const long TiB = 1L << 40;
    private const long MiB = 1L << 20;

    private static readonly string[] s_chained =
    [
        "SR_PROBE", "SR_UPDATE", "VDI_CREATE", "VDI_DELETE", "VDI_ATTACH", "VDI_DETACH", "VDI_UPDATE", "VDI_CLONE", "VDI_SNAPSHOT", "VDI_RESIZE",
        "VDI_MIRROR", "VDI_GENERATE_CONFIG",
        "VDI_RESET_ON_BOOT", "VDI_CONFIG_CBT", "VDI_ACTIVATE", "VDI_DEACTIVATE",
    ];

    private readonly MadeRows _rows;
    private readonly List<DbObject> _local = [];
    private readonly List<DbObject> _shared = [];
    private readonly Dictionary<string, (long Size, long Used)> _given = [];

    public MadeStorage(MadeRows rows, PoolPlan plan, IReadOnlyList<DbObject> hosts)
    {
        _rows = rows;
        AddDrivers();
        foreach (var host in hosts)
            AddLocal(host);
        foreach (var (name, type, size) in plan.SharedStorage)
            _shared.Add(AddShared(name, type, size, hosts, plan.Subnet));
        Isos = AddIsos(plan, hosts);
        AddTools(hosts);
    }

    /// <summary>The discs of the ISO library.</summary>
    public IReadOnlyList<DbObject> Isos { get; }

    /// <summary>Where suspended VMs go and new disks are made: the first shared repository, or the first host's own.</summary>
    public DbObject Default => _shared.Count > 0 ? _shared[0] : _local[0];

    /// <summary>The repository that a VM's plan names.</summary>
    public DbObject For(VmPlan vm) => vm.Storage >= 0 && _shared.Count > 0 ? _shared[vm.Storage % _shared.Count] : _local[vm.Host % _local.Count];

    /// <summary>A disk as its driver would have made it.</summary>
    public DbObject Disk(DbObject sr, long size, params IEnumerable<(string Field, XapiValue Value)> fields)
    {
        var uuid = _rows.NewUuid();
        var used = sr.Text("type") == "lvmoiscsi" ? size : (long)(size * (0.15 + (_rows.Random.NextDouble() * 0.6)));
        var vdi = _rows.Add("VDI",
            [("uuid", uuid), ("location", uuid), ("SR", sr.Ref), ("virtual_size", size), ("physical_utilisation", used), ("type", "user"),
             ("managed", true), ("on_boot", "persist"), .. fields]);
        var (allGiven, allUsed) = _given.GetValueOrDefault(sr.Ref);
        _given[sr.Ref] = (allGiven + size, allUsed + used);
        return vdi;
    }

    /// <summary>Writes the sums when all disks are there.</summary>
    public void Settle()
    {
        foreach (var sr in _rows.Db.All("SR"))
        {
            var (given, used) = _given.GetValueOrDefault(sr.Ref);
            sr["virtual_allocation"] = given;
            sr["physical_utilisation"] = Math.Min(used, sr.Int("physical_size"));
            AllowedOperations.Update(sr);
        }
    }

    private void AddDrivers()
    {
        Driver("ext", "Local EXT3 VHD", [.. s_chained, "SR_SUPPORTS_LOCAL_CACHING", "THIN_PROVISIONING", "VDI_READ_CACHING"]);
        Driver("lvm", "Local VHD on LVM", [.. s_chained, "SR_TRIM"]);
        Driver("nfs", "NFS VHD", [.. s_chained, "SR_CACHING", "THIN_PROVISIONING", "VDI_READ_CACHING"]);
        Driver("smb", "SMB VHD", [.. s_chained, "SR_CACHING", "THIN_PROVISIONING", "VDI_READ_CACHING"]);
        Driver("lvmoiscsi", "VHD over iSCSI", [.. s_chained, "SR_METADATA", "SR_TRIM"]);
        Driver("lvmohba", "VHD over Fibre Channel", [.. s_chained, "SR_METADATA", "SR_TRIM"]);
        Driver("iso", "ISO", ["VDI_CREATE", "VDI_DELETE", "VDI_ATTACH", "VDI_DETACH", "SR_SCAN", "SR_ATTACH", "SR_DETACH"]);
        Driver("udev", "udev", ["VDI_INTRODUCE", "VDI_ATTACH", "VDI_DETACH", "VDI_UPDATE", "SR_UPDATE"]);
    }

    private void Driver(string type, string name, string[] features) => _rows.Add("SM",
        ("type", type), ("name_label", name), ("name_description", $"SR plugin for {name}"), ("vendor", "Citrix Systems Inc"),
        ("copyright", "(C) 2024"), ("version", "3.0"), ("required_api_version", "1.0"),
        ("capabilities", XapiValue.SetOf(features)),
        ("features", XapiValue.MapOf(features.Select(feature => (feature, (XapiValue)(feature == "VDI_RESET_ON_BOOT" ? 2 : 1))))),
        ("driver_filename", $"/opt/xensource/sm/{type.ToUpperInvariant()}SR"));

    private void AddLocal(DbObject host)
    {
        var local = Repository("Local storage", "", "ext", "user", 2 * TiB, isShared: false, ("i18n-key", "local-storage"));
        Connect(local, host, XapiValue.MapOf(("device", "/dev/disk/by-id/nvme-eui.0025385b21404b2f-part3")));
        host["suspend_image_sr"] = local.Ref;
        host["crash_dump_sr"] = local.Ref;
        _local.Add(local);
        var drives = Repository("DVD drives", "Physical DVD drives", "udev", "iso", 0, isShared: false, ("i18n-key", "local-hotplug-cd"));
        Connect(drives, host, XapiValue.MapOf(("location", "/dev/xapi/cd")));
        var removable = Repository("Removable storage", "", "udev", "disk", 0, isShared: false, ("i18n-key", "local-hotplug-disk"));
        Connect(removable, host, XapiValue.MapOf(("location", "/dev/xapi/block")));
    }

    private DbObject AddShared(string name, string type, long size, IReadOnlyList<DbObject> hosts, int subnet)
    {
        var sr = Repository(name, $"{(type == "nfs" ? "NFS" : "iSCSI")} storage of the pool", type, "user", size, isShared: true);
        var server = $"10.{subnet}.1.250";
        var device = type == "nfs"
            ? XapiValue.MapOf(("server", server), ("serverpath", $"/export/{name.Replace(' ', '-')}"), ("nfsversion", "4.1"))
            : XapiValue.MapOf(
                ("target", server), ("targetIQN", $"iqn.2024-10.com.example:{name.Replace(' ', '-')}"),
                ("SCSIid", _rows.NewUuid().Replace("-", "", StringComparison.Ordinal)), ("port", "3260"));
        foreach (var host in hosts)
            Connect(sr, host, device);
        return sr;
    }

    private List<DbObject> AddIsos(PoolPlan plan, IReadOnlyList<DbObject> hosts)
    {
        var library = Repository("ISO library", "Installation discs", "iso", "iso", TiB, isShared: true);
        foreach (var host in hosts)
            Connect(library, host, XapiValue.MapOf(("location", $"10.{plan.Subnet}.1.250:/export/iso"), ("type", "nfs_iso")));
        var discs = plan.Isos.Select(name => Disc(library, name, (400 + _rows.Random.Next(5000)) * MiB)).ToList();
        foreach (var disc in discs)
            _rows.Allow(disc, "iso");
        return discs;
    }

    private void AddTools(IReadOnlyList<DbObject> hosts)
    {
        var tools = Repository("XCP-ng Tools", "XCP-ng Tools ISOs", "iso", "iso", 0, isShared: true,
            ("xenserver_tools_sr", "true"), ("xensource_internal", "true"), ("i18n-key", "xenserver-tools"));
        tools["is_tools_sr"] = true;
        foreach (var host in hosts)
            Connect(tools, host, XapiValue.MapOf(("location", "/opt/xensource/packages/iso"), ("legacy_mode", "true")));
        var disc = Disc(tools, "guest-tools.iso", 6 * MiB);
        disc["is_tools_iso"] = true;
        _rows.Allow(disc, "tools");
    }

    private DbObject Disc(DbObject library, string name, long size) =>
        Disk(library, size, ("name_label", name), ("location", name), ("read_only", true), ("sharable", true));

    private DbObject Repository(
        string name, string description, string type, string content, long size, bool isShared, params (string Key, XapiValue Value)[] config) => _rows.Add("SR",
        ("name_label", name), ("name_description", description), ("type", type), ("content_type", content), ("physical_size", size),
        ("shared", isShared), ("other_config", XapiValue.MapOf(config)),
        ("sm_config", type == "udev" ? XapiValue.MapOf(("type", content == "iso" ? "cd" : "block")) : XapiValue.EmptyMap));

    private void Connect(DbObject sr, DbObject host, MapValue device) =>
        _rows.Add("PBD", ("SR", sr.Ref), ("host", host.Ref), ("device_config", device), ("currently_attached", true));
}
