using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>Words for XAPI messages: their names are codes, and the bodies of some are XML for programs.</summary>
internal static partial class AlertText
{
    private const int LongestBody = 16_384;

    private static readonly FrozenDictionary<string, string> s_titles = new Dictionary<string, string>
    {
        ["ALARM"] = "A measured value crossed its limit",
        ["ALL_RUNNING_VMS_IN_ANTI_AFFINITY_GRP_ON_SINGLE_HOST"] = "All running VMs of an anti-affinity group are on one host",
        ["BOND_STATUS_CHANGED"] = "A link of a bond went up or down",
        ["CLUSTER_HOST_ENABLE_FAILED"] = "A host could not join its cluster",
        ["CLUSTER_HOST_FENCING"] = "A host is about to be fenced by its cluster",
        ["CLUSTER_QUORUM_APPROACHING_LOST"] = "The cluster is close to losing its quorum",
        ["EXTAUTH_INIT_IN_HOST_FAILED"] = "The directory service could not be set up on a host",
        ["EXTAUTH_IN_POOL_IS_NON_HOMOGENEOUS"] = "Hosts of the pool use different directory services",
        ["FAILED_LOGIN_ATTEMPTS"] = "Failed attempts to log in",
        ["GRACE_LICENSE"] = "The licence runs in its grace period",
        ["HA_HOST_FAILED"] = "A host failed",
        ["HA_HOST_WAS_FENCED"] = "A host was fenced",
        ["HA_NETWORK_BONDING_ERROR"] = "The heartbeat's bonded network has a fault",
        ["HA_POOL_DROP_IN_PLAN_EXISTS_FOR"] = "The pool can survive fewer host failures than before",
        ["HA_POOL_OVERCOMMITTED"] = "The pool has too little room to restart all protected VMs",
        ["HA_PROTECTED_VM_RESTART_FAILED"] = "A protected VM could not be restarted",
        ["HA_STATEFILE_LOST"] = "A host lost its access to the heartbeat storage",
        ["HOST_CLOCK_SKEW_DETECTED"] = "A host's clock differs from the coordinator's",
        ["HOST_CLOCK_WENT_BACKWARDS"] = "A host's clock went backwards",
        ["HOST_CPU_FEATURES_DOWN"] = "A host offers fewer CPU features than before",
        ["HOST_CPU_FEATURES_UP"] = "A host offers more CPU features than before",
        ["HOST_SYNC_DATA_FAILED"] = "A host could not copy the pool's data",
        ["IP_CONFIGURED_PIF_CAN_UNPLUG"] = "An interface with an address may be unplugged by accident",
        ["LICENSE_EXPIRED"] = "The licence has expired",
        ["LICENSE_EXPIRES_SOON"] = "The licence expires soon",
        ["MULTIPATH_PERIODIC_ALERT"] = "Paths to storage changed",
        ["PBD_PLUG_FAILED_ON_SERVER_START"] = "Storage could not be connected when the host started",
        ["PERIODIC_UPDATE_SYNC_FAILED"] = "The list of updates could not be fetched",
        ["POOL_CPU_FEATURES_DOWN"] = "The pool offers fewer CPU features than before",
        ["POOL_CPU_FEATURES_UP"] = "The pool offers more CPU features than before",
        ["POOL_MASTER_TRANSITION"] = "Another host is now the coordinator",
        ["SM_GC_NO_SPACE"] = "Too little space to merge old disk versions",
        ["TLS_VERIFICATION_EMERGENCY_DISABLED"] = "Hosts no longer verify each other's certificates",
        ["VBD_QOS_FAILED"] = "A disk's priority could not be set",
        ["VCPU_QOS_FAILED"] = "A VM's CPU priority could not be set",
        ["VIF_QOS_FAILED"] = "A network interface's rate limit could not be set",
        ["VDI_CBT_METADATA_INCONSISTENT"] = "Changed-block tracking of a disk became inconsistent",
        ["VDI_CBT_RESIZE_FAILED"] = "Changed-block tracking could not follow a disk's new size",
        ["VDI_CBT_SNAPSHOT_FAILED"] = "Changed-block tracking could not follow a snapshot",
        ["VM_CHECKPOINTED"] = "Checkpoint taken",
        ["VM_CLONED"] = "VM cloned",
        ["VM_CRASHED"] = "VM crashed",
        ["VM_MIGRATED"] = "VM migrated",
        ["VM_PAUSED"] = "VM paused",
        ["VM_REBOOTED"] = "VM rebooted",
        ["VM_RESUMED"] = "VM resumed",
        ["VM_SECURE_BOOT_FAILED"] = "VM failed its secure boot",
        ["VM_SHUTDOWN"] = "VM shut down",
        ["VM_SNAPSHOTTED"] = "Snapshot taken",
        ["VM_SNAPSHOT_REVERTED"] = "VM reverted to a snapshot",
        ["VM_STARTED"] = "VM started",
        ["VM_SUSPENDED"] = "VM suspended",
        ["VM_UNPAUSED"] = "VM unpaused",
        ["XAPI_STARTUP_BLOCKED_AS_VERSION_HIGHER_THAN_COORDINATOR"] = "A host is newer than its coordinator and waits for it to be updated",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Title(XapiMessage message) =>
        s_titles.GetValueOrDefault(message.Name) ?? Certificate(message.Name) ?? Spelled(message.Name);

    public static string Text(XapiMessage message)
    {
        var body = message.Body.Length > LongestBody ? message.Body[..LongestBody] + "…" : message.Body;
        if (message.Name == "ALARM")
            return Alarm(body) ?? body;
        return body.Contains('<', StringComparison.Ordinal) ? Markup(body) ?? body : ItsUuid().Replace(body, "").Trim();
    }

    /// <summary>HOST_SERVER_CERTIFICATE_EXPIRING_14 and its eleven siblings.</summary>
    private static string? Certificate(string name)
    {
        var at = name.IndexOf("_CERTIFICATE_EXPIR", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var whose = name[..at] switch
        {
            "HOST_SERVER" => "A host's certificate",
            "HOST_INTERNAL" => "A host's internal certificate",
            "POOL_CA" => "A trusted authority's certificate",
            "POOL_PINNED" => "A pinned certificate",
            _ => "A certificate",
        };
        return name.EndsWith("EXPIRED", StringComparison.Ordinal) ? $"{whose} has expired"
            : int.TryParse(name[(name.LastIndexOf('_') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? $"{whose} expires within {days} days"
            : $"{whose} expires soon";
    }

    /// <summary>A name this version has no words for: BOND_STATUS_CHANGED reads "Bond status changed".</summary>
    private static string Spelled(string name)
    {
        if (name.Length == 0)
            return "Message without a name";
        var words = name.Replace('_', ' ');
        return name.Any(char.IsLower) ? words : SentenceText.Capital(words.ToLowerInvariant());
    }

    /// <summary>"value: 0.95" followed by "config:" and the XML of the limit.</summary>
    private static string? Alarm(string body)
    {
        const string Config = "config:";
        var at = body.IndexOf(Config, StringComparison.Ordinal);
        if (at < 0 || !body.StartsWith("value:", StringComparison.Ordinal) || Parse(body[(at + Config.Length)..]) is not { } config)
            return null;
        if (!double.TryParse(body["value:".Length..at].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return null;

        string? Setting(string name) => (string?)config.Descendants(name).FirstOrDefault()?.Attribute("value");
        var what = Setting("name") switch
        {
            "cpu_usage" => "CPU use",
            "fs_usage" => "Use of the control domain's file system",
            "log_fs_usage" => "Use of the log file system",
            "mem_usage" => "Use of the control domain's memory",
            "memory_free_kib" => "Free memory",
            "network_usage" => "Network use",
            "disk_usage" => "Disk use",
            "physical_utilisation" => "Used storage",
            "sr_io_throughput_total_per_host" => "Storage throughput",
            { Length: > 0 } other => other.Replace('_', ' '),
            _ => "A measured value",
        };
        var isShare = Setting("name") is "cpu_usage" or "fs_usage" or "log_fs_usage" or "mem_usage" or "physical_utilisation";
        var text = new StringBuilder(what).Append(" is ").Append(Figure(value, isShare));
        if (double.TryParse(Setting("alarm_trigger_level"), NumberStyles.Float, CultureInfo.InvariantCulture, out var level))
            text.Append(", the limit is ").Append(Figure(level, isShare));
        return text.Append('.').ToString();
    }

    private static string Figure(double value, bool isShare) => isShare && value is >= 0 and <= 1
        ? (100 * value).ToString("0.#", CultureInfo.InvariantCulture) + " %" : value.ToString("0.###", CultureInfo.InvariantCulture);

    // XAPI puts the uuid after every name; the link beside the text says it better.
    [GeneratedRegex(@" \(uuid:? [0-9a-f-]{36}\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex ItsUuid();

    /// <summary>The words of a body in XML, one line an element.</summary>
    private static string? Markup(string body) => Parse(body) is not { } root ? null : string.Join("\n", root.DescendantsAndSelf()
        .Where(e => !e.HasElements && e.Value.Trim().Length > 0)
        .Select(e => e.Name.LocalName is "message" or "body" ? e.Value.Trim() : $"{SentenceText.Capital(Spelled(e.Name.LocalName))}: {e.Value.Trim()}"));

    private static XElement? Parse(string xml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml.Trim()),
                new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestBody });
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
