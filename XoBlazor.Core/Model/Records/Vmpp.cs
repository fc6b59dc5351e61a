// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A protection policy of old XenServers; withdrawn.</summary>
public sealed record Vmpp : XapiObject
{
    public override XapiClass Class => XapiClass.Vmpp;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public bool IsPolicyEnabled { get; init; }
    public VmppBackupType BackupType { get; init; }
    public long BackupRetentionValue { get; init; }
    public VmppBackupFrequency BackupFrequency { get; init; }
    public XenMap<string, string> BackupSchedule { get; init; } = XenMap<string, string>.Empty;
    public bool IsBackupRunning { get; init; }
    public DateTimeOffset BackupLastRunTime { get; init; } = DateTimeOffset.UnixEpoch;
    public VmppArchiveTargetType ArchiveTargetType { get; init; }
    public XenMap<string, string> ArchiveTargetConfig { get; init; } = XenMap<string, string>.Empty;
    public VmppArchiveFrequency ArchiveFrequency { get; init; }
    public XenMap<string, string> ArchiveSchedule { get; init; } = XenMap<string, string>.Empty;
    public bool IsArchiveRunning { get; init; }
    public DateTimeOffset ArchiveLastRunTime { get; init; } = DateTimeOffset.UnixEpoch;
    public ImmutableArray<XenRef<Vm>> Vms { get; init; } = [];
    public bool IsAlarmEnabled { get; init; }
    public XenMap<string, string> AlarmConfig { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> RecentAlerts { get; init; } = [];
}
