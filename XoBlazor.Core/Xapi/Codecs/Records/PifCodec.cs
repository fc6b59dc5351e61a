// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Pif"/>'s fields.</summary>
public static class PifFields
{
    public const int Uuid = 0;
    public const int Device = 1;
    public const int Network = 2;
    public const int Host = 3;
    public const int Mac = 4;
    public const int Mtu = 5;
    public const int Vlan = 6;
    public const int Metrics = 7;
    public const int Physical = 8;
    public const int CurrentlyAttached = 9;
    public const int IpConfigurationMode = 10;
    public const int Ip = 11;
    public const int Netmask = 12;
    public const int Gateway = 13;
    public const int Dns = 14;
    public const int BondSlaveOf = 15;
    public const int BondMasterOf = 16;
    public const int VlanMasterOf = 17;
    public const int VlanSlaveOf = 18;
    public const int Management = 19;
    public const int OtherConfig = 20;
    public const int DisallowUnplug = 21;
    public const int TunnelAccessPifOf = 22;
    public const int TunnelTransportPifOf = 23;
    public const int Ipv6ConfigurationMode = 24;
    public const int Ipv6 = 25;
    public const int Ipv6Gateway = 26;
    public const int PrimaryAddressType = 27;
    public const int Managed = 28;
    public const int Properties = 29;
    public const int Capabilities = 30;
    public const int IgmpSnoopingStatus = 31;
    public const int SriovPhysicalPifOf = 32;
    public const int SriovLogicalPifOf = 33;
    public const int Pci = 34;
}

internal sealed class PifCodec : XapiCodec
{
    private static readonly Pif s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Pif.Uuid), "string", false),
        new(1, "device", nameof(Pif.Device), "string", false),
        new(2, "network", nameof(Pif.Network), "network ref", false),
        new(3, "host", nameof(Pif.Host), "host ref", false),
        new(4, "MAC", nameof(Pif.Mac), "string", false),
        new(5, "MTU", nameof(Pif.Mtu), "int", false),
        new(6, "VLAN", nameof(Pif.Vlan), "int", false),
        new(7, "metrics", nameof(Pif.Metrics), "PIF_metrics ref", false),
        new(8, "physical", nameof(Pif.Physical), "bool", false),
        new(9, "currently_attached", nameof(Pif.CurrentlyAttached), "bool", false),
        new(10, "ip_configuration_mode", nameof(Pif.IpConfigurationMode), "enum ip_configuration_mode", false),
        new(11, "IP", nameof(Pif.Ip), "string", false),
        new(12, "netmask", nameof(Pif.Netmask), "string", false),
        new(13, "gateway", nameof(Pif.Gateway), "string", false),
        new(14, "DNS", nameof(Pif.Dns), "string", false),
        new(15, "bond_slave_of", nameof(Pif.BondSlaveOf), "Bond ref", false),
        new(16, "bond_master_of", nameof(Pif.BondMasterOf), "Bond ref set", false),
        new(17, "VLAN_master_of", nameof(Pif.VlanMasterOf), "VLAN ref", false),
        new(18, "VLAN_slave_of", nameof(Pif.VlanSlaveOf), "VLAN ref set", false),
        new(19, "management", nameof(Pif.Management), "bool", false),
        new(20, "other_config", nameof(Pif.OtherConfig), "(string -> string) map", false),
        new(21, "disallow_unplug", nameof(Pif.DisallowUnplug), "bool", false),
        new(22, "tunnel_access_PIF_of", nameof(Pif.TunnelAccessPifOf), "tunnel ref set", false),
        new(23, "tunnel_transport_PIF_of", nameof(Pif.TunnelTransportPifOf), "tunnel ref set", false),
        new(24, "ipv6_configuration_mode", nameof(Pif.Ipv6ConfigurationMode), "enum ipv6_configuration_mode", false),
        new(25, "IPv6", nameof(Pif.Ipv6), "string set", false),
        new(26, "ipv6_gateway", nameof(Pif.Ipv6Gateway), "string", false),
        new(27, "primary_address_type", nameof(Pif.PrimaryAddressType), "enum primary_address_type", false),
        new(28, "managed", nameof(Pif.Managed), "bool", false),
        new(29, "properties", nameof(Pif.Properties), "(string -> string) map", false),
        new(30, "capabilities", nameof(Pif.Capabilities), "string set", false),
        new(31, "igmp_snooping_status", nameof(Pif.IgmpSnoopingStatus), "enum pif_igmp_status", false),
        new(32, "sriov_physical_PIF_of", nameof(Pif.SriovPhysicalPifOf), "network_sriov ref set", false),
        new(33, "sriov_logical_PIF_of", nameof(Pif.SriovLogicalPifOf), "network_sriov ref set", false),
        new(34, "PCI", nameof(Pif.Pci), "PCI ref", false),
    ]);

    public override XapiClass Class => XapiClass.Pif;

    public override string WireName => "PIF";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Pif ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Pif);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.Device;
        var f2 = s_blank.Network;
        var f3 = s_blank.Host;
        var f4 = s_blank.Mac;
        var f5 = s_blank.Mtu;
        var f6 = s_blank.Vlan;
        var f7 = s_blank.Metrics;
        var f8 = s_blank.Physical;
        var f9 = s_blank.CurrentlyAttached;
        var f10 = s_blank.IpConfigurationMode;
        var f11 = s_blank.Ip;
        var f12 = s_blank.Netmask;
        var f13 = s_blank.Gateway;
        var f14 = s_blank.Dns;
        var f15 = s_blank.BondSlaveOf;
        var f16 = s_blank.BondMasterOf;
        var f17 = s_blank.VlanMasterOf;
        var f18 = s_blank.VlanSlaveOf;
        var f19 = s_blank.Management;
        var f20 = s_blank.OtherConfig;
        var f21 = s_blank.DisallowUnplug;
        var f22 = s_blank.TunnelAccessPifOf;
        var f23 = s_blank.TunnelTransportPifOf;
        var f24 = s_blank.Ipv6ConfigurationMode;
        var f25 = s_blank.Ipv6;
        var f26 = s_blank.Ipv6Gateway;
        var f27 = s_blank.PrimaryAddressType;
        var f28 = s_blank.Managed;
        var f29 = s_blank.Properties;
        var f30 = s_blank.Capabilities;
        var f31 = s_blank.IgmpSnoopingStatus;
        var f32 = s_blank.SriovPhysicalPifOf;
        var f33 = s_blank.SriovLogicalPifOf;
        var f34 = s_blank.Pci;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.Device, context); break;
                case 2: f2 = RefWire<Network>.Read(ref reader, before.Network, context); break;
                case 3: f3 = RefWire<Host>.Read(ref reader, before.Host, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.Mac, context); break;
                case 5: f5 = IntWire.Read(ref reader, before.Mtu, context); break;
                case 6: f6 = IntWire.Read(ref reader, before.Vlan, context); break;
                case 7: f7 = RefWire<PifMetrics>.Read(ref reader, before.Metrics, context); break;
                case 8: f8 = BoolWire.Read(ref reader, before.Physical, context); break;
                case 9: f9 = BoolWire.Read(ref reader, before.CurrentlyAttached, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.IpConfigurationMode, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.Ip, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.Netmask, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.Gateway, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.Dns, context); break;
                case 15: f15 = RefWire<Bond>.Read(ref reader, before.BondSlaveOf, context); break;
                case 16: f16 = SetWire<XenRef<Bond>, RefWire<Bond>>.Read(ref reader, before.BondMasterOf, context); break;
                case 17: f17 = RefWire<Vlan>.Read(ref reader, before.VlanMasterOf, context); break;
                case 18: f18 = SetWire<XenRef<Vlan>, RefWire<Vlan>>.Read(ref reader, before.VlanSlaveOf, context); break;
                case 19: f19 = BoolWire.Read(ref reader, before.Management, context); break;
                case 20: f20 = memo.F20.Read(ref reader, before.OtherConfig, context); break;
                case 21: f21 = BoolWire.Read(ref reader, before.DisallowUnplug, context); break;
                case 22: f22 = SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Read(ref reader, before.TunnelAccessPifOf, context); break;
                case 23: f23 = SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Read(ref reader, before.TunnelTransportPifOf, context); break;
                case 24: f24 = memo.F24.Read(ref reader, before.Ipv6ConfigurationMode, context); break;
                case 25: f25 = memo.F25.Read(ref reader, before.Ipv6, context); break;
                case 26: f26 = memo.F26.Read(ref reader, before.Ipv6Gateway, context); break;
                case 27: f27 = memo.F27.Read(ref reader, before.PrimaryAddressType, context); break;
                case 28: f28 = BoolWire.Read(ref reader, before.Managed, context); break;
                case 29: f29 = memo.F29.Read(ref reader, before.Properties, context); break;
                case 30: f30 = memo.F30.Read(ref reader, before.Capabilities, context); break;
                case 31: f31 = memo.F31.Read(ref reader, before.IgmpSnoopingStatus, context); break;
                case 32: f32 = SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Read(ref reader, before.SriovPhysicalPifOf, context); break;
                case 33: f33 = SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Read(ref reader, before.SriovLogicalPifOf, context); break;
                case 34: f34 = RefWire<Pci>.Read(ref reader, before.Pci, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Pif
        {
            Ref = reference,
            Uuid = f0,
            Device = f1,
            Network = f2,
            Host = f3,
            Mac = f4,
            Mtu = f5,
            Vlan = f6,
            Metrics = f7,
            Physical = f8,
            CurrentlyAttached = f9,
            IpConfigurationMode = f10,
            Ip = f11,
            Netmask = f12,
            Gateway = f13,
            Dns = f14,
            BondSlaveOf = f15,
            BondMasterOf = f16,
            VlanMasterOf = f17,
            VlanSlaveOf = f18,
            Management = f19,
            OtherConfig = f20,
            DisallowUnplug = f21,
            TunnelAccessPifOf = f22,
            TunnelTransportPifOf = f23,
            Ipv6ConfigurationMode = f24,
            Ipv6 = f25,
            Ipv6Gateway = f26,
            PrimaryAddressType = f27,
            Managed = f28,
            Properties = f29,
            Capabilities = f30,
            IgmpSnoopingStatus = f31,
            SriovPhysicalPifOf = f32,
            SriovLogicalPifOf = f33,
            Pci = f34,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Pif)a, (Pif)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.Device, y.Device)) changed = changed.With(1);
        if (!RefWire<Network>.Same(x.Network, y.Network)) changed = changed.With(2);
        if (!RefWire<Host>.Same(x.Host, y.Host)) changed = changed.With(3);
        if (!TextWire.Same(x.Mac, y.Mac)) changed = changed.With(4);
        if (!IntWire.Same(x.Mtu, y.Mtu)) changed = changed.With(5);
        if (!IntWire.Same(x.Vlan, y.Vlan)) changed = changed.With(6);
        if (!RefWire<PifMetrics>.Same(x.Metrics, y.Metrics)) changed = changed.With(7);
        if (!BoolWire.Same(x.Physical, y.Physical)) changed = changed.With(8);
        if (!BoolWire.Same(x.CurrentlyAttached, y.CurrentlyAttached)) changed = changed.With(9);
        if (!EnumWire<IpConfigurationMode>.Same(x.IpConfigurationMode, y.IpConfigurationMode)) changed = changed.With(10);
        if (!TextWire.Same(x.Ip, y.Ip)) changed = changed.With(11);
        if (!TextWire.Same(x.Netmask, y.Netmask)) changed = changed.With(12);
        if (!TextWire.Same(x.Gateway, y.Gateway)) changed = changed.With(13);
        if (!TextWire.Same(x.Dns, y.Dns)) changed = changed.With(14);
        if (!RefWire<Bond>.Same(x.BondSlaveOf, y.BondSlaveOf)) changed = changed.With(15);
        if (!SetWire<XenRef<Bond>, RefWire<Bond>>.Same(x.BondMasterOf, y.BondMasterOf)) changed = changed.With(16);
        if (!RefWire<Vlan>.Same(x.VlanMasterOf, y.VlanMasterOf)) changed = changed.With(17);
        if (!SetWire<XenRef<Vlan>, RefWire<Vlan>>.Same(x.VlanSlaveOf, y.VlanSlaveOf)) changed = changed.With(18);
        if (!BoolWire.Same(x.Management, y.Management)) changed = changed.With(19);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(20);
        if (!BoolWire.Same(x.DisallowUnplug, y.DisallowUnplug)) changed = changed.With(21);
        if (!SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Same(x.TunnelAccessPifOf, y.TunnelAccessPifOf)) changed = changed.With(22);
        if (!SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Same(x.TunnelTransportPifOf, y.TunnelTransportPifOf)) changed = changed.With(23);
        if (!EnumWire<Ipv6ConfigurationMode>.Same(x.Ipv6ConfigurationMode, y.Ipv6ConfigurationMode)) changed = changed.With(24);
        if (!SetWire<string, TextWire>.Same(x.Ipv6, y.Ipv6)) changed = changed.With(25);
        if (!TextWire.Same(x.Ipv6Gateway, y.Ipv6Gateway)) changed = changed.With(26);
        if (!EnumWire<PrimaryAddressType>.Same(x.PrimaryAddressType, y.PrimaryAddressType)) changed = changed.With(27);
        if (!BoolWire.Same(x.Managed, y.Managed)) changed = changed.With(28);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Properties, y.Properties)) changed = changed.With(29);
        if (!SetWire<string, TextWire>.Same(x.Capabilities, y.Capabilities)) changed = changed.With(30);
        if (!EnumWire<PifIgmpStatus>.Same(x.IgmpSnoopingStatus, y.IgmpSnoopingStatus)) changed = changed.With(31);
        if (!SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Same(x.SriovPhysicalPifOf, y.SriovPhysicalPifOf)) changed = changed.With(32);
        if (!SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Same(x.SriovLogicalPifOf, y.SriovLogicalPifOf)) changed = changed.With(33);
        if (!RefWire<Pci>.Same(x.Pci, y.Pci)) changed = changed.With(34);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Pif)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.Device); break;
            case 2: RefWire<Network>.Write(writer, x.Network); break;
            case 3: RefWire<Host>.Write(writer, x.Host); break;
            case 4: TextWire.Write(writer, x.Mac); break;
            case 5: IntWire.Write(writer, x.Mtu); break;
            case 6: IntWire.Write(writer, x.Vlan); break;
            case 7: RefWire<PifMetrics>.Write(writer, x.Metrics); break;
            case 8: BoolWire.Write(writer, x.Physical); break;
            case 9: BoolWire.Write(writer, x.CurrentlyAttached); break;
            case 10: EnumWire<IpConfigurationMode>.Write(writer, x.IpConfigurationMode); break;
            case 11: TextWire.Write(writer, x.Ip); break;
            case 12: TextWire.Write(writer, x.Netmask); break;
            case 13: TextWire.Write(writer, x.Gateway); break;
            case 14: TextWire.Write(writer, x.Dns); break;
            case 15: RefWire<Bond>.Write(writer, x.BondSlaveOf); break;
            case 16: SetWire<XenRef<Bond>, RefWire<Bond>>.Write(writer, x.BondMasterOf); break;
            case 17: RefWire<Vlan>.Write(writer, x.VlanMasterOf); break;
            case 18: SetWire<XenRef<Vlan>, RefWire<Vlan>>.Write(writer, x.VlanSlaveOf); break;
            case 19: BoolWire.Write(writer, x.Management); break;
            case 20: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 21: BoolWire.Write(writer, x.DisallowUnplug); break;
            case 22: SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Write(writer, x.TunnelAccessPifOf); break;
            case 23: SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Write(writer, x.TunnelTransportPifOf); break;
            case 24: EnumWire<Ipv6ConfigurationMode>.Write(writer, x.Ipv6ConfigurationMode); break;
            case 25: SetWire<string, TextWire>.Write(writer, x.Ipv6); break;
            case 26: TextWire.Write(writer, x.Ipv6Gateway); break;
            case 27: EnumWire<PrimaryAddressType>.Write(writer, x.PrimaryAddressType); break;
            case 28: BoolWire.Write(writer, x.Managed); break;
            case 29: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Properties); break;
            case 30: SetWire<string, TextWire>.Write(writer, x.Capabilities); break;
            case 31: EnumWire<PifIgmpStatus>.Write(writer, x.IgmpSnoopingStatus); break;
            case 32: SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Write(writer, x.SriovPhysicalPifOf); break;
            case 33: SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Write(writer, x.SriovLogicalPifOf); break;
            case 34: RefWire<Pci>.Write(writer, x.Pci); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "PIF has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Pif)value;
        RefWire<Network>.Visit(x.Network, 2, visitor);
        RefWire<Host>.Visit(x.Host, 3, visitor);
        RefWire<PifMetrics>.Visit(x.Metrics, 7, visitor);
        RefWire<Bond>.Visit(x.BondSlaveOf, 15, visitor);
        SetWire<XenRef<Bond>, RefWire<Bond>>.Visit(x.BondMasterOf, 16, visitor);
        RefWire<Vlan>.Visit(x.VlanMasterOf, 17, visitor);
        SetWire<XenRef<Vlan>, RefWire<Vlan>>.Visit(x.VlanSlaveOf, 18, visitor);
        SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Visit(x.TunnelAccessPifOf, 22, visitor);
        SetWire<XenRef<Tunnel>, RefWire<Tunnel>>.Visit(x.TunnelTransportPifOf, 23, visitor);
        SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Visit(x.SriovPhysicalPifOf, 32, visitor);
        SetWire<XenRef<NetworkSriov>, RefWire<NetworkSriov>>.Visit(x.SriovLogicalPifOf, 33, visitor);
        RefWire<Pci>.Visit(x.Pci, 34, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<IpConfigurationMode, EnumWire<IpConfigurationMode>> F10;
        public FieldMemo<string, TextWire> F11;
        public FieldMemo<string, TextWire> F12;
        public FieldMemo<string, TextWire> F13;
        public FieldMemo<string, TextWire> F14;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F20;
        public FieldMemo<Ipv6ConfigurationMode, EnumWire<Ipv6ConfigurationMode>> F24;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F25;
        public FieldMemo<string, TextWire> F26;
        public FieldMemo<PrimaryAddressType, EnumWire<PrimaryAddressType>> F27;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F29;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F30;
        public FieldMemo<PifIgmpStatus, EnumWire<PifIgmpStatus>> F31;
    }
}
