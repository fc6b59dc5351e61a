using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Core.Transfers.Remote;

/// <summary>Which addresses are the public Internet's. All others may be a neighbour's, the server's own, or a cloud's store of secrets (IANA's special-purpose registries).</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] s_notV4 =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"]).Select(text => IPNetwork.Parse(text)),
    ];

    // Of what is given out to the world: tunnels that lead to any address of version 4, and what is for documents and benchmarks.
    private static readonly IPNetwork[] s_notV6 = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"]).Select(text => IPNetwork.Parse(text))];

    private static readonly IPNetwork[] s_private = [.. ((string[])["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]).Select(text => IPNetwork.Parse(text))];

    private static readonly IPNetwork[] s_clouds = [.. ((string[])["100.100.100.200/32", "fd00:ec2::/32"]).Select(text => IPNetwork.Parse(text))];

    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");

    /// <summary>Whether it is one of the public Internet.</summary>
    public static bool Contains(IPAddress address) => Plain(address) is var plain && plain.AddressFamily == AddressFamily.InterNetwork
        ? !Array.Exists(s_notV4, network => network.Contains(plain))
        : s_global.Contains(plain) && !Array.Exists(s_notV6, network => network.Contains(plain));

    /// <summary>Whether it is one of a private network, such as a company's own: no public one, not this machine, nothing on its links, and none at which clouds keep secrets.</summary>
    public static bool IsPrivate(IPAddress address) => Plain(address) is var plain && Array.Exists(s_private, network => network.Contains(plain)) && !Array.Exists(s_clouds, network => network.Contains(plain));

    /// <summary>The address that is meant by one of version 4 written as one of version 6; without a scope.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily == AddressFamily.InterNetworkV6 ? new(address.GetAddressBytes()) : address;
}
