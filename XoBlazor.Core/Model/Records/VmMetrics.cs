// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>What the host knows about a VM's running state.</summary>
public sealed record VmMetrics : XapiObject
{
    public override XapiClass Class => XapiClass.VmMetrics;

    public long MemoryActual { get; init; }
    public long VcpusNumber { get; init; }
    public XenMap<long, double> VcpusUtilisation { get; init; } = XenMap<long, double>.Empty;
    public XenMap<long, long> VcpusCpu { get; init; } = XenMap<long, long>.Empty;
    public XenMap<string, string> VcpusParams { get; init; } = XenMap<string, string>.Empty;
    public XenMap<long, ImmutableArray<string>> VcpusFlags { get; init; } = XenMap<long, ImmutableArray<string>>.Empty;
    public ImmutableArray<string> State { get; init; } = [];
    public DateTimeOffset StartTime { get; init; } = DateTimeOffset.UnixEpoch;
    public DateTimeOffset InstallTime { get; init; } = DateTimeOffset.UnixEpoch;
    public DateTimeOffset LastUpdated { get; init; } = DateTimeOffset.UnixEpoch;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool Hvm { get; init; }
    public bool NestedVirt { get; init; }
    public bool Nomigrate { get; init; }
    public DomainType CurrentDomainType { get; init; }
    public bool NumaOptimised { get; init; }
    public long NumaNodes { get; init; }
    public XenMap<long, long> NumaNodeMemory { get; init; } = XenMap<long, long>.Empty;
}
