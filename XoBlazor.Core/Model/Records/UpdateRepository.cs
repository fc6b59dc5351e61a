// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A source of updates of the pool.</summary>
public sealed record UpdateRepository : XapiObject
{
    public override XapiClass Class => XapiClass.UpdateRepository;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public string BinaryUrl { get; init; } = "";
    public string SourceUrl { get; init; } = "";
    public bool Update { get; init; }
    public string Hash { get; init; } = "";
    public bool UpToDate { get; init; }
    public string GpgkeyPath { get; init; } = "";
    public PatchOrigin Origin { get; init; }
    public string Certificate { get; init; } = "";
}
