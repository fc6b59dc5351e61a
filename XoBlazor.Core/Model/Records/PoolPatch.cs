// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>An update of hosts up to XenServer 7.0, with the hosts it is applied to.</summary>
public sealed record PoolPatch : XapiObject
{
    public override XapiClass Class => XapiClass.PoolPatch;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string Version { get; init; } = "";
    public long Size { get; init; }
    public bool PoolApplied { get; init; }
    public ImmutableArray<XenRef<HostPatch>> HostPatches { get; init; } = [];
    public EnumSet<AfterApplyGuidance> AfterApplyGuidance { get; init; }
    public XenRef<PoolUpdate> PoolUpdate { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
