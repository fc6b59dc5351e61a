using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Networks;

/// <summary>The network interfaces of hosts: physical ones, VLANs and bonds.</summary>
public static class InterfaceOperations
{
    private static readonly Right s_edit = new("pif.edit", "Change interfaces of hosts", RightLevel.Administer);

    public static Operation Connect { get; } = new OperationOn<Pif>("pif.connect", s_edit, (work, pif) => work.RunAsync("PIF.plug", pif.Ref))
    {
        Title = "Connect",
        Progressive = "Connecting",
        Description = "Brings the interface up.",
        Unless = (pool, pif) => pif.CurrentlyAttached ? $"{pool.NameOf(pif)} is connected." : null,
    };

    public static Operation Disconnect { get; } = new OperationOn<Pif>("pif.disconnect", s_edit, (work, pif) => work.RunAsync("PIF.unplug", pif.Ref))
    {
        Title = "Disconnect",
        Progressive = "Disconnecting",
        Description = "Takes the interface down.",
        Confirmation = Confirmation.Ask,
        Consequence = "What goes over it stops: storage, migrations and whoever manages the host by it.",
        Unless = (pool, pif) => !pif.CurrentlyAttached ? $"{pool.NameOf(pif)} is not connected." : NotToTakeDown(pool, pif),
    };

    public static Operation Configure { get; } = new OperationOn<Pif>("pif.reconfigure_ip", s_edit, ConfigureAsync)
    {
        Title = "Change the address",
        Progressive = "Changing the address",
        Description = "Changes the host's address on this interface.",
        Confirmation = Confirmation.Ask,
        Consequence = "The interface is interrupted; when the host is managed by it and the address is wrong, the host is out of reach until somebody repairs it on its own screen.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        UnlessWith = AddressProblem,
        Parameters =
        [
            OperationParameter.Choice("mode", "IPv4", "None", "DHCP", "Static") with { Present = (_, pif) => EnumText<IpConfigurationMode>.Wire(((Pif)pif).IpConfigurationMode) },
            OperationParameter.Text("ip", "IPv4 address") with { MaxLength = 15, Present = (_, pif) => ((Pif)pif).Ip },
            OperationParameter.Text("netmask", "Network mask") with { MaxLength = 15, Present = (_, pif) => ((Pif)pif).Netmask },
            OperationParameter.Text("gateway", "Gateway") with { MaxLength = 45, Present = (_, pif) => ((Pif)pif).Gateway },
            OperationParameter.Text("dns", "Name servers") with { Description = "Several with commas between.", Present = (_, pif) => ((Pif)pif).Dns },
            OperationParameter.Choice("ipv6Mode", "IPv6", "None", "DHCP", "Static", "Autoconf") with { IsAdvanced = true, Present = (_, pif) => EnumText<Ipv6ConfigurationMode>.Wire(((Pif)pif).Ipv6ConfigurationMode) },
            OperationParameter.Text("ipv6", "IPv6 address") with { IsAdvanced = true, MaxLength = 49, Description = "With the length of the prefix, such as fd00::5/64.", Present = (_, pif) => ((Pif)pif).Ipv6.FirstOrDefault() },
        ],
    };

    /// <summary>XAPI cannot change a VLAN's tag: the network's VLANs are made anew on every host.</summary>
    public static Operation SetVlan { get; } = new OperationOn<Pif>("pif.set_vlan", s_edit, SetVlanAsync)
    {
        For = pif => pif.Vlan >= 0,
        Title = "Change the VLAN",
        Progressive = "Changing the VLAN",
        Description = "Puts the network on another VLAN, on every host.",
        Confirmation = Confirmation.Ask,
        Consequence = "The network is interrupted on all hosts; addresses that hosts have on it are lost.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (pool, pif) => TrunkOf(pool, pif) is null ? $"The interface below {pool.NameOf(pif)} is not known." : Siblings(pool, pif).Select(one => NotToTakeDown(pool, one)).FirstOrDefault(reason => reason is not null),
        Parameters = [OperationParameter.Number("vlan", "VLAN", 0, 4094) with { IsRequired = true, Present = (_, pif) => ((Pif)pif).Vlan }],
    };

    public static Operation Delete { get; } = new OperationOn<Pif>("pif.delete", s_edit, DeleteAsync)
    {
        Title = "Delete",
        Progressive = "Deleting",
        Description = "Takes the interface off its host's books; a physical one comes back with the next scan.",
        Confirmation = Confirmation.TypeName,
        Consequence = "The host loses its address there, and VMs on this host lose the network.",
        Group = OperationGroup.Delete,
        SuitsMany = false,
        Unless = (pool, pif) => NotToTakeDown(pool, pif) ?? (pif.Physical && pif.CurrentlyAttached ? $"{pool.NameOf(pif)} is connected; disconnect it first." : null)
            ?? (pif.BondSlaveOf.IsNull ? null : $"{pool.NameOf(pif)} is part of a bond; delete the bond first."),
    };

    public static Operation Scan { get; } = new OperationOn<Host>("host.scan_pifs", s_edit, (work, host) => work.RunAsync("PIF.scan", host.Ref))
    {
        Title = "Look for interfaces",
        Progressive = "Looking for interfaces",
        Description = "Looks which network cards the host has now.",
        Unless = (pool, host) => pool.IsHostLive(host) ? null : $"{pool.NameOf(host)} is down.",
    };

    public static Operation Manage { get; } = new OperationOn<Host>("host.set_management", s_edit, (work, host) => work.CallAsync("host.management_reconfigure", work.Arguments.Object<Pif>("pif")!.Ref))
    {
        Title = "Change the management interface",
        Progressive = "Changing the management interface",
        Description = "Manages the host by another of its interfaces from now on.",
        Confirmation = Confirmation.TypeName,
        Consequence = "The host's address becomes that of the interface; when it cannot be reached there, somebody has to repair it on its own screen.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (pool, host) => !pool.IsHostLive(host) ? $"{pool.NameOf(host)} is down." : pool.Pool is { HaEnabled: true } ? "HA is on; switch it off first." : null,
        Parameters = [OperationParameter.Object<Pif>("pif", "Interface", s_edit) with { IsRequired = true, Unsuitable = NotToManageBy }],
    };

    /// <summary>The same on every host of the pool, by the network that they share.</summary>
    public static Operation ManagePool { get; } = new OperationOn<Pool>("pool.set_management", Pools.PoolOperations.EditRight, (work, _) => work.RunAsync("pool.management_reconfigure", work.Arguments.Object<Network>("network")!.Ref))
    {
        Title = "Change the management network",
        Progressive = "Changing the management network",
        Description = "Manages all hosts of the pool over another network from now on.",
        Confirmation = Confirmation.TypeName,
        Consequence = "The addresses of all hosts become those they have on the network; when they cannot be reached there, somebody has to repair it on their own screens.",
        Group = OperationGroup.Change,
        SuitsMany = false,
        Unless = (_, pool) => pool.HaEnabled ? "HA is on; switch it off first." : null,
        Parameters = [OperationParameter.Object<Network>("network", "Network", UseRights.Network) with { IsRequired = true, Unsuitable = NotOnAllHosts }],
    };

    public static ImmutableArray<Operation> All { get; } = [Connect, Disconnect, Configure, SetVlan, Delete, Scan, Manage, ManagePool];

    private static async Task ConfigureAsync(OperationWork work, Pif pif)
    {
        var given = work.Arguments;
        var (gateway, dns) = (given.Text("gateway") ?? pif.Gateway, given.Text("dns") ?? pif.Dns);
        if (given.Text("ipv6Mode") is { } mode6 && (mode6 != EnumText<Ipv6ConfigurationMode>.Wire(pif.Ipv6ConfigurationMode) || given.Text("ipv6") is { Length: > 0 } ipv6 && !pif.Ipv6.Contains(ipv6)))
        {
            var isStatic = mode6 == "Static";
            await work.RunAsync("PIF.reconfigure_ipv6", pif.Ref, mode6, isStatic ? given.Text("ipv6") ?? "" : "", isStatic && IsIpv6(gateway) ? gateway : "", isStatic ? dns : "");
            work.Did("the IPv6 address was changed");
        }

        if ((given.Text("mode") ?? (given.Has("ip") ? "Static" : null)) is { } mode)
        {
            var isStatic = mode == "Static";
            await work.RunAsync(
                "PIF.reconfigure_ip", pif.Ref, mode, isStatic ? given.Text("ip") ?? pif.Ip : "", isStatic ? given.Text("netmask") ?? pif.Netmask : "", isStatic && !IsIpv6(gateway) ? gateway : "", isStatic ? dns : "");
        }
    }

    private static async Task SetVlanAsync(OperationWork work, Pif pif)
    {
        var (trunk, tag) = (TrunkOf(work.Pool, pif)!, work.Arguments.Number("vlan")!.Value);
        if (tag == pif.Vlan)
            return;
        var old = Siblings(work.Pool, pif).ToList();
        work.Expect(old.Count + 1);
        foreach (var one in old)
            await work.RunAsync("VLAN.destroy", XapiValue.Ref(one.VlanMasterOf));
        work.Undo($"the network without its VLAN {pif.Vlan}", () => work.CallAsync("pool.create_VLAN_from_PIF", trunk.Ref, XapiValue.Ref(pif.Network), pif.Vlan));
        await work.RunAsync("pool.create_VLAN_from_PIF", trunk.Ref, XapiValue.Ref(pif.Network), tag);
    }

    private static Task DeleteAsync(OperationWork work, Pif pif) =>
        !pif.VlanMasterOf.IsNull ? work.RunAsync("VLAN.destroy", XapiValue.Ref(pif.VlanMasterOf))
        : pif.BondMasterOf is [var bond, ..] ? work.RunAsync("Bond.destroy", XapiValue.Ref(bond))
        : work.RunAsync("PIF.forget", pif.Ref);

    /// <summary>What the VLAN is on.</summary>
    private static Pif? TrunkOf(PoolPicture pool, Pif pif) => pool.Get(pif.VlanMasterOf) is { } vlan ? pool.Get(vlan.TaggedPif) : null;

    /// <summary>The VLANs of its network on all hosts, itself among them.</summary>
    private static IEnumerable<Pif> Siblings(PoolPicture pool, Pif pif) =>
        pool.Get(pif.Network) is { } network ? pool.Get(network.Pifs).Where(one => one.Vlan == pif.Vlan && !one.VlanMasterOf.IsNull) : [pif];

    private static string? NotToTakeDown(PoolPicture pool, Pif pif) =>
        pif.Management ? $"{pool.NameOf(pif)} is what its host is managed by."
        : pif.DisallowUnplug ? $"{pool.NameOf(pif)} must not be disconnected: something on its host needs it."
        : pool.Get(pif.Network) is { } network && pool.Get(network.Vifs).Any(device => device.CurrentlyAttached && pool.Get(device.Vm)?.ResidentOn.Value == pif.Host.Value) ? $"{pool.NameOf(pif)} is in use by VMs that run on its host."
        : null;

    private static string? AddressProblem(PoolPicture pool, Pif pif, OperationArguments given)
    {
        if (given.Text("mode") == "None" && pif.Management)
            return $"{pool.NameOf(pif)} is what its host is managed by, and needs an address.";
        if (given.Text("mode") == "Static")
            foreach (var (name, present) in (ReadOnlySpan<(string, string)>)[("ip", pif.Ip), ("netmask", pif.Netmask)])
                if (!IsAddress(given.Text(name) ?? present, AddressFamily.InterNetwork))
                    return $"'{name}' has to be an IPv4 address.";
        if (given.Text("gateway") is { Length: > 0 } gateway && !IPAddress.TryParse(gateway, out _))
            return "'gateway' has to be an address.";
        if (given.Text("dns") is { Length: > 0 } dns && !dns.Split(',').All(one => IPAddress.TryParse(one.Trim(), out _)))
            return "'dns' has to be addresses, with commas between.";
        return given.Text("ipv6Mode") == "Static" && !(given.Text("ipv6")?.Split('/') is [var address, var prefix] && IsIpv6(address) && int.TryParse(prefix, out var bits) && bits is > 0 and <= 128)
            ? "'ipv6' has to be an IPv6 address with the length of its prefix, such as fd00::5/64." : null;
    }

    private static bool IsIpv6(string text) => IsAddress(text, AddressFamily.InterNetworkV6);

    // 10.1 would be an address for .NET.
    private static bool IsAddress(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == family && (family != AddressFamily.InterNetwork || text.Count(letter => letter == '.') == 3);

    private static string? NotToManageBy(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var pif = (Pif)candidate;
        return pif.Host.Value != target.Ref ? $"{pool.NameOf(pif)} is an interface of another host."
            : pif.Management ? $"{pool.NameOf(pif)} is what the host is managed by."
            : !pif.BondSlaveOf.IsNull ? $"{pool.NameOf(pif)} is part of a bond."
            : pif.IpConfigurationMode == IpConfigurationMode.None && pif.Ipv6ConfigurationMode == Ipv6ConfigurationMode.None ? $"{pool.NameOf(pif)} has no address; give it one first." : null;
    }

    private static string? NotOnAllHosts(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var hosts = pool.Get(((Network)candidate).Pifs).Where(pif => pif.IpConfigurationMode != IpConfigurationMode.None).Select(pif => pif.Host).ToHashSet();
        return pool.All<Host>().Any(host => !hosts.Contains(new(host.Ref))) ? $"Not every host has an address on {pool.NameOf(candidate)}." : null;
    }
}
