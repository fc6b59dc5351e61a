using XoBlazor.Core.Model;

namespace XoBlazor.Core.Patching;

/// <summary>How a host takes updates: it changed three times, and nothing of one way works with another.</summary>
public enum HostGeneration
{
    /// <summary>XenServer up to 7.0: <c>.xsupdate</c> files, pool-wide (<c>pool_patch</c>).</summary>
    Patches,

    /// <summary>XenServer and Citrix Hypervisor 7.1 to 8.2: ISO images in a disk, pool-wide (<c>pool_update</c>).</summary>
    UpdateImages,

    /// <summary>XCP-ng: packages that each host fetches itself (plugin <c>updater.py</c>).</summary>
    Packages,

    /// <summary>XenServer 8 and later: repositories that the pool keeps a copy of (<c>host.apply_updates</c>).</summary>
    Repositories,
}

/// <summary>What tells the generations of hosts apart.</summary>
public static class HostGenerations
{
    private static readonly Version s_firstWithImages = new(2, 1, 1);
    private static readonly Version s_lastWithImages = new(8, 3, 0);

    /// <summary>By product and versions, as Xen Orchestra does it (xo-proxying.md §4); a host that does not say is taken for one of the present.</summary>
    public static HostGeneration Of(Host host)
    {
        var brand = host.SoftwareVersion.GetValueOrDefault("product_brand") ?? "";
        return brand.Equals("XCP-ng", StringComparison.OrdinalIgnoreCase) ? HostGeneration.Packages
            : Number(host, "platform_version") is { } platform && platform < s_firstWithImages ? HostGeneration.Patches
            : Number(host, "product_version") is { } product && product <= s_lastWithImages ? HostGeneration.UpdateImages
            : HostGeneration.Repositories;
    }

    /// <summary>Hosts may be brought up to date one by one; else all hosts of a pool get an update at once, before the first is emptied.</summary>
    public static bool IsPerHost(this HostGeneration generation) => generation is HostGeneration.Packages or HostGeneration.Repositories;

    /// <summary>What is missing is found out with the catalogue of the product's maker, not with the host.</summary>
    public static bool NeedsCatalogue(this HostGeneration generation) => generation is HostGeneration.Patches or HostGeneration.UpdateImages;

    /// <summary>Three numbers; fewer count as zero, and what follows is no matter.</summary>
    private static Version? Number(Host host, string key)
    {
        var parts = (host.SoftwareVersion.GetValueOrDefault(key) ?? "").Split('.', '-', '+');
        return parts.Length > 0 && int.TryParse(parts[0], out var major) ? new(major, Part(1), Part(2)) : null;

        int Part(int index) => parts.Length > index && int.TryParse(parts[index], out var number) && number >= 0 ? number : 0;
    }
}
