// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A user or group of the pool's external directory that may log in to the hosts.</summary>
public sealed record XapiSubject : XapiObject
{
    public override XapiClass Class => XapiClass.XapiSubject;

    public string SubjectIdentifier { get; init; } = "";
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<XenRef<XapiRole>> Roles { get; init; } = [];
}
