// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A local user of old XenServers; deprecated.</summary>
public sealed record XapiUser : XapiObject
{
    public override XapiClass Class => XapiClass.XapiUser;

    public string ShortName { get; init; } = "";
    public string Fullname { get; init; } = "";
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
}
