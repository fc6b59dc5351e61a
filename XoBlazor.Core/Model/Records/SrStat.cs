// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Space of a storage repository as found by a probe; a value, not an object.</summary>
public sealed record SrStat : XapiObject
{
    public override XapiClass Class => XapiClass.SrStat;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public long FreeSpace { get; init; }
    public long TotalSpace { get; init; }
    public bool Clustered { get; init; }
    public SrHealth Health { get; init; }
}
