namespace XoBlazor.App.Components.Lists;

/// <summary>The place of one object in a list, the same while the object lives: by pool and reference within it.</summary>
public sealed record ListRow(string Pool, string Ref, string Uuid);
