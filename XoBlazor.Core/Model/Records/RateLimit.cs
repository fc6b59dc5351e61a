// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A limit of calls for some clients.</summary>
public sealed record RateLimit : XapiObject
{
    public override XapiClass Class => XapiClass.RateLimit;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public ImmutableArray<XenRef<Caller>> Callers { get; init; } = [];
    public double BurstSize { get; init; }
    public double FillRate { get; init; }
}
