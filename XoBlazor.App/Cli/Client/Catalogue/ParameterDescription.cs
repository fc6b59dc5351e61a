using System.Collections.Immutable;
using System.Text.Json.Serialization;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Cli.Client.Catalogue;

/// <summary>What an operation takes, as <c>operation.getAll</c> tells of it: an option is made from each.</summary>
internal sealed record ParameterDescription
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required ParameterKind Kind { get; init; }

    public string? Description { get; init; }

    [JsonPropertyName("required")]
    public bool IsRequired { get; init; }

    [JsonPropertyName("clearable")]
    public bool IsClearable { get; init; }

    [JsonPropertyName("secret")]
    public bool IsSecret { get; init; }

    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Of an object.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>What a list or map holds.</summary>
    public ParameterDescription? Item { get; init; }

    /// <summary>What a record holds.</summary>
    public ImmutableArray<ParameterDescription> Fields { get; init; } = [];
}
