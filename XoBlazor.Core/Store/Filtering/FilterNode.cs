using System.Collections.Immutable;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>A part of a parsed filter, and where it stands in the text.</summary>
internal abstract record FilterNode(int Position, int Length)
{
    internal sealed record All(ImmutableArray<FilterNode> Terms, int Position, int Length) : FilterNode(Position, Length);

    internal sealed record Any(ImmutableArray<FilterNode> Terms, int Position, int Length) : FilterNode(Position, Length);

    internal sealed record Not(FilterNode Term, int Position, int Length) : FilterNode(Position, Length);

    /// <param name="Term">What the property's value must satisfy.</param>
    internal sealed record Property(string Name, FilterNode Term, int Position, int Length) : FilterNode(Position, Length);

    /// <summary><c>name?</c></summary>
    internal sealed record Present(string Name, int Position, int Length) : FilterNode(Position, Length);

    /// <summary>What a single value must satisfy.</summary>
    internal sealed record Value(ValueTest Test, int Position, int Length) : FilterNode(Position, Length);
}
