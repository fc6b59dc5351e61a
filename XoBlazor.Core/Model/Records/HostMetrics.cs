// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A host's memory and whether it is alive.</summary>
public sealed record HostMetrics : XapiObject
{
    public override XapiClass Class => XapiClass.HostMetrics;

    public long MemoryTotal { get; init; }
    public long MemoryFree { get; init; }
    public bool Live { get; init; }
    public DateTimeOffset LastUpdated { get; init; } = DateTimeOffset.UnixEpoch;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
