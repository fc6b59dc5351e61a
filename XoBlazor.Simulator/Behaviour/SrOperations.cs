using System.Collections.Frozen;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What a storage repository takes in which state, by what its driver can (xapi-behaviour.md §8).</summary>
internal static class SrOperations
{
    private static readonly FrozenDictionary<string, string> s_features = new Dictionary<string, string>
    {
        ["vdi_create"] = "VDI_CREATE",
        ["vdi_destroy"] = "VDI_DELETE",
        ["vdi_resize"] = "VDI_RESIZE",
        ["vdi_introduce"] = "VDI_INTRODUCE",
        ["vdi_mirror"] = "VDI_MIRROR",
        ["vdi_enable_cbt"] = "VDI_CONFIG_CBT",
        ["vdi_disable_cbt"] = "VDI_CONFIG_CBT",
        ["vdi_data_destroy"] = "VDI_CONFIG_CBT",
        ["vdi_list_changed_blocks"] = "VDI_CONFIG_CBT",
        ["vdi_set_on_boot"] = "VDI_RESET_ON_BOOT",
        ["update"] = "SR_UPDATE",
        ["vdi_revert"] = "VDI_REVERT",
        ["vdi_snapshot"] = "VDI_SNAPSHOT",
    }.ToFrozenDictionary();

    /// <summary>The order in which a real host was seen to list them.</summary>
    public static IReadOnlyList<string> Order { get; } =
    [
        "vdi_introduce", "vdi_enable_cbt", "vdi_list_changed_blocks", "unplug", "plug", "pbd_create", "vdi_disable_cbt", "update", "pbd_destroy",
        "vdi_resize",
        "vdi_clone", "vdi_data_destroy", "scan", "vdi_snapshot", "vdi_mirror", "vdi_create", "vdi_destroy", "vdi_set_on_boot", "destroy", "forget",
        "vdi_revert",
    ];

    public static XapiException? Check(DbObject sr, string operation)
    {
        var running = AllowedOperations.Running(sr);
        if (running.Count > 0 && !(operation == "plug" && running.All(other => other == "plug"))) return AllowedOperations.InProgress(sr);
        if (s_features.TryGetValue(operation, out var feature) && !Has(sr, feature)) return new XapiException("SR_OPERATION_NOT_SUPPORTED", sr.Ref);
        if (operation is "vdi_create" or "vdi_destroy" && sr.Bool("is_tools_sr")) return new XapiException("SR_OPERATION_NOT_SUPPORTED", sr.Ref);
        if (operation is "destroy" or "forget" && HasAttachedPbd(sr)) return new XapiException("SR_HAS_PBD", sr.Ref);
        if (operation == "destroy" && sr["PBDs"].AsSet.Length == 0) return new XapiException("SR_HAS_NO_PBDS", sr.Ref);
        if (operation == "destroy" && sr.FollowAll("VDIs", "VDI").Any(vdi => vdi.Bool("managed") && vdi.Text("type") != "rrd")) return new XapiException("SR_NOT_EMPTY");
        return null;
    }

    public static bool HasAttachedPbd(DbObject sr) => sr.FollowAll("PBDs", "PBD").Any(pbd => pbd.Bool("currently_attached"));

    /// <summary>Whether the SR's driver names this feature; drivers from before the features field say so in their capabilities.</summary>
    public static bool Has(DbObject sr, string feature)
    {
        var type = sr.Text("type");
        if (sr.Db.All("SM").Where(candidate => candidate.Text("type") == type).FirstOrDefault() is not { } driver) return false;
        return driver["features"].AsMap[feature] is not null || driver["capabilities"].AsTexts.Any(capability => capability.Split('/')[0] == feature);
    }
}
