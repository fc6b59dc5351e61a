// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A patch applied to one host, in old XenServers.</summary>
public sealed record HostPatch : XapiObject
{
    public override XapiClass Class => XapiClass.HostPatch;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string Version { get; init; } = "";
    public XenRef<Host> Host { get; init; }
    public bool Applied { get; init; }
    public DateTimeOffset TimestampApplied { get; init; } = DateTimeOffset.UnixEpoch;
    public long Size { get; init; }
    public XenRef<PoolPatch> PoolPatch { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
