// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>SR-IOV enabled on a PIF.</summary>
public sealed record NetworkSriov : XapiObject
{
    public override XapiClass Class => XapiClass.NetworkSriov;

    public XenRef<Pif> PhysicalPif { get; init; }
    public XenRef<Pif> LogicalPif { get; init; }
    public bool RequiresReboot { get; init; }
    public SriovConfigurationMode ConfigurationMode { get; init; }
}
