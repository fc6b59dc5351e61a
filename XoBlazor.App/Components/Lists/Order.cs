namespace XoBlazor.App.Components.Lists;

/// <summary>One column that a list is ordered by.</summary>
public readonly record struct Order(string Column, bool Descending = false);
