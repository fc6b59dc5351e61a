using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What follows about hosts and the pool from their neighbours. Computed from one picture when asked.</summary>
public static class HostFacts
{
    /// <summary>The host that speaks for the pool ("master" in XAPI).</summary>
    public static Host? Coordinator(this PoolPicture pool) => pool.Pool is { } there ? pool.Get(there.Master) : null;

    public static bool IsCoordinator(this PoolPicture pool, Host host) => pool.Pool?.Master.Value == host.Ref;

    /// <summary>The name to show for a pool: its own, or its coordinator's where it has none, as a pool of one host usually does.</summary>
    public static string Name(this PoolPicture pool) =>
        ForeignText.Shown(pool.Pool is { NameLabel.Length: > 0 } named ? named.NameLabel : pool.Coordinator()?.NameLabel ?? pool.Uuid);

    /// <summary>The pool's coordinator sees the host at work. Its toolstack may be down while its VMs run on.</summary>
    public static bool IsHostLive(this PoolPicture pool, Host host) => pool.Get(host.Metrics) is { Live: true };

    public static MemoryUse MemoryOf(this PoolPicture pool, Host host)
    {
        if (pool.Get(host.Metrics) is not { } metrics)
            return default;
        var total = Math.Max(metrics.MemoryTotal, 0);
        return new(total, metrics.Live ? Math.Clamp(metrics.MemoryFree, 0, total) : total);
    }

    /// <summary>Physical processors as the host counts them: hardware threads.</summary>
    public static int CpusOf(this PoolPicture pool, Host host) =>
        host.CpuInfo.TryGetValue("cpu_count", out var text) && int.TryParse(text, out var count) && count >= 0
            ? count : pool.Referrers<HostCpu>(host.Ref, HostCpuFields.Host).Count();

    /// <summary>The VMs that are on the host now, its own control domain not counted.</summary>
    public static IEnumerable<Vm> VmsOn(this PoolPicture pool, Host host) =>
        pool.Referrers<Vm>(host.Ref, VmFields.ResidentOn).Where(v => !v.IsControlDomain);

    public static Vm? ControlDomainOf(this PoolPicture pool, Host host) =>
        pool.Get(host.ControlDomain) ?? pool.Referrers<Vm>(host.Ref, VmFields.ResidentOn).FirstOrDefault(v => v.IsControlDomain);

    /// <summary>The product and its version, such as <c>XCP-ng 8.3.0</c>.</summary>
    public static string ProductOf(Host host) =>
        (host.SoftwareVersion.TryGetValue("product_brand", out var brand) ? brand : "")
        + (host.SoftwareVersion.TryGetValue("product_version", out var version) && version.Length > 0 ? " " + version : "");

    /// <summary>When the host was booted, as it noted itself; null when it did not.</summary>
    public static DateTimeOffset? BootedAt(Host host) =>
        host.OtherConfig.TryGetValue("boot_time", out var text)
        && double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
}
