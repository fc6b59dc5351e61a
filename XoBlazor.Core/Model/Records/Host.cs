// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A physical machine of a pool.</summary>
public sealed record Host : XapiObject
{
    public override XapiClass Class => XapiClass.Host;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public long MemoryOverhead { get; init; }
    public EnumSet<HostOperation> AllowedOperations { get; init; }
    public XenMap<string, HostOperation> CurrentOperations { get; init; } = XenMap<string, HostOperation>.Empty;
    public long ApiVersionMajor { get; init; }
    public long ApiVersionMinor { get; init; }
    public string ApiVersionVendor { get; init; } = "";
    public XenMap<string, string> ApiVersionVendorImplementation { get; init; } = XenMap<string, string>.Empty;
    public bool Enabled { get; init; }
    public XenMap<string, string> SoftwareVersion { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> Capabilities { get; init; } = [];
    public XenMap<string, string> CpuConfiguration { get; init; } = XenMap<string, string>.Empty;
    public string SchedPolicy { get; init; } = "";
    public ImmutableArray<string> SupportedBootloaders { get; init; } = [];
    public ImmutableArray<XenRef<Vm>> ResidentVms { get; init; } = [];
    public XenMap<string, string> Logging { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<XenRef<Pif>> Pifs { get; init; } = [];
    public XenRef<Sr> SuspendImageSr { get; init; }
    public XenRef<Sr> CrashDumpSr { get; init; }
    public ImmutableArray<XenRef<HostCrashdump>> Crashdumps { get; init; } = [];
    public ImmutableArray<XenRef<HostPatch>> Patches { get; init; } = [];
    public ImmutableArray<XenRef<PoolUpdate>> Updates { get; init; } = [];
    public ImmutableArray<XenRef<Pbd>> Pbds { get; init; } = [];
    public ImmutableArray<XenRef<HostCpu>> HostCpus { get; init; } = [];
    public XenMap<string, string> CpuInfo { get; init; } = XenMap<string, string>.Empty;
    public string Hostname { get; init; } = "";
    public string Address { get; init; } = "";
    public XenRef<HostMetrics> Metrics { get; init; }
    public XenMap<string, string> LicenseParams { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> HaStatefiles { get; init; } = [];
    public ImmutableArray<string> HaNetworkPeers { get; init; } = [];
    public XenMap<string, XenRef<Blob>> Blobs { get; init; } = XenMap<string, XenRef<Blob>>.Empty;
    public ImmutableArray<string> Tags { get; init; } = [];
    public string ExternalAuthType { get; init; } = "";
    public string ExternalAuthServiceName { get; init; } = "";
    public XenMap<string, string> ExternalAuthConfiguration { get; init; } = XenMap<string, string>.Empty;
    public string Edition { get; init; } = "";
    public XenMap<string, string> LicenseServer { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> BiosStrings { get; init; } = XenMap<string, string>.Empty;
    public string PowerOnMode { get; init; } = "";
    public XenMap<string, string> PowerOnConfig { get; init; } = XenMap<string, string>.Empty;
    public XenRef<Sr> LocalCacheSr { get; init; }
    public XenMap<string, string> ChipsetInfo { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<XenRef<Pci>> Pcis { get; init; } = [];
    public ImmutableArray<XenRef<Pgpu>> Pgpus { get; init; } = [];
    public ImmutableArray<XenRef<Pusb>> Pusbs { get; init; } = [];
    public bool SslLegacy { get; init; }
    public XenMap<string, string> GuestVcpusParams { get; init; } = XenMap<string, string>.Empty;
    public HostDisplay Display { get; init; }
    public ImmutableArray<long> VirtualHardwarePlatformVersions { get; init; } = [];
    public XenRef<Vm> ControlDomain { get; init; }
    public ImmutableArray<XenRef<PoolUpdate>> UpdatesRequiringReboot { get; init; } = [];
    public ImmutableArray<XenRef<HostFeature>> Features { get; init; } = [];
    public string IscsiIqn { get; init; } = "";
    public bool Multipathing { get; init; }
    public string UefiCertificates { get; init; } = "";
    public ImmutableArray<XenRef<Certificate>> Certificates { get; init; } = [];
    public ImmutableArray<string> Editions { get; init; } = [];
    public EnumSet<UpdateGuidances> PendingGuidances { get; init; }
    public bool TlsVerificationEnabled { get; init; }
    public DateTimeOffset LastSoftwareUpdate { get; init; } = DateTimeOffset.UnixEpoch;
    public bool HttpsOnly { get; init; }
    public LatestSyncedUpdatesAppliedState LatestSyncedUpdatesApplied { get; init; }
    public HostNumaAffinityPolicy NumaAffinityPolicy { get; init; }
    public EnumSet<UpdateGuidances> PendingGuidancesRecommended { get; init; }
    public EnumSet<UpdateGuidances> PendingGuidancesFull { get; init; }
    public string LastUpdateHash { get; init; } = "";
    public bool SshEnabled { get; init; }
    public long SshEnabledTimeout { get; init; }
    public DateTimeOffset SshExpiry { get; init; } = DateTimeOffset.UnixEpoch;
    public long ConsoleIdleTimeout { get; init; }
    public bool SshAutoMode { get; init; }
    public string MaxCstate { get; init; } = "";
    public bool SecureBoot { get; init; }
    public HostNtpMode NtpMode { get; init; }
    public ImmutableArray<string> NtpCustomServers { get; init; } = [];
    public string Timezone { get; init; } = "";
}
