using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// What drivers find on a small storage network of our own: an NFS server with two exports, a portal with two targets of two LUNs, two LUNs on Fibre Channel. As the real
/// ones do, a driver that is not told enough fails with the choices in its error (xapi-behaviour.md §8).
/// </summary>
internal static class SrProbes
{
    /// <summary>Storage that is on the second export and the second LUNs already.</summary>
    public const string KnownStorage = "5b1a7f0e-2f6d-4c55-9a53-0d1f6f3c2a10";

    private const string Nothing = "<?xml version=\"1.0\" ?><SRlist></SRlist>";
    private const string OneStorage = $"<?xml version=\"1.0\" ?><SRlist><SR><UUID>{KnownStorage}</UUID></SR></SRlist>";

    public static XapiValue Probe(CallContext call)
    {
        var (type, given) = (call.Text("type"), call.Map("device_config"));
        if (!call.Db.All("SM").Any(driver => driver.Text("type") == type)) throw new XapiException("SR_UNKNOWN_DRIVER", type);
        return type switch
        {
            "nfs" => Has("serverpath") ? Known(Given("serverpath") == "/export/b")
                : throw Choices("101", $"<nfs-exports>{Export("/export/a")}{Export("/export/b")}</nfs-exports>"),
            "lvmoiscsi" => Has("SCSIid") ? Known(Given("SCSIid").EndsWith('1'))
                : Has("targetIQN") ? throw Choices("107", $"<iscsi-target>{Lun(0)}{Lun(1)}</iscsi-target>")
                : throw Choices("96", $"<iscsi-target-iqns>{Target(0)}{Target(1)}</iscsi-target-iqns>"),
            "lvmohba" => Has("SCSIid") ? Known(Given("SCSIid").EndsWith('1')) : throw Choices("107", $"<Devlist>{Device(0)}{Device(1)}</Devlist>"),
            _ => Nothing,
        };

        bool Has(string name) => given[name] is not null;
        string Given(string name) => given[name]!.AsText;
        string Target(int number) => $"<TGT><Index>{number}</Index><IPAddress>{Given("target")}</IPAddress><TargetIQN>iqn.2026-01.test:{number}</TargetIQN></TGT>";
    }

    private static string Known(bool isThere) => isThere ? OneStorage : Nothing;

    private static string Export(string path) => $"<Export><Target>nas</Target><Path>{path}</Path><Accesslist>*</Accesslist></Export>";

    private static string Lun(int number) => $"<LUN><vendor>SIM</vendor><serial>s{number}</serial><LUNid>{number}</LUNid><size>107374182400</size><SCSIid>36000a{number}</SCSIid></LUN>";

    private static string Device(int number) =>
        $"<BlockDevice><hba>qla2xxx</hba><id>1:0:0:{number}</id><lun>{number}</lun><path>/dev/disk/by-scsid/36000b{number}</path><SCSIid>36000b{number}</SCSIid><serial>h{number}</serial><size>53687091200</size><vendor>SIM</vendor></BlockDevice>";

    private static XapiException Choices(string number, string list) =>
        new($"SR_BACKEND_FAILURE_{number}", "", "The request is missing or has an incorrect parameter", $"<?xml version=\"1.0\" ?>{list}");
}
