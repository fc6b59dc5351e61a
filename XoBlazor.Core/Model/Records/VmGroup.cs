// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>VMs that share a placement rule.</summary>
public sealed record VmGroup : XapiObject
{
    public override XapiClass Class => XapiClass.VmGroup;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public PlacementPolicy Placement { get; init; }
    public ImmutableArray<XenRef<Vm>> Vms { get; init; } = [];
}
