using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Storage and its connections to hosts.</summary>
internal sealed class StorageMethods(OperationVerbs verbs) : IApiMethods
{
    private static readonly ApiParameter s_known = Text("srUuid").Optional;
    private static readonly ApiParameter[] s_portal = [Text("target"), Whole("port").Optional, Text("chapUser").Optional, Text("chapPassword").Optional];
    private static readonly ApiParameter s_format = Any("preferredImageFormat").Optional.Later("disks are made in the storage's own format.");

    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("sr.set", "sr.set", "id", ["SR"], [Text("id"), Text("name_label").Optional, Text("name_description").OrEmpty.Optional]),
        verbs.Verb("sr.scan", "sr.scan", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.reclaimSpace", "sr.reclaim_space", "id", ["SR"], [Text("id"), Absent.BypassBackupCheck]),
        verbs.Verb("sr.forget", "sr.forget", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.destroy", "sr.destroy", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.connectAllPbds", "sr.connect_all", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.disconnectAllPbds", "sr.disconnect_all", "id", ["SR"], [Text("id")]),
        Create("sr.createNfs", "sr.create_nfs", Text("server"), Text("serverPath"), Text("nfsVersion").Optional, Text("nfsOptions").Optional, s_known, s_format),
        Create("sr.createIso", "sr.create_iso", Text("path"), Text("type"), Text("user").Optional, Text("password").Optional, Text("nfsVersion").Optional, Text("nfsOptions").Optional, s_known),
        Create("sr.createSmb", "sr.create_smb", Text("server"), Text("user").Optional, Text("password").Optional, s_known, s_format),
        Create("sr.createExt", "sr.create_ext", Text("device"), s_format),
        Create("sr.createLvm", "sr.create_lvm", Text("device"), s_format),
        Create("sr.createZfs", "sr.create_zfs", Text("location"), s_format),
        Create("sr.createHba", "sr.create_hba", Text("scsiId"), s_known, s_format),
        Create("sr.createIscsi", "sr.create_iscsi",
            Text("target"), Whole("port").Optional, Text("targetIqn"), Text("scsiId"), Text("chapUser").Optional, Text("chapPassword").Optional, s_known, s_format),
        verbs.Verb("pbd.connect", "pbd.connect", "id", ["PBD"], [Text("id")]),
        verbs.Verb("pbd.disconnect", "pbd.disconnect", "id", ["PBD"], [Text("id")]),
        verbs.Verb("pbd.delete", "pbd.delete", "id", ["PBD"], [Text("id")]),
        Probe("sr.probeNfs", "sr.probe_nfs", Text("nfsVersion").Optional, Text("server")),
        Probe("sr.probeNfsExists", "sr.probe_nfs_exists", Text("nfsVersion").Optional, Text("server"), Text("serverPath")),
        Probe("sr.probeIscsiIqns", "sr.probe_iscsi_iqns", s_portal),
        Probe("sr.probeIscsiLuns", "sr.probe_iscsi_luns", [.. s_portal, Text("targetIqn")]),
        Probe("sr.probeIscsiExists", "sr.probe_iscsi_exists", [.. s_portal, Text("targetIqn"), Text("scsiId")]),
        Probe("sr.probeHba", "sr.probe_hba"),
        Probe("sr.probeHbaExists", "sr.probe_hba_exists", Text("scsiId")),
    ];

    private ApiMethod Create(string method, string operation, params ReadOnlySpan<ApiParameter> settings)
    {
        var description = method == "sr.createSmb" ? Text("nameDescription").OrEmpty.Or("") : Text("nameDescription").OrEmpty;
        return verbs.Verb(method, operation, "host", ["host"], [Text("host"), Text("nameLabel"), description, .. settings]);
    }

    private ApiMethod Probe(string method, string operation, params ReadOnlySpan<ApiParameter> settings) => verbs.Verb(method, operation, "host", ["host"], [Text("host"), .. settings]);
}
