using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>Which updates of the maker's a host of XenServer up to 8.2 has, told from the picture alone. Of packages nothing is in the pool's database.</summary>
public static class InstalledUpdates
{
    /// <summary>Their uuids.</summary>
    public static IReadOnlySet<string> On(PoolPicture pool, Host host) => new HashSet<string>(
        [.. pool.Get(host.Updates).Select(update => update.Uuid), .. pool.Get(host.Patches).Where(patch => patch.Applied).Select(patch => pool.Get(patch.PoolPatch)?.Uuid).OfType<string>()], StringComparer.OrdinalIgnoreCase);
}
