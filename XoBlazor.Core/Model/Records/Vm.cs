// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A virtual machine, a template, a snapshot, or a host's control domain: four things in one class, told apart by flags.</summary>
public sealed record Vm : XapiObject
{
    public override XapiClass Class => XapiClass.Vm;

    public EnumSet<VmOperation> AllowedOperations { get; init; }
    public XenMap<string, VmOperation> CurrentOperations { get; init; } = XenMap<string, VmOperation>.Empty;
    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public VmPowerState PowerState { get; init; }
    public long UserVersion { get; init; }
    public bool IsATemplate { get; init; }
    public bool IsDefaultTemplate { get; init; }
    public XenRef<Vdi> SuspendVdi { get; init; }
    public XenRef<Host> ResidentOn { get; init; }
    public XenRef<Host> ScheduledToBeResidentOn { get; init; }
    public XenRef<Host> Affinity { get; init; }
    public long MemoryOverhead { get; init; }
    public long MemoryTarget { get; init; }
    public long MemoryStaticMax { get; init; }
    public long MemoryDynamicMax { get; init; }
    public long MemoryDynamicMin { get; init; }
    public long MemoryStaticMin { get; init; }
    public XenMap<string, string> VcpusParams { get; init; } = XenMap<string, string>.Empty;
    public long VcpusMax { get; init; }
    public long VcpusAtStartup { get; init; }
    public OnSoftrebootBehavior ActionsAfterSoftreboot { get; init; }
    public OnNormalExit ActionsAfterShutdown { get; init; }
    public OnNormalExit ActionsAfterReboot { get; init; }
    public OnCrashBehaviour ActionsAfterCrash { get; init; }
    public ImmutableArray<XenRef<VmConsole>> Consoles { get; init; } = [];
    public ImmutableArray<XenRef<Vif>> Vifs { get; init; } = [];
    public ImmutableArray<XenRef<Vbd>> Vbds { get; init; } = [];
    public ImmutableArray<XenRef<Vusb>> Vusbs { get; init; } = [];
    public ImmutableArray<XenRef<CrashDump>> CrashDumps { get; init; } = [];
    public ImmutableArray<XenRef<Vtpm>> Vtpms { get; init; } = [];
    public string PvBootloader { get; init; } = "";
    public string PvKernel { get; init; } = "";
    public string PvRamdisk { get; init; } = "";
    public string PvArgs { get; init; } = "";
    public string PvBootloaderArgs { get; init; } = "";
    public string PvLegacyArgs { get; init; } = "";
    public string HvmBootPolicy { get; init; } = "";
    public XenMap<string, string> HvmBootParams { get; init; } = XenMap<string, string>.Empty;
    public double HvmShadowMultiplier { get; init; }
    public XenMap<string, string> Platform { get; init; } = XenMap<string, string>.Empty;
    public string PciBus { get; init; } = "";
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public long Domid { get; init; }
    public string Domarch { get; init; } = "";
    public XenMap<string, string> LastBootCpuFlags { get; init; } = XenMap<string, string>.Empty;
    public bool IsControlDomain { get; init; }
    public XenRef<VmMetrics> Metrics { get; init; }
    public XenRef<VmGuestMetrics> GuestMetrics { get; init; }
    public string LastBootedRecord { get; init; } = "";
    public string Recommendations { get; init; } = "";
    public XenMap<string, string> XenstoreData { get; init; } = XenMap<string, string>.Empty;
    public bool HaAlwaysRun { get; init; }
    public string HaRestartPriority { get; init; } = "";
    public bool IsASnapshot { get; init; }
    public XenRef<Vm> SnapshotOf { get; init; }
    public ImmutableArray<XenRef<Vm>> Snapshots { get; init; } = [];
    public DateTimeOffset SnapshotTime { get; init; } = DateTimeOffset.UnixEpoch;
    public string TransportableSnapshotId { get; init; } = "";
    public XenMap<string, XenRef<Blob>> Blobs { get; init; } = XenMap<string, XenRef<Blob>>.Empty;
    public ImmutableArray<string> Tags { get; init; } = [];
    public XenMap<VmOperation, string> BlockedOperations { get; init; } = XenMap<VmOperation, string>.Empty;
    public XenMap<string, string> SnapshotInfo { get; init; } = XenMap<string, string>.Empty;
    public string SnapshotMetadata { get; init; } = "";
    public XenRef<Vm> Parent { get; init; }
    public ImmutableArray<XenRef<Vm>> Children { get; init; } = [];
    public XenMap<string, string> BiosStrings { get; init; } = XenMap<string, string>.Empty;
    public XenRef<Vmpp> ProtectionPolicy { get; init; }
    public bool IsSnapshotFromVmpp { get; init; }
    public XenRef<Vmss> SnapshotSchedule { get; init; }
    public bool IsVmssSnapshot { get; init; }
    public XenRef<VmAppliance> Appliance { get; init; }
    public long StartDelay { get; init; }
    public long ShutdownDelay { get; init; }
    public long Order { get; init; }
    public ImmutableArray<XenRef<Vgpu>> Vgpus { get; init; } = [];
    public ImmutableArray<XenRef<Pci>> AttachedPcis { get; init; } = [];
    public XenRef<Sr> SuspendSr { get; init; }
    public long Version { get; init; }
    public string GenerationId { get; init; } = "";
    public long HardwarePlatformVersion { get; init; }
    public bool HasVendorDevice { get; init; }
    public bool RequiresReboot { get; init; }
    public string ReferenceLabel { get; init; } = "";
    public DomainType DomainType { get; init; }
    public XenMap<string, string> Nvram { get; init; } = XenMap<string, string>.Empty;
    public EnumSet<UpdateGuidances> PendingGuidances { get; init; }
    public EnumSet<UpdateGuidances> PendingGuidancesRecommended { get; init; }
    public EnumSet<UpdateGuidances> PendingGuidancesFull { get; init; }
    public ImmutableArray<XenRef<VmGroup>> Groups { get; init; } = [];
    public SecureBootCertificatesState SecurebootCertificatesState { get; init; }
}
