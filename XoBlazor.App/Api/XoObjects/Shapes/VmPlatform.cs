using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>The machine a VM is made to believe in.</summary>
internal static class VmPlatform
{
    private const long DefaultVideoRam = 4;

    /// <summary>From this platform on nested virtualisation is <c>nested-virt</c>; before, it was an experiment.</summary>
    private static readonly Version s_nestedVirt = new(3, 4);

    public static void Write(XoShape shape, Vm vm)
    {
        var json = shape.Json;
        var mode = Mode(vm);
        var isHvm = mode == DomainType.Hvm;
        shape.Map("boot"u8, vm.HvmBootParams);
        shape.Word("virtualizationMode"u8, mode);
        if (!isHvm)
            json.WriteString("PV_args"u8, vm.PvArgs);
        if (isHvm)
        {
            json.WriteString("vga"u8, vm.Platform.TryGetValue("vga", out var vga) ? vga : "cirrus");
            json.WriteNumber("videoram"u8, Number(vm, "videoram") ?? DefaultVideoRam);
        }

        if (Number(vm, "cores-per-socket") is { } cores)
            json.WriteNumber("coresPerSocket"u8, cores);
        shape.TextOf("nicType"u8, vm.Platform, "nic_type");
        shape.TruthOf("secureBoot"u8, vm.Platform, "secureboot");
        shape.TruthOf("viridian"u8, vm.Platform, "viridian");
        shape.TruthOf("needsVtpm"u8, vm.Platform, "vtpm");
        shape.TruthOf("expNestedHvm"u8, vm.Platform, "exp-nested-hvm");
        json.WriteBoolean("isNestedVirtEnabled"u8, IsNested(shape, vm));
        json.WriteBoolean("isFirmwareSupported"u8, IsFirmwareSupported(vm));
    }

    /// <summary>Hosts before the field say it by the boot policy.</summary>
    public static DomainType Mode(Vm vm) =>
        vm.DomainType is DomainType.Unrecognised or DomainType.Unspecified ? vm.HvmBootPolicy.Length > 0 ? DomainType.Hvm : DomainType.Pv : vm.DomainType;

    private static long? Number(Vm vm, string key) =>
        vm.Platform.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsNested(XoShape shape, Vm vm)
    {
        var (now, before) = (XoShape.IsTrue(vm.Platform, "nested-virt"), XoShape.IsTrue(vm.Platform, "exp-nested-hvm"));
        if (now == before)
        {
            return now;
        }

        var pool = shape.Note(shape.Pool.Pool, PoolFields.Master);
        var master = pool is null ? null : shape.Read(pool.Master, HostFields.SoftwareVersion);
        return master is null || !master.SoftwareVersion.TryGetValue("platform_version", out var text) || !Version.TryParse(text, out var version)
            || version >= s_nestedVirt ? now : before;
    }

    /// <summary>Templates say what they cannot: <c>&lt;restriction field="supports-uefi" value="no"/&gt;</c>. The text comes from the pool's users and is only searched.</summary>
    private static bool IsFirmwareSupported(Vm vm)
    {
        if (!vm.HvmBootParams.TryGetValue("firmware", out var firmware))
            return true;
        var at = vm.Recommendations.IndexOf($"\"supports-{firmware}\"", StringComparison.Ordinal);
        if (at < 0)
            return true;
        var (start, end) = (vm.Recommendations.LastIndexOf('<', at), vm.Recommendations.IndexOf('>', at));
        return start < 0 || end < 0 || !vm.Recommendations.AsSpan(start, end - start).Contains("value=\"no\"", StringComparison.Ordinal);
    }
}
