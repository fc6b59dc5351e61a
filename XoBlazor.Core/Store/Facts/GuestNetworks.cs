using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>
/// Reads the <c>networks</c> map of guest metrics: <c>0/ip</c>, <c>0/ipv4/1</c>, <c>1/ipv6/0</c>, several addresses in one value split by blanks.
/// All of it is the guest's word: what is no address is passed over, and a guest that reports a flood is cut off.
/// </summary>
internal static class GuestNetworks
{
    private const int MostAddresses = 64;
    private const int LongestValue = 1024;

    private static readonly char[] s_blanks = [' ', '\t', '\r', '\n', ','];

    public static ImmutableArray<VmAddress> Read(XenMap<string, string> networks)
    {
        var found = new List<(int Order, VmAddress Address)>();
        foreach (var (key, value) in networks.Entries)
        {
            if (!TryReadKey(key, out var device, out var order) || value.Length > LongestValue)
                continue;
            foreach (var text in value.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries))
                if (found.Count < MostAddresses && TryReadAddress(text, out var address))
                    found.Add((order, new(device, address)));
        }

        return [.. found.OrderBy(f => f.Address.Device).ThenBy(f => IsLinkLocal(f.Address.Address)).ThenBy(f => f.Order).Select(f => f.Address).Distinct()];
    }

    /// <summary>The IPv4 forms come before the IPv6 ones.</summary>
    private static bool TryReadKey(string key, out int device, out int order)
    {
        (device, order) = (0, 0);
        var parts = key.Split('/');
        if (parts.Length is < 2 or > 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out device))
            return false;
        if (parts.Length == 2)
            return parts[1] == "ip";
        if (!int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > MostAddresses)
            return false;
        order = number + (parts[1] == "ipv6" ? 2 * MostAddresses : MostAddresses);
        return parts[1] is "ipv4" or "ipv6";
    }

    private static bool TryReadAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3);

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}
