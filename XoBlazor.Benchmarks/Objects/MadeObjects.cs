using XoBlazor.Benchmarks.Store;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>The made pool with maps as full as real ones have them: about 4 kB of JSON for a VM and what belongs to it.</summary>
internal static class MadeObjects
{
    private static readonly XenMap<string, string> s_bios = Map(
        ("bios-vendor", "Xen"), ("bios-version", ""), ("system-manufacturer", "Xen"), ("system-product-name", "HVM domU"), ("system-version", ""), ("system-serial-number", ""),
        ("hp-rombios", ""), ("oem-1", "Xen"), ("oem-2", "MS_VM_CERT/SHA1/bdbeb6e0a816d43fa6d3fe8aaef04c2bad9d3e3d"));

    private static readonly XenMap<string, string> s_platform = Map(("acpi", "1"), ("apic", "true"), ("cores-per-socket", "2"), ("device-model", "qemu-upstream-compat"), ("nx", "true"), ("pae", "true"), ("vga", "std"), ("videoram", "8"), ("viridian", "false"));

    private static readonly XenMap<string, string> s_xenstore = Map(("vm-data", ""), ("vm-data/mmio-hole-size", "268435456"), ("vm-data/instance", new string('i', 220)));

    public static ObjectStore Store(int vms)
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open(MadePool.Uuid);
        writer.ApplyListing(All(vms));
        return store;
    }

    public static XapiObject[] All(int vms) => [.. new MadePool(vms).Objects().Select((o, i) => Filled(o, i))];

    public static Vm Vm(int i, string description) => (Vm)Filled(MadePool.Vm(i, 0), i) with { NameDescription = description };

    private static XapiObject Filled(XapiObject value, int i) => value switch
    {
        Vm vm => vm with
        {
            NameDescription = "made",
            BiosStrings = s_bios,
            Platform = s_platform,
            XenstoreData = s_xenstore,
            DomainType = DomainType.Hvm,
            HvmBootParams = Map(("firmware", "uefi"), ("order", "cdn")),
            OtherConfig = Map(
                ("auto_poweron", "true"), ("base_template_name", "Debian Bookworm 12"), ("import_task", $"OpaqueRef:{i:x12}"), ("install-methods", "cdrom,nfs,http,ftp"), ("linux_template", "true"),
                ("mac_seed", $"88dea679-8974-657b-1531-{i:x12}"), ("xo:123", $"{{\"creation\":{{\"date\":\"2026-01-01T00:00:00Z\",\"template\":\"t{i}\",\"user\":\"u\"}}}}"), ("vgpu_pci", ""), ("owner", new string('o', 300))),
        },
        Vdi disk => disk with { Managed = true, NameDescription = "made", Type = VdiType.User, VirtualSize = 32L << 30, PhysicalUtilisation = 4L << 30, SmConfig = Map(("image-format", "vhd")), OtherConfig = Map(("content_id", $"{i:x12}"), ("note", new string('n', 200))) },
        Vif device => device with { Device = "0", Mtu = 1500, OtherConfig = Map(("ethtool-gso", "off"), ("ethtool-tso", "off"), ("note", new string('n', 120))) },
        _ => value,
    };

    private static XenMap<string, string> Map(params ReadOnlySpan<(string Key, string Value)> entries)
    {
        var made = new KeyValuePair<string, string>[entries.Length];
        for (var i = 0; i < entries.Length; i++)
            made[i] = new(entries[i].Key, entries[i].Value);
        return XenMap<string, string>.Of(made);
    }
}
