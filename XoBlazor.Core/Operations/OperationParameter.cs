using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>
/// A value that an operation takes besides the object it works on, declared for every face: the schema of the APIs, the field of the dialog, the check.
/// Made by its factories; what an optional value is when nothing is given is the operation's matter, or its <see cref="Default"/>.
/// </summary>
public sealed record OperationParameter
{
    private OperationParameter(string name, string title, ParameterKind kind) => (Name, Title, Kind) = (name, title, kind);

    /// <summary>The name in APIs and on the command line.</summary>
    public string Name { get; }

    /// <summary>The name for people.</summary>
    public string Title { get; }

    public ParameterKind Kind { get; }

    /// <summary>More for people, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>May be given as null, which takes away what is there.</summary>
    public bool IsClearable { get; init; }

    /// <summary>The value is never shown, logged or recorded.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What is written down of a text in its place, where it may hold a secret; all of it when nothing is said.</summary>
    public Func<string, string>? Recorded { get; init; }

    /// <summary>Few people need it; a dialog keeps it folded away.</summary>
    public bool IsAdvanced { get; init; }

    /// <summary>Lifts an obstacle, and means nothing otherwise: a dialog asks only where there is one.</summary>
    public bool IsOverride { get; init; }

    /// <summary>A map whose names are those of <see cref="Present"/>: a dialog lets nobody add or remove one.</summary>
    public bool IsFixed { get; init; }

    /// <summary>A text of several lines.</summary>
    public bool HasLines { get; init; }

    /// <summary>What counts when nothing is given.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>The most characters of a text, the most entries of a list or map.</summary>
    public int MaxLength { get; init; } = 1024;

    public long Minimum { get; init; } = long.MinValue;

    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>The possible values of a choice.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The classes an object may be of.</summary>
    public ImmutableArray<XapiClass> Classes { get; init; } = [];

    /// <summary>What the requester must be allowed on the target to give this; null for the operation's own right.</summary>
    public Right? OnTarget { get; init; }

    /// <summary>What the requester must be allowed on the object that is named; never null for an object.</summary>
    public Right? Right { get; init; }

    /// <summary>The object may be of another pool than the target's; <see cref="OperationArguments.Anywhere"/> gives it, with its pool.</summary>
    public bool IsAnywhere { get; init; }

    /// <summary>What a list or map holds.</summary>
    public OperationParameter? Item { get; init; }

    /// <summary>What the names of a map are, for people.</summary>
    public string KeyTitle { get; init; } = "Name";

    /// <summary>What a record holds.</summary>
    public ImmutableArray<OperationParameter> Fields { get; init; } = [];

    /// <summary>Why an object does not suit the target, in words that name nothing beside the two; null when it does. Limits what a dialog offers, and what is taken. The picture is that of the
    /// object's pool.</summary>
    public Func<PoolPicture, XapiObject, XapiObject, string?>? Unsuitable { get; init; }

    /// <summary>The value that the target has now, which a dialog begins with; null for none.</summary>
    public Func<PoolPicture, XapiObject, JsonNode?>? Present { get; init; }

    public static OperationParameter Text(string name, string title) => new(name, title, ParameterKind.Text);

    public static OperationParameter Flag(string name, string title) => new(name, title, ParameterKind.Flag);

    public static OperationParameter Number(string name, string title, long minimum = 0, long maximum = int.MaxValue) =>
        new(name, title, ParameterKind.Number) { Minimum = minimum, Maximum = maximum };

    public static OperationParameter Size(string name, string title, long minimum = 1) => new(name, title, ParameterKind.Size) { Minimum = minimum };

    public static OperationParameter Choice(string name, string title, params ImmutableArray<string> choices) =>
        new(name, title, ParameterKind.Choice) { Choices = choices };

    /// <param name="right">What the requester must be allowed on the object that is named.</param>
    public static OperationParameter Object<T>(string name, string title, Right right) where T : XapiObject =>
        new(name, title, ParameterKind.Object) { Classes = [ClassOf<T>.Value], Right = right };

    public static OperationParameter List(string name, string title, OperationParameter item) =>
        new(name, title, ParameterKind.List) { Item = item, MaxLength = 256 };

    public static OperationParameter Map(string name, string title, OperationParameter item) =>
        new(name, title, ParameterKind.Map) { Item = item, MaxLength = 256 };

    public static OperationParameter Record(string name, string title, params ImmutableArray<OperationParameter> fields) =>
        new(name, title, ParameterKind.Record) { Fields = fields };

    /// <summary>This parameter and all that it is made of.</summary>
    public IEnumerable<OperationParameter> WithParts() =>
        (Item is null ? [] : Item.WithParts()).Concat(Fields.SelectMany(field => field.WithParts())).Prepend(this);
}
