using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What follows about a VM from its neighbours. Computed from one picture when asked, so never older than any of them.</summary>
public static class VmFacts
{
    private const string DefaultTemplateMark = "default_template";

    public static VmKind Kind(this Vm vm) =>
        vm.IsControlDomain ? VmKind.ControlDomain
        : vm.IsASnapshot ? VmKind.Snapshot
        : !vm.IsATemplate ? VmKind.Vm
        : vm.IsDefaultTemplate || vm.OtherConfig.ContainsKey(DefaultTemplateMark) ? VmKind.DefaultTemplate
        : VmKind.Template;

    /// <summary>The host it runs on; when it does not run, where it would like to start or where a local disk ties it to. Null when any host would do, and when it
    /// runs on one that is not in the picture: another one would be a lie.</summary>
    public static Host? HostOf(this PoolPicture pool, Vm vm) =>
        vm.ResidentOn.IsNull ? pool.Get(vm.Affinity) ?? pool.HostOfLocalDisk(vm) : pool.Get(vm.ResidentOn);

    /// <summary>All VMs of which <see cref="HostOf(PoolPicture, Vm)"/> is this host, and maybe others that have something to do with it.</summary>
    internal static IEnumerable<Vm> VmsMaybeAt(this PoolPicture pool, Host host) =>
    [
        .. pool.Referrers<Vm>(host.Ref, VmFields.ResidentOn),
        .. pool.Referrers<Vm>(host.Ref, VmFields.Affinity),
        .. pool.Referrers<Pbd>(host.Ref, PbdFields.Host).Select(link => pool.Get(link.Sr)).OfType<Sr>().Where(sr => !sr.Shared)
            .SelectMany(pool.DisksIn).SelectMany(disk => pool.Referrers<Vbd>(disk.Ref, VbdFields.Vdi)).Select(drive => pool.Get(drive.Vm)).OfType<Vm>(),
    ];

    /// <summary>The disks and drives, in the order of their device numbers.</summary>
    public static ImmutableArray<VmDisk> DisksOf(this PoolPicture pool, Vm vm) =>
    [
        .. pool.Referrers<Vbd>(vm.Ref, VbdFields.Vm)
            .OrderBy(b => int.TryParse(b.Userdevice, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
            .ThenBy(b => b.Userdevice, StringComparer.Ordinal)
            .Select(b => new VmDisk(b, pool.Get(b.Vdi), pool.Get(b.Vdi) is { } disk ? pool.Get(disk.Sr) : null)),
    ];

    /// <summary>The network devices, in the order of their numbers.</summary>
    public static ImmutableArray<VmNetworkDevice> NetworkDevicesOf(this PoolPicture pool, Vm vm) =>
    [
        .. pool.Referrers<Vif>(vm.Ref, VifFields.Vm)
            .OrderBy(v => int.TryParse(v.Device, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
            .Select(v => new VmNetworkDevice(v, pool.Get(v.Network))),
    ];

    /// <summary>The addresses the guest reports, device by device, link-local ones last.</summary>
    public static ImmutableArray<VmAddress> AddressesOf(this PoolPicture pool, Vm vm) =>
        pool.Get(vm.GuestMetrics) is { } guest ? GuestFacts.AddressesOf(guest) : [];

    /// <summary>The one address to show where there is room for one.</summary>
    public static VmAddress? MainAddressOf(this PoolPicture pool, Vm vm) => pool.Get(vm.GuestMetrics) is { } guest ? GuestFacts.MainAddressOf(guest) : null;

    /// <summary>The operating system in the guest's words (cut to a sensible length), or empty.</summary>
    public static string OsNameOf(this PoolPicture pool, Vm vm) => pool.Get(vm.GuestMetrics) is { } guest ? GuestFacts.OsNameOf(guest) : "";

    public static GuestTools ToolsOf(this PoolPicture pool, Vm vm)
    {
        if (vm.PowerState != VmPowerState.Running)
            return new(GuestToolsState.Unknown, "");
        if (pool.Get(vm.GuestMetrics) is not { } guest)
            return new(GuestToolsState.NotDetected, "");
        var version = Version(guest.PvDriversVersion);
        var reports = version.Length > 0 || (guest.Other.TryGetValue("feature-static-ip-setting", out var feature) && feature == "1");
        return new(reports ? GuestToolsState.Detected : guest.PvDriversDetected ? GuestToolsState.DriversOnly : GuestToolsState.NotDetected, version);
    }

    /// <summary>Bytes of memory: what it has while it runs, what it would get when it starts otherwise.</summary>
    public static long MemoryOf(this PoolPicture pool, Vm vm) =>
        vm.PowerState is VmPowerState.Running or VmPowerState.Paused && pool.Get(vm.Metrics) is { MemoryActual: > 0 } metrics
            ? metrics.MemoryActual : vm.MemoryDynamicMax;

    /// <summary>Virtual processors: what it has while it runs, what it would get when it starts otherwise.</summary>
    public static long VcpusOf(this PoolPicture pool, Vm vm) =>
        vm.PowerState == VmPowerState.Running && pool.Get(vm.Metrics) is { VcpusNumber: > 0 } metrics ? metrics.VcpusNumber : vm.VcpusAtStartup;

    /// <summary>Since when it runs; null when it does not or nobody knows.</summary>
    public static DateTimeOffset? StartedAt(this PoolPicture pool, Vm vm) =>
        vm.PowerState is VmPowerState.Running or VmPowerState.Paused && pool.Get(vm.Metrics) is { } metrics && metrics.StartTime > DateTimeOffset.UnixEpoch
            ? metrics.StartTime : null;

    private static Host? HostOfLocalDisk(this PoolPicture pool, Vm vm)
    {
        foreach (var drive in pool.Referrers<Vbd>(vm.Ref, VbdFields.Vm))
            if (drive.Type == VbdType.Disk && pool.Get(drive.Vdi) is { } disk && pool.Get(disk.Sr) is { Shared: false } sr && pool.HostOf(sr) is { } host)
                return host;
        return null;
    }

    private static string Version(XenMap<string, string> version)
    {
        if (!version.TryGetValue("major", out var major) || !version.TryGetValue("minor", out var minor))
            return "";
        var text = version.TryGetValue("micro", out var micro) ? $"{major}.{minor}.{micro}" : $"{major}.{minor}";
        return GuestFacts.Cut(version.TryGetValue("build", out var build) && build.Length > 0 ? $"{text}-{build}" : text);
    }
}
