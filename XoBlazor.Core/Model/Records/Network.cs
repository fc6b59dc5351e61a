// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A virtual network that VIFs and PIFs plug into.</summary>
public sealed record Network : XapiObject
{
    public override XapiClass Class => XapiClass.Network;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public EnumSet<NetworkOperation> AllowedOperations { get; init; }
    public XenMap<string, NetworkOperation> CurrentOperations { get; init; } = XenMap<string, NetworkOperation>.Empty;
    public ImmutableArray<XenRef<Vif>> Vifs { get; init; } = [];
    public ImmutableArray<XenRef<Pif>> Pifs { get; init; } = [];
    public long Mtu { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public string Bridge { get; init; } = "";
    public bool Managed { get; init; }
    public XenMap<string, XenRef<Blob>> Blobs { get; init; } = XenMap<string, XenRef<Blob>>.Empty;
    public ImmutableArray<string> Tags { get; init; } = [];
    public NetworkDefaultLockingMode DefaultLockingMode { get; init; }
    public XenMap<XenRef<Vif>, string> AssignedIps { get; init; } = XenMap<XenRef<Vif>, string>.Empty;
    public EnumSet<NetworkPurpose> Purpose { get; init; }
}
