namespace XoBlazor.Core.Journal;

/// <summary>One field's old and new value as JSON text; null where there was no object.</summary>
public sealed record FieldDifference(string Field, string? Old, string? New);
