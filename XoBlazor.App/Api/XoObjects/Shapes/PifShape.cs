using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PifShape
{
    public static void Write(XoShape shape, Pif pif)
    {
        var json = shape.Json;
        json.WriteBoolean("attached"u8, pif.CurrentlyAttached);
        json.WriteString("device"u8, pif.Device);
        json.WriteString("mac"u8, pif.Mac);
        json.WriteNumber("mtu"u8, pif.Mtu);
        json.WriteNumber("vlan"u8, pif.Vlan);
        json.WriteBoolean("physical"u8, pif.Physical);
        json.WriteBoolean("management"u8, pif.Management);
        json.WriteBoolean("disallowUnplug"u8, pif.DisallowUnplug);
        json.WriteString("ip"u8, pif.Ip);
        json.WriteString("netmask"u8, pif.Netmask);
        json.WriteString("gateway"u8, pif.Gateway);
        json.WriteString("dns"u8, pif.Dns);
        shape.Word("mode"u8, pif.IpConfigurationMode);
        shape.Texts("ipv6"u8, pif.Ipv6);
        shape.Word("ipv6Mode"u8, pif.Ipv6ConfigurationMode);
        shape.Word("primaryAddressType"u8, pif.PrimaryAddressType);
        WriteMetrics(shape, pif);
        WriteBond(shape, pif);
        shape.Link("$host"u8, pif.Host);
        shape.Link("$network"u8, pif.Network);
    }

    private static void WriteMetrics(XoShape shape, Pif pif)
    {
        if (shape.Read(pif.Metrics, PifMetricsFields.Carrier, PifMetricsFields.DeviceName, PifMetricsFields.Speed) is not { } metrics)
            return;
        shape.Json.WriteString("deviceName"u8, metrics.DeviceName);
        shape.Json.WriteBoolean("carrier"u8, metrics.Carrier);
        shape.Json.WriteNumber("speed"u8, metrics.Speed);
    }

    private static void WriteBond(XoShape shape, Pif pif)
    {
        shape.Json.WriteBoolean("isBondMaster"u8, !pif.BondMasterOf.IsEmpty);
        shape.Json.WriteBoolean("isBondSlave"u8, !pif.BondSlaveOf.IsNull);
        if (shape.Read(pif.BondSlaveOf, BondFields.Master) is { } above)
            shape.Link("bondMaster"u8, above.Master);
        if (pif.BondMasterOf is [var first, ..] && shape.Read(first, BondFields.Slaves) is { } below)
            shape.Links("bondSlaves"u8, below.Slaves);
    }
}
