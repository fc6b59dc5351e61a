using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class VifShape
{
    public static void Write(XoShape shape, Vif vif)
    {
        var json = shape.Json;
        json.WriteBoolean("attached"u8, vif.CurrentlyAttached);
        json.WriteString("device"u8, vif.Device);
        json.WriteString("MAC"u8, vif.Mac);
        json.WriteNumber("MTU"u8, vif.Mtu);
        shape.Word("lockingMode"u8, vif.LockingMode);
        shape.Texts("allowedIpv4Addresses"u8, vif.Ipv4Allowed);
        shape.Texts("allowedIpv6Addresses"u8, vif.Ipv6Allowed);
        if (vif.QosAlgorithmType == "ratelimit" && vif.QosAlgorithmParams.TryGetValue("kbps", out var limit)
            && long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
            json.WriteNumber("rateLimit"u8, kilobytes);
        json.WriteBoolean("txChecksumming"u8, !vif.OtherConfig.TryGetValue("ethtool-tx", out var checksums) || checksums is not ("false" or "off"));
        shape.Map("other_config"u8, vif.OtherConfig);
        shape.Link("$network"u8, vif.Network);
        shape.Link("$VM"u8, vif.Vm);
    }
}
