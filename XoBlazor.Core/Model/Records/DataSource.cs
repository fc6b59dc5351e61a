// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A metric that can be recorded; a value, not an object.</summary>
public sealed record DataSource : XapiObject
{
    public override XapiClass Class => XapiClass.DataSource;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public bool Enabled { get; init; }
    public bool Standard { get; init; }
    public string Units { get; init; } = "";
    public double Min { get; init; }
    public double Max { get; init; }
    public double Value { get; init; }
}
