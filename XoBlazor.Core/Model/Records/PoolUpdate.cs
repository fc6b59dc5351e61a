// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>An update of hosts since XenServer 7.1, carried by a disk image.</summary>
public sealed record PoolUpdate : XapiObject
{
    public override XapiClass Class => XapiClass.PoolUpdate;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string Version { get; init; } = "";
    public long InstallationSize { get; init; }
    public string Key { get; init; } = "";
    public EnumSet<UpdateAfterApplyGuidance> AfterApplyGuidance { get; init; }
    public XenRef<Vdi> Vdi { get; init; }
    public ImmutableArray<XenRef<Host>> Hosts { get; init; } = [];
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool EnforceHomogeneity { get; init; }
}
