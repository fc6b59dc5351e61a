namespace XoBlazor.App.Components.Details;

/// <summary>One value of an object, before and after. Null on one side where there was none.</summary>
public sealed record ChangeLine(string Label, string? Before, string? After)
{
    /// <summary>An entry of a set or map that came or went, not the whole value.</summary>
    public bool IsPart { get; init; }
}
