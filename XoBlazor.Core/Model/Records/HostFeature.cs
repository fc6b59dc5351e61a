// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>An experimental feature of a host.</summary>
public sealed record HostFeature : XapiObject
{
    public override XapiClass Class => XapiClass.HostFeature;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public bool Enabled { get; init; }
    public bool Experimental { get; init; }
    public string Version { get; init; } = "";
    public XenRef<Host> Host { get; init; }
}
