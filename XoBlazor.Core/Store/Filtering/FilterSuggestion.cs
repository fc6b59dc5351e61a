namespace XoBlazor.Core.Store.Filtering;

/// <summary>Something that could stand at the caret of a filter.</summary>
/// <param name="Text">What to put in, quoted where it needs to be.</param>
/// <param name="Start">Where the part begins that it replaces.</param>
/// <param name="Length">How long that part is.</param>
/// <param name="Kind">What the property holds.</param>
public sealed record FilterSuggestion(string Text, int Start, int Length, FilterValueKind Kind);
