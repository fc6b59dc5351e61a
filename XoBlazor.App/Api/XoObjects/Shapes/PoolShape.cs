using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class PoolShape
{
    /// <summary>The XAPI release (26.x counts minor versions of the API) with <c>ha_reboot_vm_on_internal_shutdown</c>; before it a VM that shut itself down was always restarted.</summary>
    private const string RebootField = "25.16.0";

    public static void Write(XoShape shape, Pool pool)
    {
        var json = shape.Json;
        var master = shape.Read(pool.Master, HostFields.NameLabel, HostFields.SoftwareVersion);
        json.WriteString("name_label"u8, pool.NameLabel.Length > 0 || master is null ? pool.NameLabel : master.NameLabel);
        json.WriteString("name_description"u8, pool.NameDescription);
        shape.Texts("tags"u8, pool.Tags);
        shape.TruthOf("auto_poweron"u8, pool.OtherConfig, "auto_poweron");
        shape.Operations(pool.CurrentOperations);
        shape.Link("master"u8, pool.Master);
        shape.Link("default_SR"u8, pool.DefaultSr);
        shape.Link("crashDumpSr"u8, pool.CrashDumpSr);
        shape.Link("suspendSr"u8, pool.SuspendImageSr);
        json.WriteBoolean("HA_enabled"u8, pool.HaEnabled);
        WriteHaSrs(shape, pool);
        json.WriteBoolean("haRebootVmOnInternalShutdown"u8, pool.HaRebootVmOnInternalShutdown || IsOlder(master, RebootField));
        json.WriteBoolean("migrationCompression"u8, pool.MigrationCompression);
        shape.Map("otherConfig"u8, pool.OtherConfig);
        HostShape.WriteCpus(shape, pool.CpuInfo);
        json.WriteBoolean("zstdSupported"u8, IsAllowed(pool.Restrictions, "restrict_zstd_export"));
        json.WriteBoolean("vtpmSupported"u8, IsAllowed(pool.Restrictions, "restrict_vtpm"));
        if (master is not null)
            shape.TextOf("platform_version"u8, master.SoftwareVersion, "platform_version");
    }

    /// <summary>What a licence restricts is told by the word; silence allows nothing.</summary>
    public static bool IsAllowed(XenMap<string, string> restrictions, string restriction) =>
        restrictions.TryGetValue(restriction, out var word) && word == "false";

    /// <summary>The SRs of the state files, which name their disks by reference.</summary>
    private static void WriteHaSrs(XoShape shape, Pool pool)
    {
        shape.Json.WriteStartArray("haSrs"u8);
        foreach (var file in pool.HaStatefiles)
            if (shape.Read(new XenRef<Vdi>(file), VdiFields.Sr) is { } disk && shape.Pool.Get(disk.Sr) is { } sr)
                shape.Json.WriteStringValue(XoIds.Of(shape.Pool, sr));
        shape.Json.WriteEndArray();
    }

    private static bool IsOlder(Host? master, string release) =>
        master is not null && master.SoftwareVersion.TryGetValue("xapi_build", out var build) is var known
        && (!known || !Version.TryParse(build, out var version) || version < Version.Parse(release));
}
