// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>The OpenFlow controller of the pool.</summary>
public sealed record SdnController : XapiObject
{
    public override XapiClass Class => XapiClass.SdnController;

    public SdnControllerProtocol Protocol { get; init; }
    public string Address { get; init; } = "";
    public long Port { get; init; }
}
