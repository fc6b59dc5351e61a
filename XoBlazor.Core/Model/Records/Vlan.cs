// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A VLAN: the tagged PIF, the untagged one and the tag.</summary>
public sealed record Vlan : XapiObject
{
    public override XapiClass Class => XapiClass.Vlan;

    public XenRef<Pif> TaggedPif { get; init; }
    public XenRef<Pif> UntaggedPif { get; init; }
    public long Tag { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
