// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A corosync cluster of the pool's hosts.</summary>
public sealed record Cluster : XapiObject
{
    public override XapiClass Class => XapiClass.Cluster;

    public ImmutableArray<XenRef<ClusterHost>> ClusterHosts { get; init; } = [];
    public ImmutableArray<string> PendingForget { get; init; } = [];
    public string ClusterToken { get; init; } = "";
    public string ClusterStack { get; init; } = "";
    public long ClusterStackVersion { get; init; }
    public bool IsQuorate { get; init; }
    public long Quorum { get; init; }
    public long LiveHosts { get; init; }
    public long ExpectedHosts { get; init; }
    public EnumSet<ClusterOperation> AllowedOperations { get; init; }
    public XenMap<string, ClusterOperation> CurrentOperations { get; init; } = XenMap<string, ClusterOperation>.Empty;
    public bool PoolAutoJoin { get; init; }
    public double TokenTimeout { get; init; }
    public double TokenTimeoutCoefficient { get; init; }
    public XenMap<string, string> ClusterConfig { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
