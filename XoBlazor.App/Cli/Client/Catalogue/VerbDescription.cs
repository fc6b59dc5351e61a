using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace XoBlazor.App.Cli.Client.Catalogue;

/// <summary>An operation as <c>operation.getAll</c> tells of it: a command is made from each.</summary>
internal sealed record VerbDescription
{
    /// <summary>Area and verb, such as <c>vm.start</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Progressive { get; init; }

    public required string Description { get; init; }

    /// <summary>Xen Orchestra's types of what it works on.</summary>
    public required ImmutableArray<string> Types { get; init; }

    /// <summary><c>none</c>, <c>ask</c> or <c>typeName</c>; what else a newer server says is asked.</summary>
    public string Confirmation { get; init; } = "none";

    /// <summary>What will be lost or interrupted.</summary>
    public string? Consequence { get; init; }

    /// <summary>May be done to several objects with the same arguments.</summary>
    public bool SuitsMany { get; init; }

    /// <summary><c>in</c> where a file is sent along, <c>out</c> where one is fetched; null for neither.</summary>
    public string? Bytes { get; init; }

    /// <summary>The type of what it makes; null when it makes nothing.</summary>
    public string? Makes { get; init; }

    public ImmutableArray<ParameterDescription> Parameters { get; init; } = [];

    [JsonIgnore]
    public bool IsAsked => Confirmation != "none";

    [JsonIgnore]
    public bool IsNameTyped => Confirmation == "typeName";

    /// <summary>The command it belongs to.</summary>
    [JsonIgnore]
    public string Area => Name.Split('.')[0];

    /// <summary>Its name there.</summary>
    [JsonIgnore]
    public string Verb => Kinds.Dashed(Name[(Area.Length + 1)..]);
}
