namespace XoBlazor.Core.Store.Filtering;

/// <summary>What is wrong with a filter, and where.</summary>
/// <param name="Position">The character it is about, counted from 0; the text's length for its end.</param>
/// <param name="Length">How many characters are meant, at least 1.</param>
public sealed record FilterError(int Position, int Length, string Message);
