// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A storage repository: a place that holds disks.</summary>
public sealed record Sr : XapiObject
{
    public override XapiClass Class => XapiClass.Sr;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public EnumSet<SrOperation> AllowedOperations { get; init; }
    public XenMap<string, SrOperation> CurrentOperations { get; init; } = XenMap<string, SrOperation>.Empty;
    public ImmutableArray<XenRef<Vdi>> Vdis { get; init; } = [];
    public ImmutableArray<XenRef<Pbd>> Pbds { get; init; } = [];
    public long VirtualAllocation { get; init; }
    public long PhysicalUtilisation { get; init; }
    public long PhysicalSize { get; init; }
    public string Type { get; init; } = "";
    public string ContentType { get; init; } = "";
    public bool Shared { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> Tags { get; init; } = [];
    public XenMap<string, string> SmConfig { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, XenRef<Blob>> Blobs { get; init; } = XenMap<string, XenRef<Blob>>.Empty;
    public bool LocalCacheEnabled { get; init; }
    public XenRef<DrTask> IntroducedBy { get; init; }
    public bool Clustered { get; init; }
    public bool IsToolsSr { get; init; }
}
