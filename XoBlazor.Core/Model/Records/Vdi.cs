// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A virtual disk image.</summary>
public sealed record Vdi : XapiObject
{
    public override XapiClass Class => XapiClass.Vdi;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public EnumSet<VdiOperation> AllowedOperations { get; init; }
    public XenMap<string, VdiOperation> CurrentOperations { get; init; } = XenMap<string, VdiOperation>.Empty;
    public XenRef<Sr> Sr { get; init; }
    public ImmutableArray<XenRef<Vbd>> Vbds { get; init; } = [];
    public ImmutableArray<XenRef<CrashDump>> CrashDumps { get; init; } = [];
    public long VirtualSize { get; init; }
    public long PhysicalUtilisation { get; init; }
    public VdiType Type { get; init; }
    public bool Sharable { get; init; }
    public bool ReadOnly { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool StorageLock { get; init; }
    public string Location { get; init; } = "";
    public bool Managed { get; init; }
    public bool Missing { get; init; }
    public XenRef<Vdi> Parent { get; init; }
    public XenMap<string, string> XenstoreData { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> SmConfig { get; init; } = XenMap<string, string>.Empty;
    public bool IsASnapshot { get; init; }
    public XenRef<Vdi> SnapshotOf { get; init; }
    public ImmutableArray<XenRef<Vdi>> Snapshots { get; init; } = [];
    public DateTimeOffset SnapshotTime { get; init; } = DateTimeOffset.UnixEpoch;
    public ImmutableArray<string> Tags { get; init; } = [];
    public bool AllowCaching { get; init; }
    public VdiOnBoot OnBoot { get; init; }
    public XenRef<Pool> MetadataOfPool { get; init; }
    public bool MetadataLatest { get; init; }
    public bool IsToolsIso { get; init; }
    public bool CbtEnabled { get; init; }
}
