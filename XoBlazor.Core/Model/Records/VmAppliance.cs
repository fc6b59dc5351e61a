// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A vApp: VMs that start and stop together in an order.</summary>
public sealed record VmAppliance : XapiObject
{
    public override XapiClass Class => XapiClass.VmAppliance;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public EnumSet<VmApplianceOperation> AllowedOperations { get; init; }
    public XenMap<string, VmApplianceOperation> CurrentOperations { get; init; } = XenMap<string, VmApplianceOperation>.Empty;
    public ImmutableArray<XenRef<Vm>> Vms { get; init; } = [];
}
