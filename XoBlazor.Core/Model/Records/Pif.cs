// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A host's network interface: physical, VLAN, bond, tunnel or SR-IOV.</summary>
public sealed record Pif : XapiObject
{
    public override XapiClass Class => XapiClass.Pif;

    public string Device { get; init; } = "";
    public XenRef<Network> Network { get; init; }
    public XenRef<Host> Host { get; init; }
    public string Mac { get; init; } = "";
    public long Mtu { get; init; }
    public long Vlan { get; init; }
    public XenRef<PifMetrics> Metrics { get; init; }
    public bool Physical { get; init; }
    public bool CurrentlyAttached { get; init; }
    public IpConfigurationMode IpConfigurationMode { get; init; }
    public string Ip { get; init; } = "";
    public string Netmask { get; init; } = "";
    public string Gateway { get; init; } = "";
    public string Dns { get; init; } = "";
    public XenRef<Bond> BondSlaveOf { get; init; }
    public ImmutableArray<XenRef<Bond>> BondMasterOf { get; init; } = [];
    public XenRef<Vlan> VlanMasterOf { get; init; }
    public ImmutableArray<XenRef<Vlan>> VlanSlaveOf { get; init; } = [];
    public bool Management { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool DisallowUnplug { get; init; }
    public ImmutableArray<XenRef<Tunnel>> TunnelAccessPifOf { get; init; } = [];
    public ImmutableArray<XenRef<Tunnel>> TunnelTransportPifOf { get; init; } = [];
    public Ipv6ConfigurationMode Ipv6ConfigurationMode { get; init; }
    public ImmutableArray<string> Ipv6 { get; init; } = [];
    public string Ipv6Gateway { get; init; } = "";
    public PrimaryAddressType PrimaryAddressType { get; init; }
    public bool Managed { get; init; }
    public XenMap<string, string> Properties { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> Capabilities { get; init; } = [];
    public PifIgmpStatus IgmpSnoopingStatus { get; init; }
    public ImmutableArray<XenRef<NetworkSriov>> SriovPhysicalPifOf { get; init; } = [];
    public ImmutableArray<XenRef<NetworkSriov>> SriovLogicalPifOf { get; init; } = [];
    public XenRef<Pci> Pci { get; init; }
}
