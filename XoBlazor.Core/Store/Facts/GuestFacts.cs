using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What a guest's own report says, read as people want it. All of it is the guest's word.</summary>
public static class GuestFacts
{
    private const int LongestWord = 256;

    /// <summary>Device by device, link-local addresses last.</summary>
    public static ImmutableArray<VmAddress> AddressesOf(VmGuestMetrics guest) => guest.Networks.Count > 0 ? GuestNetworks.Read(guest.Networks) : [];

    /// <summary>The one address to show where there is room for one.</summary>
    public static VmAddress? MainAddressOf(VmGuestMetrics guest) => AddressesOf(guest) is [var first, ..] ? first : null;

    /// <summary>The operating system in the guest's words (cut to a sensible length), or empty.</summary>
    public static string OsNameOf(VmGuestMetrics guest)
    {
        if (guest.OsVersion.TryGetValue("name", out var name) && name.Length > 0)
            return Cut((name.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0 ? name[..bar] : name).Trim());
        return guest.OsVersion.TryGetValue("distro", out var distro) ? Cut(distro) : "";
    }

    internal static string Cut(string text) => text.Length <= LongestWord ? text : text[..LongestWord];
}
