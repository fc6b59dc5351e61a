// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A crash dump kept on a host.</summary>
public sealed record HostCrashdump : XapiObject
{
    public override XapiClass Class => XapiClass.HostCrashdump;

    public XenRef<Host> Host { get; init; }
    public DateTimeOffset Timestamp { get; init; } = DateTimeOffset.UnixEpoch;
    public long Size { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
