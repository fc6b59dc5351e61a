using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class SrShape
{
    public static void Write(XoShape shape, Sr sr)
    {
        var json = shape.Json;
        json.WriteString("name_label"u8, sr.NameLabel);
        json.WriteString("name_description"u8, sr.NameDescription);
        shape.Texts("tags"u8, sr.Tags);
        shape.Operations(sr.CurrentOperations);
        json.WriteString("content_type"u8, sr.ContentType);
        json.WriteBoolean("shared"u8, sr.Shared);
        json.WriteString("SR_type"u8, sr.Type);
        json.WriteNumber("size"u8, sr.PhysicalSize);
        json.WriteNumber("usage"u8, sr.VirtualAllocation);
        json.WriteNumber("physical_usage"u8, sr.PhysicalUtilisation);
        if (Allocation(shape, sr) is { } allocation)
            json.WriteString("allocationStrategy"u8, allocation);
        json.WriteBoolean("inMaintenanceMode"u8, sr.OtherConfig.ContainsKey("xo:maintenanceState"));
        shape.Links("VDIs"u8, sr.Vdis);
        shape.Links("$PBDs"u8, sr.Pbds);
        shape.Map("other_config"u8, sr.OtherConfig);
        shape.Map("sm_config"u8, sr.SmConfig);
        if (!sr.Shared && HostOf(shape, sr) is { } host)
            shape.Link("$container"u8, host);
        else
            json.WriteString("$container"u8, shape.Pool.Uuid);
    }

    /// <summary>The host of the first connection that shows.</summary>
    public static Host? HostOf(XoShape shape, Sr sr)
    {
        foreach (var link in sr.Pbds)
            if (shape.Read(link, PbdFields.Host) is { } pbd && shape.Pool.Get(pbd.Host) is { } host)
                return host;
        return null;
    }

    /// <summary>Whether disks take space as they are written; null for storage that makes no disks.</summary>
    private static string? Allocation(XoShape shape, Sr sr) => sr.Type switch
    {
        "ext" or "file" or "nfs" or "smb" or "shm" or "zfs" => "thin",
        "iscsi" or "hba" or "udev" => "thick",
        var type when StartsWith(type, "lvm") || StartsWith(type, "ocfs") || StartsWith(type, "raw") => "thick",
        "linstor" => Provisioning(shape, sr),
        _ => null,
    };

    private static string Provisioning(XoShape shape, Sr sr)
    {
        foreach (var link in sr.Pbds)
            if (shape.Read(link, PbdFields.DeviceConfig) is { } pbd && pbd.DeviceConfig.TryGetValue("provisioning", out var how))
                return how;
        return "unknown";
    }

    private static bool StartsWith(string type, string family) => type.StartsWith(family, StringComparison.Ordinal);
}
