// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A tunnel between hosts for a private network.</summary>
public sealed record Tunnel : XapiObject
{
    public override XapiClass Class => XapiClass.Tunnel;

    public XenRef<Pif> AccessPif { get; init; }
    public XenRef<Pif> TransportPif { get; init; }
    public XenMap<string, string> Status { get; init; } = XenMap<string, string>.Empty;
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public TunnelProtocol Protocol { get; init; }
}
