using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class NetworkShape
{
    public static void Write(XoShape shape, Network network)
    {
        var json = shape.Json;
        json.WriteString("name_label"u8, network.NameLabel);
        json.WriteString("name_description"u8, network.NameDescription);
        shape.Texts("tags"u8, network.Tags);
        json.WriteString("bridge"u8, network.Bridge);
        json.WriteNumber("MTU"u8, network.Mtu);
        shape.TruthOf("automatic"u8, network.OtherConfig, "automatic");
        json.WriteBoolean("defaultIsLocked"u8, network.DefaultLockingMode == NetworkDefaultLockingMode.Disabled);
        json.WriteBoolean("nbd"u8, network.Purpose.Contains(NetworkPurpose.Nbd));
        json.WriteBoolean("insecureNbd"u8, network.Purpose.Contains(NetworkPurpose.InsecureNbd));
        json.WriteBoolean("isBonded"u8, IsBonded(shape, network));
        shape.Links("PIFs"u8, network.Pifs);
        shape.Links("VIFs"u8, network.Vifs);
        shape.Operations(network.CurrentOperations);
        shape.Map("other_config"u8, network.OtherConfig);
    }

    private static bool IsBonded(XoShape shape, Network network)
    {
        foreach (var reference in network.Pifs)
            if (shape.Read(reference, PifFields.BondMasterOf, PifFields.BondSlaveOf) is { } pif && (!pif.BondMasterOf.IsEmpty || !pif.BondSlaveOf.IsNull))
                return true;
        return false;
    }
}
