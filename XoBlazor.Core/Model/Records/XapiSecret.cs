// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A password kept by the pool; its value must never be shown or logged.</summary>
public sealed record XapiSecret : XapiObject
{
    public override XapiClass Class => XapiClass.XapiSecret;

    public string Value { get; init; } = "";
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
