namespace XoBlazor.App.Components.Lists;

/// <summary>A common filter at one click.</summary>
public sealed record Chip(string Word, string Filter);
