// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Binary data attached to an object.</summary>
public sealed record Blob : XapiObject
{
    public override XapiClass Class => XapiClass.Blob;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public long Size { get; init; }
    public bool Public { get; init; }
    public DateTimeOffset LastUpdated { get; init; } = DateTimeOffset.UnixEpoch;
    public string MimeType { get; init; } = "";
}
