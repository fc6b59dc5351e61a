// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>The connection of a disk or an optical drive to a VM.</summary>
public sealed record Vbd : XapiObject
{
    public override XapiClass Class => XapiClass.Vbd;

    public EnumSet<VbdOperation> AllowedOperations { get; init; }
    public XenMap<string, VbdOperation> CurrentOperations { get; init; } = XenMap<string, VbdOperation>.Empty;
    public XenRef<Vm> Vm { get; init; }
    public XenRef<Vdi> Vdi { get; init; }
    public string Device { get; init; } = "";
    public string Userdevice { get; init; } = "";
    public bool Bootable { get; init; }
    public VbdMode Mode { get; init; }
    public VbdType Type { get; init; }
    public bool Unpluggable { get; init; }
    public bool StorageLock { get; init; }
    public bool Empty { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool CurrentlyAttached { get; init; }
    public long StatusCode { get; init; }
    public string StatusDetail { get; init; } = "";
    public XenMap<string, string> RuntimeProperties { get; init; } = XenMap<string, string>.Empty;
    public string QosAlgorithmType { get; init; } = "";
    public XenMap<string, string> QosAlgorithmParams { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> QosSupportedAlgorithms { get; init; } = [];
    public XenRef<VbdMetrics> Metrics { get; init; }
}
