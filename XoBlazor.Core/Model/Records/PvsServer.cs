// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A provisioning server.</summary>
public sealed record PvsServer : XapiObject
{
    public override XapiClass Class => XapiClass.PvsServer;

    public ImmutableArray<string> Addresses { get; init; } = [];
    public long FirstPort { get; init; }
    public long LastPort { get; init; }
    public XenRef<PvsSite> Site { get; init; }
}
