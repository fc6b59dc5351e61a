// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Throughput of a VIF; withdrawn, always zero.</summary>
public sealed record VifMetrics : XapiObject
{
    public override XapiClass Class => XapiClass.VifMetrics;

    public double IoReadKbs { get; init; }
    public double IoWriteKbs { get; init; }
    public DateTimeOffset LastUpdated { get; init; } = DateTimeOffset.UnixEpoch;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
