// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>PIFs of one host joined into one.</summary>
public sealed record Bond : XapiObject
{
    public override XapiClass Class => XapiClass.Bond;

    public XenRef<Pif> Master { get; init; }
    public ImmutableArray<XenRef<Pif>> Slaves { get; init; } = [];
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public XenRef<Pif> PrimarySlave { get; init; }
    public BondMode Mode { get; init; }
    public XenMap<string, string> Properties { get; init; } = XenMap<string, string>.Empty;
    public long LinksUp { get; init; }
    public bool AutoUpdateMac { get; init; }
}
