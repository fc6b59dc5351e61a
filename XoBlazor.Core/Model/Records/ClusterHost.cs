// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A host's membership in a cluster.</summary>
public sealed record ClusterHost : XapiObject
{
    public override XapiClass Class => XapiClass.ClusterHost;

    public XenRef<Cluster> Cluster { get; init; }
    public XenRef<Host> Host { get; init; }
    public bool Enabled { get; init; }
    public XenRef<Pif> Pif { get; init; }
    public bool Joined { get; init; }
    public bool Live { get; init; }
    public DateTimeOffset LastUpdateLive { get; init; } = DateTimeOffset.UnixEpoch;
    public EnumSet<ClusterHostOperation> AllowedOperations { get; init; }
    public XenMap<string, ClusterHostOperation> CurrentOperations { get; init; } = XenMap<string, ClusterHostOperation>.Empty;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
