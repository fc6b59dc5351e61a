using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>
/// Which XAPI classes Xen Orchestra has objects of, and what it calls them. All others (metrics, consoles, updates, secrets, roles, …) have no
/// object there: what they say is told by those they belong to, or not at all.
/// </summary>
internal static class XoTypes
{
    /// <summary>The classes with objects, in the order in which all objects are listed: what others belong to comes first.</summary>
    public static ImmutableArray<XapiClass> Classes { get; } =
    [
        XapiClass.Pool, XapiClass.Host, XapiClass.Sr, XapiClass.Network, XapiClass.Vm, XapiClass.Vdi, XapiClass.Vbd, XapiClass.Vif, XapiClass.Pif, XapiClass.Bond,
        XapiClass.Pbd, XapiClass.Sm, XapiClass.Pci, XapiClass.Pgpu, XapiClass.GpuGroup, XapiClass.VgpuType, XapiClass.Vgpu, XapiClass.Vtpm,
        XapiClass.Pusb, XapiClass.UsbGroup, XapiClass.Vusb, XapiClass.PoolPatch, XapiClass.HostPatch, XapiClass.XapiMessage, XapiClass.XapiTask,
    ];

    private static readonly bool[] s_has = Has();

    /// <summary>All types, those of one class side by side.</summary>
    public static ImmutableArray<string> All { get; } = [.. Classes.SelectMany(type => TypesOf(type))];

    private static readonly FrozenDictionary<string, ImmutableArray<XapiClass>> s_classes =
        Classes.SelectMany(c => TypesOf(c).Select(type => (type, c))).ToFrozenDictionary(one => one.type, one => ImmutableArray.Create(one.c), StringComparer.Ordinal);

    public static bool Has(XapiClass type) => s_has[(int)type];

    /// <summary>The classes that objects of a type are made from; none for a word that is no type.</summary>
    public static ImmutableArray<XapiClass> ClassesOf(string type) => s_classes.GetValueOrDefault(type, []);

    /// <summary>The object's type; null for a record that has no object.</summary>
    public static string? Of(PoolPicture pool, XapiObject value) => value switch
    {
        Vm vm => OfVm(pool, vm),
        Vdi { IsASnapshot: true } => "VDI-snapshot",
        Vdi { Managed: false } => "VDI-unmanaged",
        Vdi => "VDI",
        _ => Plain(value.Class),
    };

    /// <summary>A snapshot whose flag was lost in an import is one as long as what it is a snapshot of is there.</summary>
    public static string OfVm(PoolPicture pool, Vm vm) =>
        vm.IsControlDomain ? "VM-controller"
        : vm.IsASnapshot || pool.Get(vm.SnapshotOf) is not null ? "VM-snapshot"
        : vm.IsATemplate ? "VM-template"
        : "VM";

    /// <summary>The types that objects of a class are of, the plainest first; none for a class without objects.</summary>
    public static ImmutableArray<string> TypesOf(XapiClass type) => type switch
    {
        XapiClass.Vm => ["VM", "VM-controller", "VM-snapshot", "VM-template"],
        XapiClass.Vdi => ["VDI", "VDI-snapshot", "VDI-unmanaged"],
        _ => Plain(type) is { } only ? [only] : [],
    };

    private static string? Plain(XapiClass type) => type switch
    {
        XapiClass.Pool => "pool",
        XapiClass.Host => "host",
        XapiClass.Sr => "SR",
        XapiClass.Sm => "SM",
        XapiClass.Pbd => "PBD",
        XapiClass.Vbd => "VBD",
        XapiClass.Network => "network",
        XapiClass.Pif => "PIF",
        XapiClass.Vif => "VIF",
        XapiClass.Bond => "bond",
        XapiClass.Pci => "PCI",
        XapiClass.Pgpu => "PGPU",
        XapiClass.Vgpu => "vgpu",
        XapiClass.GpuGroup => "gpuGroup",
        XapiClass.VgpuType => "vgpuType",
        XapiClass.Vtpm => "VTPM",
        XapiClass.Pusb => "PUSB",
        XapiClass.Vusb => "VUSB",
        XapiClass.UsbGroup => "USB_group",
        XapiClass.XapiMessage => "message",
        XapiClass.XapiTask => "task",
        XapiClass.HostPatch => "patch",
        XapiClass.PoolPatch => "pool_patch",
        _ => null,
    };

    private static bool[] Has()
    {
        var has = new bool[Enum.GetValues<XapiClass>().Length];
        foreach (var type in Classes)
            has[(int)type] = true;
        return has;
    }
}
