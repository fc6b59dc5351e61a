// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>How to reach a disk over NBD; a value, not an object.</summary>
public sealed record VdiNbdServerInfo : XapiObject
{
    public override XapiClass Class => XapiClass.VdiNbdServerInfo;

    public string Exportname { get; init; } = "";
    public string Address { get; init; } = "";
    public long Port { get; init; }
    public string Cert { get; init; } = "";
    public string Subject { get; init; } = "";
}
