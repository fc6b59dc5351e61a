using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Shapes;

internal static class HostShape
{
    private const long GiB = 1L << 30;

    public static void Write(XoShape shape, Host host)
    {
        var json = shape.Json;
        json.WriteString("name_label"u8, host.NameLabel);
        json.WriteString("name_description"u8, host.NameDescription);
        json.WriteString("address"u8, host.Address);
        json.WriteString("hostname"u8, host.Hostname);
        json.WriteBoolean("enabled"u8, host.Enabled);
        shape.Texts("tags"u8, host.Tags);
        shape.Operations(host.CurrentOperations);
        shape.Map("bios_strings"u8, host.BiosStrings);
        shape.Map("license_params"u8, host.LicenseParams);
        shape.Map("license_server"u8, host.LicenseServer);
        shape.Map("logging"u8, host.Logging);
        shape.TextOf("build"u8, host.SoftwareVersion, "build_number");
        shape.TextOf("version"u8, host.SoftwareVersion, "product_version");
        shape.TextOf("productBrand"u8, host.SoftwareVersion, "product_brand");
        shape.Map("CPUs"u8, host.CpuInfo);
        WriteCpus(shape, host.CpuInfo);
        WriteMetrics(shape, host);
        shape.Time("startTime"u8, XoTimes.Of(host.OtherConfig, "boot_time"));
        shape.Time("agentStartTime"u8, XoTimes.Of(host.OtherConfig, "agent_start_time"));
        shape.Time("license_expiry"u8, XoTimes.Of(host.LicenseParams, "expiry"));
        json.WriteBoolean("rebootRequired"u8, IsRebootRequired(host));
        shape.Links("patches"u8, host.Patches);
        SupplementalPacks.Write(shape, host);
        shape.Links("residentVms"u8, host.ResidentVms);
        shape.Link("controlDomain"u8, host.ControlDomain);
        shape.Links("PIFs"u8, host.Pifs);
        shape.Links("$PIFs"u8, host.Pifs);
        shape.Links("PCIs"u8, host.Pcis);
        shape.Links("$PCIs"u8, host.Pcis);
        shape.Links("PGPUs"u8, host.Pgpus);
        shape.Links("$PGPUs"u8, host.Pgpus);
        shape.Links("$PBDs"u8, host.Pbds);
        json.WriteString("iscsiIqn"u8, host.IscsiIqn.Length > 0 ? host.IscsiIqn : host.OtherConfig.TryGetValue("iscsi_iqn", out var iqn) ? iqn : "");
        shape.TruthOf("multipathing"u8, host.OtherConfig, "multipathing");
        json.WriteString("powerOnMode"u8, host.PowerOnMode);
        json.WriteBoolean("hvmCapable"u8, host.Capabilities.Any(c => c.StartsWith("hvm", StringComparison.Ordinal)));
        json.WriteBoolean("zstdSupported"u8, PoolShape.IsAllowed(host.LicenseParams, "restrict_zstd_export"));
        json.WriteStartObject("chipset_info"u8);
        if (host.ChipsetInfo.TryGetValue("iommu", out var iommu))
            json.WriteBoolean("iommu"u8, iommu == "true");
        json.WriteEndObject();
        WriteCertificates(shape, host);
        shape.Map("otherConfig"u8, host.OtherConfig);
    }

    /// <summary>Counts are kept as texts; null where there is none.</summary>
    public static void WriteCpus(XoShape shape, XenMap<string, string> info)
    {
        shape.Json.WriteStartObject("cpus"u8);
        shape.NumberOf("cores"u8, info, "cpu_count");
        shape.NumberOf("sockets"u8, info, "socket_count");
        shape.Json.WriteEndObject();
    }

    /// <summary>Hosts report a little less memory than they have: the size is the next whole GiB.</summary>
    private static void WriteMetrics(XoShape shape, Host host)
    {
        var json = shape.Json;
        var metrics = shape.Read(host.Metrics, HostMetricsFields.Live, HostMetricsFields.MemoryTotal, HostMetricsFields.MemoryFree);
        var size = metrics is { MemoryTotal: > 0 and < long.MaxValue - GiB } ? (metrics.MemoryTotal + GiB - 1) / GiB * GiB : 0;
        json.WriteStartObject("memory"u8);
        json.WriteNumber("usage"u8, metrics is { Live: true } ? size - metrics.MemoryFree : 0);
        json.WriteNumber("size"u8, size);
        json.WriteEndObject();
        json.WriteString("power_state"u8, metrics is null ? "Unknown"u8 : metrics.Live ? "Running"u8 : "Halted"u8);
    }

    /// <summary>XCP-ng notes when packages were installed; others name the updates that wait for a reboot.</summary>
    private static bool IsRebootRequired(Host host) =>
        host.SoftwareVersion.TryGetValue("product_brand", out var brand) && brand == "XCP-ng"
            ? HostFacts.BootedAt(host) is { } booted && XoTimes.Of(host.OtherConfig, "rpm_patch_installation_time") is { } installed && booted < installed
            : !host.UpdatesRequiringReboot.IsEmpty;

    private static void WriteCertificates(XoShape shape, Host host)
    {
        var json = shape.Json;
        json.WriteStartArray("certificates"u8);
        foreach (var reference in host.Certificates)
        {
            if (shape.Read(reference, CertificateFields.Fingerprint, CertificateFields.NotAfter) is not { } certificate)
                continue;
            json.WriteStartObject();
            json.WriteString("fingerprint"u8, certificate.Fingerprint);
            shape.Time("notAfter"u8, certificate.NotAfter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
