// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A site of Citrix provisioning servers.</summary>
public sealed record PvsSite : XapiObject
{
    public override XapiClass Class => XapiClass.PvsSite;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string PvsUuid { get; init; } = "";
    public ImmutableArray<XenRef<PvsCacheStorage>> CacheStorage { get; init; } = [];
    public ImmutableArray<XenRef<PvsServer>> Servers { get; init; } = [];
    public ImmutableArray<XenRef<PvsProxy>> Proxies { get; init; } = [];
}
