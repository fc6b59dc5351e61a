// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Where a host caches a provisioning site.</summary>
public sealed record PvsCacheStorage : XapiObject
{
    public override XapiClass Class => XapiClass.PvsCacheStorage;

    public XenRef<Host> Host { get; init; }
    public XenRef<Sr> Sr { get; init; }
    public XenRef<PvsSite> Site { get; init; }
    public long Size { get; init; }
    public XenRef<Vdi> Vdi { get; init; }
}
