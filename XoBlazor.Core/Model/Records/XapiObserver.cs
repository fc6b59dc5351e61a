// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A tracing configuration of the toolstack.</summary>
public sealed record XapiObserver : XapiObject
{
    public override XapiClass Class => XapiClass.XapiObserver;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public ImmutableArray<XenRef<Host>> Hosts { get; init; } = [];
    public XenMap<string, string> Attributes { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<string> Endpoints { get; init; } = [];
    public ImmutableArray<string> Components { get; init; } = [];
    public bool Enabled { get; init; }
}
