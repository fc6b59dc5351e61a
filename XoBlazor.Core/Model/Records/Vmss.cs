// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A schedule of snapshots for a set of VMs.</summary>
public sealed record Vmss : XapiObject
{
    public override XapiClass Class => XapiClass.Vmss;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public bool Enabled { get; init; }
    public VmssType Type { get; init; }
    public long RetainedSnapshots { get; init; }
    public VmssFrequency Frequency { get; init; }
    public XenMap<string, string> Schedule { get; init; } = XenMap<string, string>.Empty;
    public DateTimeOffset LastRunTime { get; init; } = DateTimeOffset.UnixEpoch;
    public ImmutableArray<XenRef<Vm>> Vms { get; init; } = [];
}
