// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A role or single permission of the hosts' own access control; static, served by code.</summary>
public sealed record XapiRole : XapiObject
{
    public override XapiClass Class => XapiClass.XapiRole;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public ImmutableArray<XenRef<XapiRole>> Subroles { get; init; } = [];
    public bool IsInternal { get; init; }
}
