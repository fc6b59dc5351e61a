// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A pool: hosts that share storage, networks and one coordinator. There is exactly one in each database.</summary>
public sealed record Pool : XapiObject
{
    public override XapiClass Class => XapiClass.Pool;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public XenRef<Host> Master { get; init; }
    public XenRef<Sr> DefaultSr { get; init; }
    public XenRef<Sr> SuspendImageSr { get; init; }
    public XenRef<Sr> CrashDumpSr { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool HaEnabled { get; init; }
    public XenMap<string, string> HaConfiguration { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> HaStatefiles { get; init; } = [];
    public long HaHostFailuresToTolerate { get; init; }
    public long HaPlanExistsFor { get; init; }
    public bool HaAllowOvercommit { get; init; }
    public bool HaOvercommitted { get; init; }
    public XenMap<string, XenRef<Blob>> Blobs { get; init; } = XenMap<string, XenRef<Blob>>.Empty;
    public ImmutableArray<string> Tags { get; init; } = [];
    public XenMap<string, string> GuiConfig { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> HealthCheckConfig { get; init; } = XenMap<string, string>.Empty;
    public string WlbUrl { get; init; } = "";
    public string WlbUsername { get; init; } = "";
    public bool WlbEnabled { get; init; }
    public bool WlbVerifyCert { get; init; }
    public bool RedoLogEnabled { get; init; }
    public XenRef<Vdi> RedoLogVdi { get; init; }
    public string VswitchController { get; init; } = "";
    public XenMap<string, string> Restrictions { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<XenRef<Vdi>> MetadataVdis { get; init; } = [];
    public string HaClusterStack { get; init; } = "";
    public EnumSet<PoolOperation> AllowedOperations { get; init; }
    public XenMap<string, PoolOperation> CurrentOperations { get; init; } = XenMap<string, PoolOperation>.Empty;
    public XenMap<string, string> GuestAgentConfig { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> CpuInfo { get; init; } = XenMap<string, string>.Empty;
    public bool PolicyNoVendorDevice { get; init; }
    public bool LivePatchingDisabled { get; init; }
    public bool IgmpSnoopingEnabled { get; init; }
    public string UefiCertificates { get; init; } = "";
    public string CustomUefiCertificates { get; init; } = "";
    public bool IsPsrPending { get; init; }
    public bool TlsVerificationEnabled { get; init; }
    public ImmutableArray<XenRef<UpdateRepository>> Repositories { get; init; } = [];
    public bool ClientCertificateAuthEnabled { get; init; }
    public string ClientCertificateAuthName { get; init; } = "";
    public string RepositoryProxyUrl { get; init; } = "";
    public string RepositoryProxyUsername { get; init; } = "";
    public XenRef<XapiSecret> RepositoryProxyPassword { get; init; }
    public bool MigrationCompression { get; init; }
    public bool CoordinatorBias { get; init; }
    public long LocalAuthMaxThreads { get; init; }
    public long ExtAuthMaxThreads { get; init; }
    public bool ExtAuthCacheEnabled { get; init; }
    public long ExtAuthCacheSize { get; init; }
    public long ExtAuthCacheExpiry { get; init; }
    public XenRef<XapiSecret> TelemetryUuid { get; init; }
    public TelemetryFrequency TelemetryFrequency { get; init; }
    public DateTimeOffset TelemetryNextCollection { get; init; } = DateTimeOffset.UnixEpoch;
    public DateTimeOffset LastUpdateSync { get; init; } = DateTimeOffset.UnixEpoch;
    public UpdateSyncFrequency UpdateSyncFrequency { get; init; }
    public long UpdateSyncDay { get; init; }
    public bool UpdateSyncEnabled { get; init; }
    public XenMap<string, string> Recommendations { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> LicenseServer { get; init; } = XenMap<string, string>.Empty;
    public bool HaRebootVmOnInternalShutdown { get; init; }
    public bool LimitConsoleSessions { get; init; }
    public long VmConsoleIdleTimeout { get; init; }
    public bool AutoUpdateVmSecurebootCertificates { get; init; }
}
