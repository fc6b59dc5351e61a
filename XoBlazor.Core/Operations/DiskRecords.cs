using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations;

/// <summary>The records from which XAPI makes disks and drives.</summary>
internal static class DiskRecords
{
    private static XapiValue Nothing => new Dictionary<string, string>();

    /// <param name="mark">What tells that it is not whole yet, see <see cref="DiskMark"/>; null for one that is as soon as it is made.</param>
    public static XapiValue Vdi(Sr sr, string name, string description, long size, string? mark = null) => new Dictionary<string, XapiValue>
    {
        ["name_label"] = name,
        ["name_description"] = description,
        ["SR"] = sr.Ref,
        ["virtual_size"] = size,
        ["type"] = "user",
        ["sharable"] = false,
        ["read_only"] = false,
        ["other_config"] = mark is null ? Nothing : new Dictionary<string, string> { [DiskMark.Key] = mark },
        ["xenstore_data"] = Nothing,
        ["sm_config"] = Nothing,
        ["tags"] = XapiValue.Set([]),
    };

    /// <param name="place">A device number, or <c>autodetect</c>.</param>
    public static XapiValue Vbd(XenRef<Vm> vm, XenRef<Vdi> disk, string place, bool isBootable, bool isReadOnly) =>
        // Clients take the owner for "goes with its VM".
        Drive("Disk", vm, disk, place, isBootable, isReadOnly, new() { ["owner"] = "" });

    /// <param name="disc">What is in it; nothing for the null reference.</param>
    public static XapiValue CdDrive(XenRef<Vm> vm, XenRef<Vdi> disc, string place, bool isBootable) => Drive("CD", vm, disc, place, isBootable, isReadOnly: true, []);

    /// <param name="mac">Empty for one that the pool makes up.</param>
    public static XapiValue Vif(XenRef<Vm> vm, Network network, string device, string mac, IReadOnlyList<string> ipv4, IReadOnlyList<string> ipv6) => new Dictionary<string, XapiValue>
    {
        ["VM"] = XapiValue.Ref(vm),
        ["network"] = network.Ref,
        ["device"] = device,
        ["MAC"] = mac,
        ["MTU"] = network.Mtu,
        ["other_config"] = Nothing,
        ["qos_algorithm_type"] = "",
        ["qos_algorithm_params"] = Nothing,
        ["locking_mode"] = ipv4.Count + ipv6.Count > 0 ? "locked" : "network_default",
        ["ipv4_allowed"] = ipv4.ToArray(),
        ["ipv6_allowed"] = ipv6.ToArray(),
    };

    private static XapiValue Drive(string type, XenRef<Vm> vm, XenRef<Vdi> disk, string place, bool isBootable, bool isReadOnly, Dictionary<string, string> config) =>
        new Dictionary<string, XapiValue>
        {
            ["VM"] = XapiValue.Ref(vm),
            ["VDI"] = XapiValue.Ref(disk),
            ["userdevice"] = place,
            ["bootable"] = isBootable,
            ["mode"] = isReadOnly ? "RO" : "RW",
            ["type"] = type,
            ["unpluggable"] = true,
            ["empty"] = disk.IsNull,
            ["other_config"] = config,
            ["qos_algorithm_type"] = "",
            ["qos_algorithm_params"] = Nothing,
        };
}
