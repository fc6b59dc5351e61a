// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A client of the pool that is counted for rate limits.</summary>
public sealed record Caller : XapiObject
{
    public override XapiClass Class => XapiClass.Caller;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string UserAgent { get; init; } = "";
    public string ClientIp { get; init; } = "";
    public DateTimeOffset LastAccess { get; init; } = DateTimeOffset.UnixEpoch;
    public ImmutableArray<string> Groups { get; init; } = [];
    public XenRef<RateLimit> RateLimit { get; init; }
    public bool AutoRegistered { get; init; }
}
