using System.Collections.Frozen;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What a virtual disk takes in which state (xapi-behaviour.md §7).</summary>
internal static class VdiOperations
{
    private static readonly Dictionary<string, string> s_features = new()
    {
        ["snapshot"] = "VDI_SNAPSHOT",
        ["destroy"] = "VDI_DELETE",
        ["resize"] = "VDI_RESIZE",
        ["resize_online"] = "VDI_RESIZE_ONLINE",
        ["update"] = "VDI_UPDATE",
        ["generate_config"] = "VDI_GENERATE_CONFIG",
        ["clone"] = "VDI_CLONE",
        ["revert_to"] = "VDI_CLONE",
        ["mirror"] = "VDI_MIRROR",
        ["set_on_boot"] = "VDI_RESET_ON_BOOT",
        ["enable_cbt"] = "VDI_CONFIG_CBT",
        ["disable_cbt"] = "VDI_CONFIG_CBT",
        ["data_destroy"] = "VDI_CONFIG_CBT",
        ["list_changed_blocks"] = "VDI_CONFIG_CBT",
    };

    /// <summary>What a disk takes while its pool is upgraded host by host.</summary>
    private static readonly FrozenSet<string> s_duringUpgrade =
        new[] { "clone", "copy", "resize", "resize_online", "snapshot", "destroy", "forget", "update", "force_unlock", "generate_config", "blocked" }.ToFrozenSet();

    /// <summary>What is stored when possible: the enum backwards.</summary>
    public static IReadOnlyList<string> Order { get; } = ["generate_config", "update", "forget", "destroy", "snapshot", "resize_online", "resize", "copy", "clone"];

    public static XapiException? Check(DbObject vdi, string operation)
    {
        if (PoolUpgrade.IsUnderWay(vdi.Db) && !s_duringUpgrade.Contains(operation)) return PoolUpgrade.Refusal;
        if (AllowedOperations.Running(vdi).Any(other => other != "copy" && !(operation == "destroy" && other == "mirror"))) return AllowedOperations.InProgress(vdi);
        if (vdi.Follow("SR", "SR") is not { } sr) return null;
        if (operation is "resize" or "resize_online" && !SrOperations.HasAttachedPbd(sr)) return new XapiException("SR_HAS_NO_PBDS", sr.Ref);
        var drives = vdi.FollowAll("VBDs", "VBD");
        var attached = drives.Where(vbd => vbd.Bool("currently_attached") || vbd.Bool("reserved")).ToList();
        if (attached.Count > 0 && !IsPossibleLive(operation, attached)) return new XapiException("VDI_IN_USE", vdi.Ref, operation);
        if (drives.Where(vbd => AllowedOperations.Running(vbd).Count > 0).FirstOrDefault() is { } busy) return AllowedOperations.InProgress(busy);
        if (s_features.TryGetValue(operation, out var feature) && !SrOperations.Has(sr, feature)) return new XapiException("SR_OPERATION_NOT_SUPPORTED", sr.Ref);
        if (vdi.Text("type") == "cbt_metadata" && operation is not ("forget" or "destroy" or "list_changed_blocks"))
            return new XapiException("VDI_INCOMPATIBLE_TYPE", vdi.Ref, "cbt_metadata");
        if (operation is "mirror" or "set_on_boot" && vdi.Bool("cbt_enabled")) return new XapiException("VDI_CBT_ENABLED", vdi.Ref);
        return CheckKind(vdi, sr, operation);
    }

    private static bool IsPossibleLive(string operation, List<DbObject> attached) => operation switch
    {
        "snapshot" or "resize_online" or "blocked" or "clone" or "revert_to" or "mirror" or "enable_cbt" or "disable_cbt" or "data_destroy" => true,
        "copy" => attached.TrueForAll(vbd => vbd.Text("mode") == "RO"),
        _ => false,
    };

    private static XapiException? CheckKind(DbObject vdi, DbObject sr, string operation) => operation switch
    {
        "destroy" when sr.Text("type") == "udev" => new XapiException("VDI_IS_A_PHYSICAL_DEVICE", vdi.Ref),
        "destroy" when sr.Bool("is_tools_sr") => new XapiException("SR_OPERATION_NOT_SUPPORTED", sr.Ref),
        "destroy" when vdi.Text("type") == "rrd" => new XapiException("VDI_HAS_RRDS", vdi.Ref),
        "destroy" or "resize" when vdi.Text("type") is "ha_statefile" or "redo_log" => new XapiException("HA_IS_ENABLED"),
        "snapshot" when vdi.Bool("sharable") => new XapiException("VDI_IS_SHARABLE", vdi.Ref),
        "snapshot" when vdi.Text("on_boot") == "reset" => new XapiException("VDI_ON_BOOT_MODE_INCOMPATIBLE_WITH_OPERATION"),
        "snapshot" when AllowedOperations.Running(vdi).Contains("copy") => new XapiException("OPERATION_NOT_ALLOWED", "Snapshot operation not allowed during copy."),
        "revert_to" or "data_destroy" when !vdi.Bool("is_a_snapshot") => new XapiException("OPERATION_NOT_ALLOWED", $"VDI {vdi.Ref} is not a snapshot"),
        "copy" when !vdi.Bool("managed") => new XapiException("VDI_NOT_MANAGED", vdi.Ref),
        _ => null,
    };
}
