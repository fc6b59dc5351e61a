using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Facts;

/// <summary>How an SR is attached to the hosts that should have it.</summary>
public enum SrConnection
{
    /// <summary>No host knows a way to it.</summary>
    Unconnected,
    Disconnected,

    /// <summary>Some hosts have it, some do not.</summary>
    Partly,
    Connected,
}

/// <summary>Bytes in an SR. Size and use are the storage's own word; what was given out may be more than there is.</summary>
public readonly record struct SrUse(long Size, long Used, long Allocated)
{
    public long Free => Math.Max(Size - Used, 0);

    /// <summary>0 to 1; null for storage without a size, such as a DVD drive's.</summary>
    public double? Share => Size > 0 ? Math.Clamp((double)Used / Size, 0, 1) : null;
}

/// <summary>What follows about storage from its neighbours. Computed from one picture when asked.</summary>
public static class SrFacts
{
    public static SrUse UseOf(Sr sr) => new(Math.Max(sr.PhysicalSize, 0), Math.Max(sr.PhysicalUtilisation, 0), Math.Max(sr.VirtualAllocation, 0));

    /// <summary>The only host that can reach the SR; null for shared ones and those without a host.</summary>
    public static Host? HostOf(this PoolPicture pool, Sr sr)
    {
        if (sr.Shared)
            return null;
        foreach (var link in pool.Referrers<Pbd>(sr.Ref, PbdFields.Sr))
            if (pool.Get(link.Host) is { } host)
                return host;
        return null;
    }

    /// <summary>Where disks go that nobody named a storage for; null when the pool has none.</summary>
    public static Sr? DefaultSr(this PoolPicture pool) => pool.Pool is { } own ? pool.Get(own.DefaultSr) : null;

    /// <summary>Where one more disk of a VM goes that nobody named a storage for: beside the others, or on the pool's default.</summary>
    public static Sr? UsualSrOf(this PoolPicture pool, Vm vm) =>
        pool.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk).Select(disk => disk.Sr).FirstOrDefault(sr => sr is not null) ?? pool.DefaultSr();

    /// <summary>The hosts that have it attached now.</summary>
    public static IEnumerable<Host> HostsOf(this PoolPicture pool, Sr sr) =>
        pool.Referrers<Pbd>(sr.Ref, PbdFields.Sr).Where(p => p.CurrentlyAttached).Select(p => pool.Get(p.Host)).OfType<Host>().Distinct();

    public static SrConnection ConnectionOf(this PoolPicture pool, Sr sr)
    {
        var (all, attached) = (0, 0);
        foreach (var link in pool.Referrers<Pbd>(sr.Ref, PbdFields.Sr))
        {
            all++;
            if (link.CurrentlyAttached)
                attached++;
        }

        return all == 0 ? SrConnection.Unconnected : attached == 0 ? SrConnection.Disconnected
            : attached < all ? SrConnection.Partly : SrConnection.Connected;
    }

    /// <summary>The disks in it.</summary>
    public static IEnumerable<Vdi> DisksIn(this PoolPicture pool, Sr sr) => pool.Referrers<Vdi>(sr.Ref, VdiFields.Sr);

    /// <summary>Whether it is a disc that drives take: an image of an ISO library, or what lies in a host's own drive.</summary>
    public static bool IsDisc(this PoolPicture pool, Vdi disk) => pool.Get(disk.Sr) is { ContentType: "iso" };

    /// <summary>Whether it is an image of an ISO library.</summary>
    public static bool IsIso(this PoolPicture pool, Vdi disk) => pool.Get(disk.Sr) is { ContentType: "iso", Type: not "udev" };

    /// <summary>The VMs that use a disk.</summary>
    public static IEnumerable<Vm> VmsUsing(this PoolPicture pool, Vdi disk) =>
        pool.Referrers<Vbd>(disk.Ref, VbdFields.Vdi).Select(b => pool.Get(b.Vm)).OfType<Vm>().Distinct();

    /// <summary>The VMs with a device on a network.</summary>
    public static IEnumerable<Vm> VmsOn(this PoolPicture pool, Network network) =>
        pool.Referrers<Vif>(network.Ref, VifFields.Network).Select(v => pool.Get(v.Vm)).OfType<Vm>().Distinct();
}
